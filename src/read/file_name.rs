//! File names as text, without loss: on most systems a name is any bytes.

use std::fmt::Write;

/// A file name as text that no other name has. Valid UTF-8 stays as it is, each
/// other byte becomes `\xHH` in upper-case digits, and what looks like such an
/// escape in the name itself gets its backslash written as `\x5C`.
/// [`bytes_of_name`] is the inverse.
pub(crate) fn name_of_bytes(bytes: &[u8]) -> String {
    let mut name = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        push_valid(chunk.valid(), &mut name);
        for byte in chunk.invalid() {
            push_escape(*byte, &mut name);
        }
    }
    name
}

/// The bytes of the file name that [`name_of_bytes`] wrote as `name`.
pub(crate) fn bytes_of_name(name: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        match escaped_byte(rest) {
            Some(byte) => {
                bytes.push(byte);
                rest = &rest[ESCAPE..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    bytes
}

/// Bytes of an escape: `\xHH`.
const ESCAPE: usize = 4;

fn push_valid(mut text: &str, name: &mut String) {
    while let Some(at) = text.find('\\') {
        let (before, after) = (&text[..at], &text[at + 1..]);
        name.push_str(before);
        if escaped_byte(&text.as_bytes()[at..]).is_some() {
            push_escape(b'\\', name);
        } else {
            name.push('\\');
        }
        text = after;
    }
    name.push_str(text);
}

fn push_escape(byte: u8, name: &mut String) {
    // Writing to a string does not fail.
    let _ = write!(name, "\\x{byte:02X}");
}

/// The byte that an escape at the start of `text` stands for.
fn escaped_byte(text: &[u8]) -> Option<u8> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    };
    match text {
        [b'\\', b'x', high, low, ..] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str) {
        let name = name_of_bytes(bytes);
        assert_eq!(name, expected);
        assert_eq!(bytes_of_name(&name), bytes, "{name}");
    }

    #[test]
    fn bytes_that_are_not_text_are_escaped() {
        check(b"", "");
        check("film/Amélie.txt".as_bytes(), "film/Amélie.txt");
        check(b"a\xff.txt", r"a\xFF.txt");
        check(b"a\xfe.txt", r"a\xFE.txt");
        // A character that breaks off.
        check(b"a\xe2\x80.txt", r"a\xE2\x80.txt");
        check(b"\x80\x81", r"\x80\x81");
    }

    #[test]
    fn what_looks_like_an_escape_is_escaped() {
        check(br"a\xFF.txt", r"a\x5CxFF.txt");
        check(br"a\x5CxFF.txt", r"a\x5Cx5CxFF.txt");
        check(br"\\xFF", r"\\x5CxFF");
        for unchanged in [r"a\xff", r"a\xF", r"a\x", r"a\", r"C:\news\x.txt", r"\xé9"] {
            check(unchanged.as_bytes(), unchanged);
        }
        // An escape that only the next byte completes is none.
        check(b"\\x\xff", r"\x\xFF");
        check(b"\\\xffx41", r"\\xFFx41");
    }

    #[test]
    fn names_of_all_short_byte_strings_differ() {
        let alphabet = [b'\\', b'x', b'F', b'5', b'C', 0xff, 0xc3, 0xa9];
        let mut names = std::collections::HashSet::new();
        let mut strings: Vec<Vec<u8>> = vec![Vec::new()];
        for _ in 0..4 {
            strings = strings.iter().flat_map(|s| alphabet.map(|byte| [&s[..], &[byte]].concat())).collect();
            for bytes in &strings {
                let name = name_of_bytes(bytes);
                assert_eq!(&bytes_of_name(&name), bytes);
                assert!(names.insert(name), "{bytes:?}");
            }
        }
    }
}
