//! Bytes to text: UTF-8, UTF-16 and the legacy encodings told apart.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::ReadErrorKind;

/// How many bytes are looked at for NULs that betray UTF-16 or a binary file.
const PROBE: usize = 4096;

/// Decodes a whole file.
///
/// A byte-order mark decides; else valid UTF-8 is UTF-8; else text whose every
/// second byte is NUL is UTF-16; else, where no multi-byte UTF-8 stands before
/// the first bad byte, the legacy encoding that `chardetng` finds (Windows-1252
/// for Western text). A mark is not part of the text.
///
/// # Errors
/// [`ReadErrorKind::Binary`] and [`ReadErrorKind::Undecodable`], with the byte.
///
/// ```
/// use newsearch::read::decode;
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

/// Decodes a web page: it cannot fail, for browsers show pages with bad bytes
/// too.
///
/// A byte-order mark decides; else valid UTF-8 is UTF-8; else the charset that
/// `declared` gives or the page states in its first kilobytes (WHATWG Encoding
/// labels); else the legacy encoding that `chardetng` finds. What then does not
/// fit becomes U+FFFD, and NULs go.
///
/// ```
/// use newsearch::read::decode_page;
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
            // A page that says UTF-8 and breaks it has a few bad bytes.
            let encoding = stated.and_then(Encoding::for_label).unwrap_or_else(|| guessed(bytes, Utf8Detection::Allow));
            encoding.decode(bytes).0.into_owned()
        }
    };
    if text.contains('\0') { text.replace('\0', "") } else { text }
}

/// The label after the first `charset=` in a page's first kilobytes.
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

/// UTF-16 without a mark: Western text has a NUL in nearly every second byte.
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

fn decode_legacy(bytes: &[u8], bad: usize) -> Result<String, ReadErrorKind> {
    if !bytes[..bad].is_ascii() {
        return Err(ReadErrorKind::Undecodable { at: bad });
    }
    decode_as(guessed(bytes, Utf8Detection::Deny), bytes, 0).map_err(|_| ReadErrorKind::Undecodable { at: bad })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn encodings_are_told_apart() {
        let text = "Zoë Kravitz stars in “Big Little Lies”";
        assert_eq!(decode(text.into()).expect("text"), text);
        assert_eq!(decode([b"\xef\xbb\xbf", text.as_bytes()].concat()).expect("text"), text);
        assert_eq!(decode(utf16le(text)).expect("text"), text);
        assert_eq!(decode([vec![0xff, 0xfe], utf16le(text)].concat()).expect("text"), text);
        let western = decode(b"Pen\xe9lope Cruz \x93Volver\x94 at Cannes".to_vec()).expect("text");
        assert_eq!(western, "Penélope Cruz “Volver” at Cannes");
    }

    #[test]
    fn damage_is_named_by_its_byte() {
        let damaged = ["Beyoncé ".as_bytes(), b"\xff\xff here"].concat();
        assert!(matches!(decode(damaged), Err(ReadErrorKind::Undecodable { at: 9 })));
        assert!(matches!(decode(b"PK\x03\x04\0\0\0".to_vec()), Err(ReadErrorKind::Binary { at: 4 })));
    }
}
