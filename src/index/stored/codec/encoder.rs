//! Training a codec and packing articles.

use std::cell::RefCell;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use zstd::dict::EncoderDictionary;
use zstd::zstd_safe::{self, CCtx};

use crate::files::write_synced;
use crate::index::error::IndexError;
use crate::index::stored::lexicon::Lexicon;

use super::file_format::{MAGIC, NO_CODEC, PLAIN, TRAINED, split};
use super::parts::StoredParts;

/// The compression level: 6 would save another 0.3 percent of an index for
/// 2 percent of the time to make it.
const LEVEL: i32 = 5;
/// The level for the lexicon, which is packed once.
const LEVEL_ONCE: i32 = 19;
/// Bytes of text that a lexicon is trained on at most, and dictionaries.
pub(in crate::index) const SAMPLE: usize = 12 << 20;
const DICTIONARY_SAMPLE: usize = 3 << 20;
/// Fewer bytes of text than this make no dictionary.
const LEAST_SAMPLE: usize = 1 << 20;
/// The largest dictionary of texts, and that of the rest, in bytes.
const LARGEST: (usize, usize) = (512 << 10, 32 << 10);
/// A dictionary takes at most this share of the text, or rest, it is trained on.
const SHARE: usize = 8;

thread_local! {
    static CONTEXT: RefCell<CCtx<'static>> = RefCell::new(CCtx::create());
}

/// Packs the articles of an archive.
pub struct Codec {
    bytes: Vec<u8>,
    lexicon: Lexicon,
    packing: [EncoderDictionary<'static>; 2],
}

impl Codec {
    /// Trains a codec; `None` where there is too little to learn from.
    pub(in crate::index) fn train(samples: &[StoredParts]) -> Option<Self> {
        let size = samples.iter().map(|sample| sample.text.len()).sum::<usize>();
        if size < LEAST_SAMPLE {
            return None;
        }
        // A sample of all: the first articles may be of one source or time.
        let few: Vec<&StoredParts> = samples.iter().step_by(size.div_ceil(DICTIONARY_SAMPLE)).collect();
        let rests: Vec<&[u8]> = few.iter().map(|sample| &sample.rest[..]).collect();
        let size_of_rests = rests.iter().map(|rest| rest.len()).sum::<usize>();
        let (lexicon, rest) = rayon::join(
            || Lexicon::train(samples.iter().map(|sample| &*sample.text)),
            || zstd::dict::from_samples(&rests, LARGEST.1.min(size_of_rests / SHARE)),
        );
        let texts: Vec<Vec<u8>> = few.par_iter().map(|sample| lexicon.encode(&sample.text)).collect();
        let (text, words) = rayon::join(
            || zstd::dict::from_samples(&texts, LARGEST.0.min(size / SHARE)),
            || zstd::bulk::compress(lexicon.bytes(), LEVEL_ONCE),
        );
        // Where samples have nothing in common, articles are packed plain.
        let (text, rest, words) = (text.ok()?, rest.ok()?, words.ok()?);
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&(words.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
        [words, text, rest].iter().for_each(|part| bytes.extend_from_slice(part));
        Self::new(bytes)
    }

    fn new(bytes: Vec<u8>) -> Option<Self> {
        let (lexicon, [text, rest]) = split(&bytes)?;
        let packing = [EncoderDictionary::copy(text, LEVEL), EncoderDictionary::copy(rest, LEVEL)];
        Some(Self { lexicon: lexicon.with_codes(), bytes, packing })
    }

    /// Opens the codec file `path`.
    ///
    /// # Errors
    /// [`IndexError::Io`] and [`IndexError::Damaged`].
    pub(in crate::index) fn open(path: &Path) -> Result<Self, IndexError> {
        let bytes = std::fs::read(path).map_err(IndexError::io(path))?;
        Self::new(bytes).ok_or_else(|| IndexError::damaged(path, NO_CODEC))
    }

    pub(in crate::index) fn write(&self, path: &Path) -> Result<u32, IndexError> {
        write_synced(path, &self.bytes).map_err(IndexError::io(path))
    }

    fn pack(&self, part: usize, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut packed = Vec::with_capacity(zstd_safe::compress_bound(bytes.len()));
        let dictionary = self.packing[part].as_cdict();
        let done = CONTEXT.with_borrow_mut(|context| context.compress_using_cdict(&mut packed, bytes, dictionary));
        done.map_err(|code| io::Error::other(zstd_safe::get_error_name(code)))?;
        Ok(packed)
    }

    /// Packs a text; may run in parallel, before the article is added.
    ///
    /// # Errors
    /// What Zstandard says.
    pub fn pack_text(&self, text: &str) -> io::Result<Vec<u8>> {
        self.pack(0, &self.lexicon.encode(text))
    }
}

/// The bytes that the index stores of an article: how it is packed, the size of
/// the packed text as four bytes, the text, the rest, and the CRC-32 (IEEE) of all
/// this as four bytes; at the end the size of all as four bytes, so that it is
/// found at the end of a stored document.
/// `text` is the packed text, if it is packed already.
pub(in crate::index) fn join(
    codec: Option<&Codec>,
    text: Option<Vec<u8>>,
    stored: &StoredParts,
) -> io::Result<Vec<u8>> {
    let (kind, text, rest) = match codec {
        Some(codec) => {
            let text = text.map_or_else(|| codec.pack_text(&stored.text), Ok)?;
            (TRAINED, text, codec.pack(1, &stored.rest)?)
        }
        None => {
            (PLAIN, zstd::bulk::compress(stored.text.as_bytes(), LEVEL)?, zstd::bulk::compress(&stored.rest, LEVEL)?)
        }
    };
    let mut joined = Vec::with_capacity(13 + text.len() + rest.len());
    joined.push(kind);
    joined.extend_from_slice(&(text.len() as u32).to_le_bytes());
    joined.extend_from_slice(&text);
    joined.extend_from_slice(&rest);
    joined.extend_from_slice(&crc32fast::hash(&joined).to_le_bytes());
    joined.extend_from_slice(&(joined.len() as u32).to_le_bytes());
    Ok(joined)
}
