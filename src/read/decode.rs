//! Decodes bytes to text: UTF-8, UTF-16, UTF-32 or a legacy encoding.

use encoding_rs::{DecoderResult, Encoding};

use super::charset::{Charset, charset, stated_charset, wide};
use super::error::ReadErrorKind;
use super::repair::{Repaired, Strays, repair};
use super::transcode::utf32_character;

/// A text, and what was wrong with its bytes.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// [`ReadErrorKind::Replaced`], if some bytes are not of its encoding.
    pub(super) warning: Option<ReadErrorKind>,
}

/// Decodes a whole file.
///
/// A byte-order mark decides the encoding and is removed. Without one, text with a NUL
/// in nearly every second byte is UTF-16, in most bytes UTF-32, and text with more
/// characters that are UTF-8 than bytes that are not is UTF-8. Otherwise the legacy
/// encoding is guessed by `chardetng` (Windows-1252 for Western text). Bytes that are not
/// of that encoding become U+FFFD; in UTF-8 those that are a letter or mark in
/// Windows-1252, and fit there, become that. A few NULs are removed.
///
/// # Errors
/// [`ReadErrorKind::Binary`], with the offset of the byte.
///
/// ```
/// use newsearch::internals::read::decode;
/// assert_eq!(decode(b"Beyonc\xe9 wins".to_vec()).unwrap(), "Beyoncé wins");
/// assert!(decode(vec![0x7f, 0, 0, 0, 1]).is_err());
/// ```
pub fn decode(bytes: Vec<u8>) -> Result<String, ReadErrorKind> {
    decode_text(bytes).map(|decoded| decoded.text)
}

/// As [`decode`], with what was wrong.
pub(super) fn decode_text(bytes: Vec<u8>) -> Result<Decoded, ReadErrorKind> {
    if wide(&bytes).is_none()
        && let Some(at) = binary_at(&bytes)
    {
        return Err(ReadErrorKind::Binary { at });
    }
    Ok(decode_as(charset(&bytes, None), bytes))
}

/// Decodes a web page. It never fails, as browsers show pages with invalid bytes
/// too.
///
/// A byte-order mark decides the encoding, then valid UTF-8, then `declared`
/// (from HTTP) or the charset that the page states in its first 4 KiB (labels of the
/// WHATWG Encoding standard) if its bytes bear that out, then a guess by `chardetng`.
/// Bytes that are invalid in that encoding are read as by [`decode`]; NULs are removed.
///
/// ```
/// use newsearch::internals::read::decode_page;
/// let page = b"<meta charset=iso-8859-1><p>Beyonc\xe9".to_vec();
/// assert!(decode_page(page, None).ends_with("Beyoncé"));
/// ```
pub fn decode_page(bytes: Vec<u8>, declared: Option<&str>) -> String {
    decode_markup(bytes, declared).text
}

/// As [`decode_page`], with what was wrong; for XML too.
pub(super) fn decode_markup(bytes: Vec<u8>, declared: Option<&str>) -> Decoded {
    let stated = declared.map(str::as_bytes).or_else(|| stated_charset(&bytes));
    decode_as(charset(&bytes, stated), bytes)
}

/// Decodes a part, such as a line, of a text in this encoding.
pub(super) fn decode_part(part: &[u8], charset: Charset) -> Result<Decoded, ReadErrorKind> {
    let strays = match charset {
        Charset::Ascii => return decode_text(part.to_vec()),
        Charset::Utf8 => Strays::Fitting,
        Charset::Western => Strays::Western,
        // It is in UTF-8 since: see `Transcoder`.
        Charset::Utf32 { .. } | Charset::Other(_) => Strays::Unknown,
    };
    match binary_at(part) {
        Some(at) => Err(ReadErrorKind::Binary { at }),
        None => Ok(noted(repair(part.strip_prefix(b"\xef\xbb\xbf").unwrap_or(part), strays), charset)),
    }
}

fn decode_as(charset: Charset, bytes: Vec<u8>) -> Decoded {
    match charset {
        Charset::Ascii | Charset::Utf8 | Charset::Western => {
            let strays = if charset == Charset::Western { Strays::Western } else { Strays::Fitting };
            let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
                Some(rest) => rest.to_vec(),
                None => bytes,
            };
            // Without a copy if nothing is wrong, as nearly always.
            match String::from_utf8(bytes) {
                Ok(text) if !text.contains('\0') => Decoded { text, warning: None },
                Ok(text) => noted(repair(text.as_bytes(), strays), charset),
                Err(error) => noted(repair(error.as_bytes(), strays), charset),
            }
        }
        Charset::Utf32 { big_endian } => {
            let bytes = bytes.strip_prefix(b"\xff\xfe\0\0").or(bytes.strip_prefix(b"\0\0\xfe\xff")).unwrap_or(&bytes);
            let marked: Vec<u8> = bytes.chunks(4).flat_map(|unit| utf32_character(unit, big_endian)).collect();
            noted(repair(&marked, Strays::Unknown), charset)
        }
        Charset::Other(encoding) => decode_legacy(encoding, &bytes, charset),
    }
}

fn decode_legacy(encoding: &'static Encoding, bytes: &[u8], charset: Charset) -> Decoded {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2 + 16);
    let (mut at, mut count, mut first) = (0, 0, 0);
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[at..], &mut text, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => text.reserve((bytes.len() - at) / 2 + 64),
            DecoderResult::Malformed(..) => {
                if count == 0 {
                    first = at.saturating_sub(1);
                }
                count += 1;
                text.reserve(4);
                text.push('\u{fffd}');
            }
        }
    }
    let nuls = text.matches('\0').count();
    if nuls > 0 {
        first = if count == 0 { text.find('\0').unwrap_or(0) } else { first };
        text.retain(|c| c != '\0');
    }
    Decoded { text, warning: replaced(count + nuls, first, charset) }
}

fn noted(repaired: Repaired<'_>, charset: Charset) -> Decoded {
    let warning = replaced(repaired.count, repaired.first, charset);
    Decoded { text: repaired.text.into_owned(), warning }
}

fn replaced(count: usize, at: usize, charset: Charset) -> Option<ReadErrorKind> {
    (count > 0).then(|| ReadErrorKind::Replaced { count, encoding: charset.name(), at })
}

/// The start of a file, where binary formats have their numbers.
const START: usize = 1024;

/// Where bytes are no text; `None` if they are. Text may have a NUL, and one more for
/// each 200 bytes; programs and pictures have control characters in 3 of 100 bytes
/// and more.
pub(super) fn binary_at(bytes: &[u8]) -> Option<usize> {
    let is_control = |byte: &u8| *byte < b' ' && !matches!(*byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b'\x1a' | b'\x1b');
    let controls = |bytes: &[u8]| bytes.iter().filter(|byte| is_control(byte)).count();
    match memchr::memchr(0, bytes) {
        Some(at) => {
            let start = &bytes[..bytes.len().min(START)];
            [start, bytes].iter().any(|part| controls(part) > 1 + part.len() / 200).then_some(at)
        }
        None if controls(bytes) * 20 > bytes.len() && std::str::from_utf8(bytes).is_err() => {
            bytes.iter().position(is_control)
        }
        None => None,
    }
}

/// The text unchanged.
///
/// # Errors
/// [`ReadErrorKind::Empty`] if it is nothing but white space.
pub(super) fn non_empty(text: String) -> Result<String, ReadErrorKind> {
    if text.trim().is_empty() { Err(ReadErrorKind::Empty) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    fn check(bytes: impl Into<Vec<u8>>, expected: &str) {
        assert_eq!(decode(bytes.into()).expect("text"), expected);
    }

    fn check_page(bytes: &[u8], declared: Option<&str>, expected: &str) {
        assert_eq!(decode_page(bytes.to_vec(), declared), expected);
    }

    #[test]
    fn encodings_are_detected() {
        let text = "Zoë Kravitz stars in “Big Little Lies”";
        let big_endian: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(text, text);
        check([b"\xef\xbb\xbf", text.as_bytes()].concat(), text);
        check(utf16le(text), text);
        check([vec![0xff, 0xfe], utf16le(text)].concat(), text);
        check([vec![0xfe, 0xff], big_endian.clone()].concat(), text);
        check(big_endian, text);
        let utf32: Vec<u8> = "\u{feff}Zoë 🎬".chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        check(utf32, "Zoë 🎬");
        check(*b"Pen\xe9lope Cruz \x93Volver\x94 at Cannes", "Penélope Cruz “Volver” at Cannes");
        check(*b"Pen\xe9lope, Ren\xc3\xa9, \xe9t\xe9, No\xebl \x93", "Penélope, René, été, Noël “");
        check("", "");
    }

    #[test]
    fn bad_bytes_are_read_with_a_warning() {
        let check = |bytes: &[u8], expected: &str, warning: Option<&str>| {
            let decoded = decode_text(bytes.to_vec()).expect("text");
            let found = decoded.warning.map(|kind| kind.to_string());
            assert_eq!(decoded.text, expected);
            assert!(found.as_deref().map_or("", |w| w).starts_with(warning.unwrap_or("")), "{found:?}");
            assert_eq!(found.is_some(), warning.is_some(), "{found:?}");
        };
        check("é is fine, this caf".as_bytes(), "é is fine, this caf", None);
        check(
            b"\xc3\xa9 is fine, this caf\xe9 is not",
            "é is fine, this café is not",
            Some("1 bytes are not UTF-8, the first at 20"),
        );
        check(b"Beyonc\xc3\xa9 \xff here", "Beyoncé \u{fffd} here", Some("1 bytes are not UTF-8, the first at 9"));
        check(b"A stray \0 byte", "A stray  byte", Some("1 bytes are not UTF-8, the first at 8"));
        let (korean, ..) = encoding_rs::EUC_KR.encode("배우가 새 영화에 출연한다고 밝혔다.");
        let bytes = [&korean[..], b" \xff."].concat();
        check(&bytes, "배우가 새 영화에 출연한다고 밝혔다. \u{fffd}.", Some("1 bytes are not EUC-KR"));
    }

    #[test]
    fn binary_files_are_refused() {
        let random: Vec<u8> = (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let text = b"A film opens in every theater of the town. ".repeat(1000);
        for bytes in [
            b"PK\x03\x04\0\0\0".to_vec(),
            b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0!".to_vec(),
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10".to_vec(),
            random.iter().copied().filter(|byte| *byte != 0).collect(),
            [&b"BM\0\0\0\0\0\0\0\0"[..], &text].concat(),
            [&text[..], &random].concat(),
        ] {
            assert!(matches!(decode(bytes), Err(ReadErrorKind::Binary { .. })));
        }
        assert!(decode([&text[..], b"\0", &text, b"\0"].concat()).is_ok());
    }

    #[test]
    fn pages_never_fail() {
        check_page("<p>Beyoncé".as_bytes(), Some("iso-8859-1"), "<p>Beyoncé");
        check_page("\u{feff}<p>".as_bytes(), None, "<p>");
        check_page(b"<meta charset=\"iso-8859-2\"><p>\xb9", None, "<meta charset=\"iso-8859-2\"><p>š");
        check_page(b"<meta charset=iso-8859-2><p>\xb9", Some("iso-8859-1"), "<meta charset=iso-8859-2><p>¹");
        check_page(b"<meta charset=utf-8><p>\xff!", None, "<meta charset=utf-8><p>\u{fffd}!");
        check_page(
            b"<meta charset=utf-8><p>Pen\xe9lope doesn\x92t say \x93no\x94",
            None,
            "<meta charset=utf-8><p>Penélope doesn’t say “no”",
        );
        check_page(b"a\0b", None, "ab");
        check_page(&utf16le("<p>A film"), None, "<p>A film");
    }

    #[test]
    fn parts_of_a_text() {
        for (part, charset, expected, warns) in [
            (&b"caf\xe9"[..], Charset::Ascii, "café", false),
            (b"caf\xe9", Charset::Utf8, "café", true),
            (b"\xef\xbb\xbfcaf\xe9 \xc3\xa9", Charset::Western, "café é", false),
            (b"caf\xff", Charset::Other(encoding_rs::BIG5), "caf\u{fffd}", true),
        ] {
            let decoded = decode_part(part, charset).expect("text");
            assert_eq!((decoded.text.as_str(), decoded.warning.is_some()), (expected, warns));
        }
    }
}
