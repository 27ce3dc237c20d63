//! Articles on their way to tantivy: the first of a new archive wait until
//! there are enough to train its [`Codec`] on.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use tantivy::schema::{Field, Term};
use tantivy::{IndexWriter, TantivyDocument};

use super::IndexError;
use super::codec::{self, Codec, SAMPLE, Stored};

/// The codec of an archive, there for all threads as soon as it is trained.
pub type SharedCodec = Arc<OnceLock<Codec>>;

/// A document without its stored article.
pub(super) struct Ready {
    /// What it replaces.
    pub replaces: Option<Term>,
    pub document: TantivyDocument,
    /// None where it is kept elsewhere.
    pub stored: Option<Stored>,
    /// The text, where it is packed already.
    pub packed: Option<Vec<u8>>,
}

/// Hands documents on, as soon as it is known how articles are packed.
pub(super) struct Waiting {
    field: Field,
    pub codec: SharedCodec,
    waiting: Vec<Ready>,
    bytes: usize,
}

impl Waiting {
    pub fn new(field: Field, codec: Option<Codec>) -> Self {
        let shared = SharedCodec::default();
        if let Some(codec) = codec {
            shared.get_or_init(|| codec);
        }
        Self { field, codec: shared, waiting: Vec::new(), bytes: 0 }
    }

    pub fn add(&mut self, writer: &IndexWriter, ready: Ready) -> Result<(), IndexError> {
        let Some(stored) = ready.stored.as_ref().filter(|_| self.codec.get().is_none()) else {
            return self.hand_on(writer, ready);
        };
        self.bytes += stored.text.len();
        self.waiting.push(ready);
        if self.bytes >= SAMPLE { self.flush(writer) } else { Ok(()) }
    }

    /// Trains a codec if there is enough to learn from, and hands on all that
    /// waits.
    pub fn flush(&mut self, writer: &IndexWriter) -> Result<(), IndexError> {
        let mut waiting = std::mem::take(&mut self.waiting);
        self.bytes = 0;
        if self.codec.get().is_none() {
            let samples: Vec<Stored> = waiting.iter_mut().filter_map(|ready| ready.stored.take()).collect();
            if let Some(codec) = Codec::train(&samples) {
                let codec = self.codec.get_or_init(|| codec);
                let pack = |(ready, stored): (&mut Ready, &Stored)| ready.packed = codec.pack_text(&stored.text).ok();
                waiting.par_iter_mut().zip(&samples).for_each(pack);
            }
            waiting.iter_mut().zip(samples).for_each(|(ready, stored)| ready.stored = Some(stored));
        }
        waiting.into_iter().try_for_each(|ready| self.hand_on(writer, ready))
    }

    fn hand_on(&self, writer: &IndexWriter, ready: Ready) -> Result<(), IndexError> {
        let Ready { replaces, mut document, stored, packed } = ready;
        if let Some(term) = replaces {
            writer.delete_term(term);
        }
        if let Some(stored) = stored {
            let bytes = codec::join(self.codec.get(), packed, &stored).map_err(tantivy::TantivyError::from)?;
            document.add_bytes(self.field, &bytes);
        }
        writer.add_document(document)?;
        Ok(())
    }
}
