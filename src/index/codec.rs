//! Articles in few bytes: Zstandard (RFC 8878) with dictionaries of what the
//! archive's articles have in common, so that each is read by itself in
//! microseconds and is still as small as in a large block. Words of texts are
//! codes of a [`Lexicon`] before that.
//!
//! Lexicon and dictionaries are trained on the first articles of an archive and
//! kept for good. An archive that is small when it is made has none.

use std::cell::RefCell;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::zstd_safe::{self, CCtx, DCtx};

use super::IndexError;
use super::layout::write_synced;
use super::lexicon::Lexicon;

/// The first bytes of a codec file. Behind it: the bytes of the packed lexicon
/// and of the dictionary of texts as four bytes each, then these two, and the
/// dictionary of the rest.
const MAGIC: &[u8; 8] = b"nscodec2";
/// What Zstandard calls its level: 6 would save another 0.3 percent of an index
/// for 2 percent of the time to make it.
const LEVEL: i32 = 5;
/// The level for the lexicon, which is packed once.
const LEVEL_ONCE: i32 = 19;
/// Bytes of text that a lexicon is trained on at most, and dictionaries.
pub(super) const SAMPLE: usize = 12 << 20;
const DICTIONARY_SAMPLE: usize = 3 << 20;
/// Fewer bytes of text than this make no dictionary.
const LEAST_SAMPLE: usize = 1 << 20;
/// The largest dictionary of texts, and that of the rest, in bytes.
const LARGEST: (usize, usize) = (512 << 10, 32 << 10);
/// A dictionary takes at most this share of the text, or rest, it is trained on.
const SHARE: usize = 8;
/// More than any article has: a larger size is damage.
const MOST: u64 = 1 << 30;
/// How an article is packed.
const PLAIN: u8 = 0;
const TRAINED: u8 = 1;

/// What is stored of an article: its text, and all else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stored {
    /// The decoded text.
    pub text: String,
    /// The rest of a [`super::StoredArticle`]: postcard's encoding, and lists.
    pub rest: Vec<u8>,
}

thread_local! {
    static PACKING: RefCell<CCtx<'static>> = RefCell::new(CCtx::create());
    /// One for each dictionary: to change it costs more than to keep two.
    static UNPACKING: RefCell<[DCtx<'static>; 2]> = RefCell::new([DCtx::create(), DCtx::create()]);
}

/// Packs the articles of an archive.
pub struct Codec {
    bytes: Vec<u8>,
    lexicon: Lexicon,
    packing: [EncoderDictionary<'static>; 2],
}

impl Codec {
    /// Trains a codec; `None` where there is too little to learn from.
    pub(super) fn train(samples: &[Stored]) -> Option<Self> {
        let size = samples.iter().map(|sample| sample.text.len()).sum::<usize>();
        if size < LEAST_SAMPLE {
            return None;
        }
        // Some of all: what comes first may be of one source or time.
        let few: Vec<&Stored> = samples.iter().step_by(size.div_ceil(DICTIONARY_SAMPLE)).collect();
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
        // Samples that teach nothing are no error: articles are packed plain.
        let (text, rest, words) = (text.ok()?, rest.ok()?, words.ok()?);
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&(words.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
        [words, text, rest].iter().for_each(|part| bytes.extend_from_slice(part));
        Self::new(bytes)
    }

    fn new(bytes: Vec<u8>) -> Option<Self> {
        let (lexicon, [text, rest]) = parts(&bytes)?;
        let packing = [EncoderDictionary::copy(text, LEVEL), EncoderDictionary::copy(rest, LEVEL)];
        Some(Self { lexicon: lexicon.learned(), bytes, packing })
    }

    /// Opens the codec file `path`.
    ///
    /// # Errors
    /// [`IndexError::Io`] and [`IndexError::Damaged`].
    pub(super) fn open(path: &Path) -> Result<Self, IndexError> {
        let bytes = std::fs::read(path).map_err(IndexError::io(path))?;
        Self::new(bytes).ok_or_else(|| damaged(path))
    }

    pub(super) fn write(&self, path: &Path) -> Result<u32, IndexError> {
        write_synced(path, &self.bytes)
    }

    fn pack(&self, part: usize, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut packed = Vec::with_capacity(zstd_safe::compress_bound(bytes.len()));
        let dictionary = self.packing[part].as_cdict();
        let done = PACKING.with_borrow_mut(|context| context.compress_using_cdict(&mut packed, bytes, dictionary));
        done.map_err(|code| io::Error::other(zstd_safe::get_error_name(code)))?;
        Ok(packed)
    }

    /// Packs a text, which may be done beside others before it is its turn.
    ///
    /// # Errors
    /// What Zstandard says.
    pub fn pack_text(&self, text: &str) -> io::Result<Vec<u8>> {
        self.pack(0, &self.lexicon.encode(text))
    }
}

/// What the index stores of an article: how it is packed, the bytes of the
/// packed text as four bytes, the text, the rest; at the end the bytes of all
/// this as four bytes, so that it is found at the end of a stored document.
pub(super) fn join(codec: Option<&Codec>, text: Option<Vec<u8>>, stored: &Stored) -> io::Result<Vec<u8>> {
    let (kind, text, rest) = match codec {
        Some(codec) => {
            let text = text.map_or_else(|| codec.pack_text(&stored.text), Ok)?;
            (TRAINED, text, codec.pack(1, &stored.rest)?)
        }
        None => {
            (PLAIN, zstd::bulk::compress(stored.text.as_bytes(), LEVEL)?, zstd::bulk::compress(&stored.rest, LEVEL)?)
        }
    };
    let mut joined = Vec::with_capacity(9 + text.len() + rest.len());
    joined.push(kind);
    joined.extend_from_slice(&(text.len() as u32).to_le_bytes());
    joined.extend_from_slice(&text);
    joined.extend_from_slice(&rest);
    joined.extend_from_slice(&(joined.len() as u32).to_le_bytes());
    Ok(joined)
}

/// Reads what the index stores.
pub struct Unpacking {
    trained: Option<(Lexicon, [DecoderDictionary<'static>; 2])>,
}

impl Unpacking {
    /// Of an archive without dictionaries.
    pub fn plain() -> Self {
        Self { trained: None }
    }

    /// Opens the codec file `path`.
    ///
    /// # Errors
    /// [`IndexError::Io`] and [`IndexError::Damaged`].
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        let bytes = std::fs::read(path).map_err(IndexError::io(path))?;
        let (lexicon, dictionaries) = parts(&bytes).ok_or_else(|| damaged(path))?;
        Ok(Self { trained: Some((lexicon, dictionaries.map(DecoderDictionary::copy))) })
    }

    /// The text and the rest of an article that is the last, or only, field of
    /// a document as tantivy stores it.
    ///
    /// # Errors
    /// What is wrong with damaged bytes.
    pub fn unpack(&self, document: &[u8]) -> io::Result<Stored> {
        let short = || io::Error::other("too short");
        let (document, length) = document.split_last_chunk::<4>().ok_or_else(short)?;
        let from = document.len().checked_sub(u32::from_le_bytes(*length) as usize).ok_or_else(short)?;
        let joined = &document[from..];
        let (kind, packed) = joined.split_first().ok_or_else(short)?;
        let (length, packed) = packed.split_first_chunk::<4>().ok_or_else(short)?;
        let (text, rest) = packed.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or_else(short)?;
        let damaged = || io::Error::other("a text is not as it was written");
        match (*kind, &self.trained) {
            (PLAIN, _) => {
                let text = String::from_utf8(unpack(0, text, None)?).map_err(|_| damaged())?;
                Ok(Stored { text, rest: unpack(1, rest, None)? })
            }
            (TRAINED, Some((lexicon, dictionaries))) => {
                let text = lexicon.decode(&unpack(0, text, Some(&dictionaries[0]))?).ok_or_else(damaged)?;
                Ok(Stored { text, rest: unpack(1, rest, Some(&dictionaries[1]))? })
            }
            _ => Err(io::Error::other("packed in an unknown way")),
        }
    }
}

fn unpack(part: usize, packed: &[u8], dictionary: Option<&DecoderDictionary<'static>>) -> io::Result<Vec<u8>> {
    let size = zstd_safe::get_frame_content_size(packed).map_err(|error| io::Error::other(error.to_string()))?;
    let size = size.filter(|size| *size <= MOST).ok_or_else(|| io::Error::other("no size, or too large a one"))?;
    let mut bytes = Vec::with_capacity(size as usize);
    let done = UNPACKING.with_borrow_mut(|contexts| match dictionary {
        Some(dictionary) => contexts[part].decompress_using_ddict(&mut bytes, packed, dictionary.as_ddict()),
        None => contexts[part].decompress(&mut bytes, packed),
    });
    done.map_err(|code| io::Error::other(zstd_safe::get_error_name(code)))?;
    Ok(bytes)
}

/// The lexicon and the dictionaries of a codec file.
fn parts(bytes: &[u8]) -> Option<(Lexicon, [&[u8]; 2])> {
    let (words, rest) = bytes.strip_prefix(MAGIC)?.split_first_chunk()?;
    let (text, rest) = rest.split_first_chunk()?;
    let (words, rest) = rest.split_at_checked(u32::from_le_bytes(*words) as usize)?;
    let dictionaries = rest.split_at_checked(u32::from_le_bytes(*text) as usize)?;
    Some((Lexicon::read(unpack(0, words, None).ok()?)?, dictionaries.into()))
}

fn damaged(path: &Path) -> IndexError {
    IndexError::Damaged { path: path.into(), what: "no codec file".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn articles(count: usize) -> Vec<Stored> {
        let word = |n: usize| format!("{:x} ", n.wrapping_mul(2_654_435_761) % 5000);
        let text = |n: usize| (0..300).map(|at| word(n * 7 + at)).collect::<String>();
        (0..count).map(|n| Stored { text: text(n), rest: format!("rest {n}").repeat(9).into() }).collect()
    }

    #[test]
    fn packed_articles_come_back() {
        let articles = articles(1000);
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("codec-1.bin");
        let codec = Codec::train(&articles).expect("enough to learn from");
        codec.write(&path).expect("written");
        let unpacking = Unpacking::open(&path).expect("read");
        for article in &articles {
            let trained = join(Some(&codec), None, article).expect("packed");
            assert_eq!(unpacking.unpack(&trained).expect("unpacked"), *article);
            assert!(Unpacking::plain().unpack(&trained).is_err(), "its dictionary is missing");
            let plain = join(None, None, article).expect("packed");
            assert_eq!(Unpacking::plain().unpack(&plain).expect("unpacked"), *article);
            assert!(trained.len() < plain.len());
            for cut in [0, 3, 9, trained.len() - 1] {
                assert!(unpacking.unpack(&trained[..cut]).is_err());
            }
        }
    }

    #[test]
    fn few_articles_make_no_dictionary() {
        assert!(Codec::train(&articles(10)).is_none());
    }
}
