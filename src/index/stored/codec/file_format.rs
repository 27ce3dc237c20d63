//! The layout of a codec file and of a packed article, and decompression.

use std::cell::RefCell;
use std::io;

use zstd::dict::DecoderDictionary;
use zstd::zstd_safe::{self, DCtx};

use crate::index::stored::lexicon::Lexicon;

/// The first bytes of a codec file. Behind it: the bytes of the packed lexicon
/// and of the dictionary of texts as four bytes each, then these two, and the
/// dictionary of the rest.
pub(super) const MAGIC: &[u8; 8] = b"nscodec2";
/// More bytes than any article has; a larger size is damage.
const MOST: u64 = 1 << 30;
/// How an article is packed: without dictionaries, or with them.
pub(super) const PLAIN: u8 = 0;
pub(super) const TRAINED: u8 = 1;
/// What is wrong with a file that does not parse.
pub(super) const NO_CODEC: &str = "no codec file";

thread_local! {
    /// One for each dictionary: changing it costs more than keeping two.
    static CONTEXTS: RefCell<[DCtx<'static>; 2]> = RefCell::new([DCtx::create(), DCtx::create()]);
}

/// Decompresses the text (part 0) or the rest (part 1) of an article.
pub(super) fn unpack(
    part: usize,
    packed: &[u8],
    dictionary: Option<&DecoderDictionary<'static>>,
) -> io::Result<Vec<u8>> {
    let size = zstd_safe::get_frame_content_size(packed).map_err(|error| io::Error::other(error.to_string()))?;
    let size = size.filter(|size| *size <= MOST).ok_or_else(|| io::Error::other("no size, or too large a one"))?;
    let mut bytes = Vec::with_capacity(size as usize);
    let done = CONTEXTS.with_borrow_mut(|contexts| match dictionary {
        Some(dictionary) => contexts[part].decompress_using_ddict(&mut bytes, packed, dictionary.as_ddict()),
        None => contexts[part].decompress(&mut bytes, packed),
    });
    done.map_err(|code| io::Error::other(zstd_safe::get_error_name(code)))?;
    Ok(bytes)
}

/// The lexicon and the dictionaries of a codec file; `None` where it is damaged.
pub(super) fn split(bytes: &[u8]) -> Option<(Lexicon, [&[u8]; 2])> {
    let (words, rest) = bytes.strip_prefix(MAGIC)?.split_first_chunk()?;
    let (text, rest) = rest.split_first_chunk()?;
    let (words, rest) = rest.split_at_checked(u32::from_le_bytes(*words) as usize)?;
    let dictionaries = rest.split_at_checked(u32::from_le_bytes(*text) as usize)?;
    Some((Lexicon::read(unpack(0, words, None).ok()?)?, dictionaries.into()))
}
