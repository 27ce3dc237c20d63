//! Decodes bytes to text: UTF-8, UTF-16 or a legacy encoding.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::error::ReadErrorKind;

/// How many bytes are searched for UTF-16 without a byte-order mark, and for
/// the charset that a page states.
const PROBE: usize = 4096;

/// Decodes a whole file.
///
/// A byte-order mark decides the encoding and is removed. Without one, text in
/// which nearly every second byte is NUL is UTF-16, and valid UTF-8 is UTF-8.
/// Otherwise, if only ASCII precedes the first invalid byte, the legacy encoding
/// is guessed by `chardetng` (Windows-1252 for Western text).
///
/// # Errors
/// [`ReadErrorKind::Binary`] and [`ReadErrorKind::Undecodable`], with the offset
/// of the byte.
///
/// ```
/// use newsearch::internals::read::decode;
/// assert_eq!(decode(b"Beyonc\xe9 wins".to_vec()).unwrap(), "Beyoncé wins");
/// assert!(decode(vec![0x7f, 0, 0, 0, 1]).is_err());
/// ```
pub fn decode(bytes: Vec<u8>) -> Result<String, ReadErrorKind> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return decode_as(encoding, &bytes[mark..], mark);
    }
    if let Some(encoding) = unmarked_utf16(&bytes) {
        return decode_as(encoding, &bytes, 0);
    }
    if let Some(at) = memchr::memchr(0, &bytes) {
        return Err(ReadErrorKind::Binary { at });
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            decode_legacy(error.as_bytes(), at)
        }
    }
}

/// Decodes a web page. It never fails, as browsers show pages with invalid bytes
/// too.
///
/// A byte-order mark decides the encoding, then valid UTF-8, then `declared`
/// (from HTTP), then the charset that the page states in its first 4 KiB (labels
/// of the WHATWG Encoding standard), then a guess by `chardetng`. Bytes that are
/// invalid in that encoding become U+FFFD; NULs are removed.
///
/// ```
/// use newsearch::internals::read::decode_page;
/// let page = b"<meta charset=iso-8859-1><p>Beyonc\xe9".to_vec();
/// assert!(decode_page(page, None).ends_with("Beyoncé"));
/// ```
pub fn decode_page(bytes: Vec<u8>, declared: Option<&str>) -> String {
    let bytes = match unmarked_utf16(&bytes) {
        Some(encoding) => return encoding.decode_without_bom_handling(&bytes).0.replace('\0', ""),
        None => bytes,
    };
    let marked = Encoding::for_bom(&bytes).is_some();
    let text = match String::from_utf8(bytes) {
        Ok(text) if !marked => text,
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(error) => {
            let bytes = error.as_bytes();
            let stated = declared.map(str::as_bytes).or_else(|| stated_charset(bytes));
            // A page that states UTF-8 here has a few invalid bytes.
            let encoding = stated.and_then(Encoding::for_label).unwrap_or_else(|| guessed(bytes, Utf8Detection::Allow));
            encoding.decode(bytes).0.into_owned()
        }
    };
    if text.contains('\0') { text.replace('\0', "") } else { text }
}

/// The label after the first `charset=` at the start of a page.
fn stated_charset(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..bytes.len().min(PROBE)];
    let after = head.windows(8).position(|part| part.eq_ignore_ascii_case(b"charset="))? + 8;
    let label = head[after..].trim_ascii_start();
    let label = label.strip_prefix(b"\"").or(label.strip_prefix(b"'")).unwrap_or(label);
    let end = label.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_:.".contains(b)).unwrap_or(label.len());
    Some(&label[..end])
}

fn guessed(bytes: &[u8], utf8: Utf8Detection) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, utf8)
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8], skipped: usize) -> Result<String, ReadErrorKind> {
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or_else(|| ReadErrorKind::Undecodable { at: skipped + first_bad_byte(encoding, bytes) })?;
    match text.find('\0') {
        Some(at) => Err(ReadErrorKind::Binary { at }),
        None => Ok(text.into_owned()),
    }
}

fn first_bad_byte(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut out = String::with_capacity(bytes.len() * 3 + 16);
    let (_, read) = decoder.decode_to_string_without_replacement(bytes, &mut out, true);
    read.saturating_sub(1)
}

/// The byte order of a text in UTF-16, by its start: by its mark, or without one.
pub(super) fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    match Encoding::for_bom(head) {
        Some((encoding, _)) => Some(encoding).filter(|encoding| *encoding != encoding_rs::UTF_8),
        None => unmarked_utf16(head),
    }
}

/// The byte order of UTF-16 without a mark. In Western text nearly every second
/// byte is NUL.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let probe = &bytes[..bytes.len().min(PROBE) & !1];
    if probe.len() < 4 {
        return None;
    }
    let nul_at = |parity: usize| probe.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (nul_at(0), nul_at(1), probe.len() / 2);
    if odd * 10 >= pairs * 7 && even == 0 {
        Some(UTF_16LE)
    } else if even * 10 >= pairs * 7 && odd == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Decodes bytes whose first one that is not UTF-8 is at `bad`.
fn decode_legacy(bytes: &[u8], bad: usize) -> Result<String, ReadErrorKind> {
    if !bytes[..bad].is_ascii() {
        return Err(ReadErrorKind::Undecodable { at: bad });
    }
    decode_as(guessed(bytes, Utf8Detection::Deny), bytes, 0).map_err(|_| ReadErrorKind::Undecodable { at: bad })
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
        check(*b"Pen\xe9lope Cruz \x93Volver\x94 at Cannes", "Penélope Cruz “Volver” at Cannes");
        check("", "");
    }

    #[test]
    fn damage_is_located() {
        let damaged = ["Beyoncé ".as_bytes(), b"\xff\xff here"].concat();
        assert!(matches!(decode(damaged), Err(ReadErrorKind::Undecodable { at: 9 })));
        assert!(matches!(decode(b"PK\x03\x04\0\0\0".to_vec()), Err(ReadErrorKind::Binary { at: 4 })));
        let marked = b"\xef\xbb\xbfab\xff".to_vec();
        assert!(matches!(decode(marked), Err(ReadErrorKind::Undecodable { at: 5 })));
    }

    #[test]
    fn pages_never_fail() {
        check_page("<p>Beyoncé".as_bytes(), Some("iso-8859-1"), "<p>Beyoncé");
        check_page("\u{feff}<p>".as_bytes(), None, "<p>");
        check_page(b"<meta charset=\"iso-8859-2\"><p>\xb9", None, "<meta charset=\"iso-8859-2\"><p>š");
        check_page(b"<meta charset=iso-8859-2><p>\xb9", Some("iso-8859-1"), "<meta charset=iso-8859-2><p>¹");
        check_page(b"<meta charset=utf-8><p>\xff!", None, "<meta charset=utf-8><p>\u{fffd}!");
        check_page(b"a\0b", None, "ab");
        check_page(&utf16le("<p>A film"), None, "<p>A film");
    }
}
