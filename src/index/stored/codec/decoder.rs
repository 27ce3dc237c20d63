//! Decoding stored articles.

use std::io;
use std::path::Path;

use zstd::dict::DecoderDictionary;

use crate::index::error::IndexError;
use crate::index::stored::lexicon::Lexicon;

use super::file_format::{NO_CODEC, PLAIN, TRAINED, split, unpack};
use super::parts::StoredParts;

/// Decodes the articles that the index stores.
pub struct ArticleDecoder {
    trained: Option<(Lexicon, [DecoderDictionary<'static>; 2])>,
}

impl ArticleDecoder {
    /// A decoder for an archive without dictionaries.
    pub fn plain() -> Self {
        Self { trained: None }
    }

    /// Opens the codec file `path`.
    ///
    /// # Errors
    /// [`IndexError::Io`] and [`IndexError::Damaged`].
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        let bytes = std::fs::read(path).map_err(IndexError::io(path))?;
        let (lexicon, dictionaries) = split(&bytes).ok_or_else(|| IndexError::damaged(path, NO_CODEC))?;
        Ok(Self { trained: Some((lexicon, dictionaries.map(DecoderDictionary::copy))) })
    }

    /// Decodes the article in the last, or only, field of a document as tantivy
    /// stores it.
    ///
    /// # Errors
    /// What is wrong with damaged bytes.
    pub fn decode(&self, document: &[u8]) -> io::Result<StoredParts> {
        let short = || io::Error::other("too short");
        let (document, length) = document.split_last_chunk::<4>().ok_or_else(short)?;
        let from = document.len().checked_sub(u32::from_le_bytes(*length) as usize).ok_or_else(short)?;
        let (joined, sum) = document[from..].split_last_chunk::<4>().ok_or_else(short)?;
        if crc32fast::hash(joined) != u32::from_le_bytes(*sum) {
            return Err(io::Error::other("its checksum is wrong"));
        }
        let (kind, packed) = joined.split_first().ok_or_else(short)?;
        let (length, packed) = packed.split_first_chunk::<4>().ok_or_else(short)?;
        let (text, rest) = packed.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or_else(short)?;
        let damaged = || io::Error::other("a text is not as it was written");
        match (*kind, &self.trained) {
            (PLAIN, _) => {
                let text = String::from_utf8(unpack(0, text, None)?).map_err(|_| damaged())?;
                Ok(StoredParts { text, rest: unpack(1, rest, None)? })
            }
            (TRAINED, Some((lexicon, dictionaries))) => {
                let text = lexicon.decode(&unpack(0, text, Some(&dictionaries[0]))?).ok_or_else(damaged)?;
                Ok(StoredParts { text, rest: unpack(1, rest, Some(&dictionaries[1]))? })
            }
            _ => Err(io::Error::other("packed in an unknown way")),
        }
    }
}
