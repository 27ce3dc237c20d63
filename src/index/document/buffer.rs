//! The buffer before tantivy: the first articles of a new archive wait until
//! there are enough to train its [`Codec`] on.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use tantivy::schema::Field;
use tantivy::{IndexWriter, TantivyDocument};

use crate::index::error::IndexError;
use crate::index::one_article::OneArticle;
use crate::index::stored::{Codec, SAMPLE, StoredParts, join};

/// The codec of an archive, there for all threads as soon as it is trained.
pub type SharedCodec = Arc<OnceLock<Codec>>;

/// A document without its stored article.
pub(in crate::index) struct PendingDocument {
    /// The article that it replaces.
    pub replaces: Option<OneArticle>,
    pub document: TantivyDocument,
    /// `None` in a catalog, whose articles are in a cluster.
    pub stored: Option<StoredParts>,
    /// The text, if it is packed already.
    pub packed: Option<Vec<u8>>,
}

/// Passes documents to tantivy once it is known how articles are packed.
pub(in crate::index) struct DocumentBuffer {
    field: Field,
    pub codec: SharedCodec,
    pending: Vec<PendingDocument>,
    /// Bytes of their texts.
    bytes: usize,
}

impl DocumentBuffer {
    pub fn new(field: Field, codec: Option<Codec>) -> Self {
        let shared = SharedCodec::default();
        if let Some(codec) = codec {
            shared.get_or_init(|| codec);
        }
        Self { field, codec: shared, pending: Vec::new(), bytes: 0 }
    }

    pub fn add(&mut self, writer: &IndexWriter, pending: PendingDocument) -> Result<(), IndexError> {
        let Some(stored) = pending.stored.as_ref().filter(|_| self.codec.get().is_none()) else {
            return self.pass_on(writer, pending);
        };
        self.bytes += stored.text.len();
        self.pending.push(pending);
        if self.bytes >= SAMPLE { self.flush(writer) } else { Ok(()) }
    }

    /// Trains a codec if there is enough to learn from, and passes on all that
    /// is pending.
    pub fn flush(&mut self, writer: &IndexWriter) -> Result<(), IndexError> {
        let mut pending = std::mem::take(&mut self.pending);
        self.bytes = 0;
        if self.codec.get().is_none() {
            let samples: Vec<StoredParts> = pending.iter_mut().filter_map(|it| it.stored.take()).collect();
            if let Some(codec) = Codec::train(&samples) {
                let codec = self.codec.get_or_init(|| codec);
                let pack =
                    |(it, stored): (&mut PendingDocument, &StoredParts)| it.packed = codec.pack_text(&stored.text).ok();
                pending.par_iter_mut().zip(&samples).for_each(pack);
            }
            pending.iter_mut().zip(samples).for_each(|(it, stored)| it.stored = Some(stored));
        }
        pending.into_iter().try_for_each(|it| self.pass_on(writer, it))
    }

    fn pass_on(&self, writer: &IndexWriter, pending: PendingDocument) -> Result<(), IndexError> {
        let PendingDocument { replaces, mut document, stored, packed } = pending;
        if let Some(article) = replaces {
            writer.delete_query(Box::new(article)).map_err(IndexError::tantivy("replacing an article"))?;
        }
        if let Some(stored) = stored {
            let packed = join(self.codec.get(), packed, &stored);
            let bytes = packed.map_err(|error| IndexError::tantivy("packing an article")(error.into()))?;
            document.add_bytes(self.field, &bytes);
        }
        writer.add_document(document).map_err(IndexError::tantivy("adding an article"))?;
        Ok(())
    }
}
