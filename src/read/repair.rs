//! Text in UTF-8 with single bytes of another encoding in it, as where a program
//! pasted text of a second one.

use std::borrow::Cow;

/// How bytes that are not UTF-8 are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strays {
    /// As Windows-1252: that is what the text is in.
    Western,
    /// As Windows-1252 where that gives a letter or mark that fits between its
    /// neighbors, else as U+FFFD.
    Fitting,
    /// As U+FFFD.
    Unknown,
}

/// A text, and where it is not as its bytes say.
#[derive(Debug, Default)]
pub(super) struct Repaired<'b> {
    pub(super) text: Cow<'b, str>,
    /// Bytes that were not as expected, and the offset of the first.
    pub(super) count: usize,
    pub(super) first: usize,
}

impl Repaired<'_> {
    fn note(&mut self, at: usize) {
        if self.count == 0 {
            self.first = at;
        }
        self.count += 1;
    }
}

/// Reads bytes as UTF-8, without NULs.
pub(super) fn repair(bytes: &[u8], strays: Strays) -> Repaired<'_> {
    if let (Ok(text), None) = (std::str::from_utf8(bytes), memchr::memchr(0, bytes)) {
        return Repaired { text: Cow::Borrowed(text), count: 0, first: 0 };
    }
    let mut repaired = Repaired::default();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        for (index, part) in chunk.valid().split('\0').enumerate() {
            if index > 0 {
                repaired.note(at);
                at += 1;
            }
            text.push_str(part);
            at += part.len();
        }
        let invalid = chunk.invalid();
        at += invalid.len();
        let next = bytes.get(at).copied();
        match (strays, invalid) {
            (_, []) => {}
            (Strays::Western, _) => text.push_str(&western(invalid)),
            (Strays::Fitting, [byte]) if fits(text.chars().next_back(), *byte, next) => {
                repaired.note(at - 1);
                text.push_str(&western(invalid));
            }
            (Strays::Fitting, [letter, mark @ (0x85 | 0x92 | 0x94 | 0x96 | 0x97 | 0xbb)])
                if fits(text.chars().next_back(), *letter, None) && fits(Some('a'), *mark, next) =>
            {
                // A letter at the end of a word, and a closing mark.
                repaired.note(at - 2);
                repaired.count += 1;
                text.push_str(&western(invalid));
            }
            _ => {
                repaired.note(at - invalid.len());
                text.push('\u{fffd}');
            }
        }
    }
    repaired.text = Cow::Owned(text);
    repaired
}

fn western(bytes: &[u8]) -> Cow<'_, str> {
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0
}

/// Whether a byte of Windows-1252 makes sense between its neighbors.
fn fits(previous: Option<char>, byte: u8, next: Option<u8>) -> bool {
    // What is left of a damaged character of several bytes.
    if previous == Some('\u{fffd}') || next.is_some_and(|next| (0x80..0xc0).contains(&next)) {
        return false;
    }
    let before = previous.filter(|c| c.is_alphabetic());
    let after_letter = before.is_some();
    let before_letter = next.is_some_and(|next| next.is_ascii_alphabetic() || next >= 0xc0);
    let before_digit = next.is_some_and(|next| next.is_ascii_digit());
    match byte {
        // … ‘ ’ “ ” • – — ™ and no-break space.
        0x85 | 0x91..=0x97 | 0x99 | 0xa0 => true,
        // € £
        0x80 | 0xa3 => before_digit,
        // ¡ ¿ « » ®
        0xa1 | 0xbf | 0xab | 0xbb | 0xae => !(after_letter && before_letter),
        // ©
        0xa9 => !after_letter,
        0xb0 => previous.is_some_and(|c| c.is_ascii_digit()),
        0xd7 | 0xf7 | 0xff => false,
        // Š Œ Ž Ÿ and À to Þ: at the start of a word, or in capitals.
        0x8a | 0x8c | 0x8e | 0x9f | 0xc0..=0xde => {
            before.is_none_or(char::is_uppercase) && (before_letter || after_letter)
        }
        0x9a | 0x9c | 0x9e | 0xdf..=0xfe => after_letter || before_letter,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(strays: Strays, bytes: &[u8], expected: &str, count: usize, first: usize) {
        let repaired = repair(bytes, strays);
        assert_eq!((repaired.text.as_ref(), repaired.count, repaired.first), (expected, count, first));
    }

    #[test]
    fn letters_and_marks_that_fit() {
        for (bytes, expected) in [
            (&b"the caf\xe9 is"[..], "the café is"),
            (b"doesn\x92t", "doesn’t"),
            (b"\x93No\x94", "“No”"),
            (b"\xc9cole", "École"),
            (b"CR\xc9\xc9E", "CRÉÉE"),
            (b"cr\xe9\xe9e", "créée"),
            (b"ten \x96 twelve", "ten – twelve"),
            (b"\xa35 million", "£5 million"),
            (b"\xbfQu\xe9?", "¿Qué?"),
            (b"20\xb0", "20°"),
            (b"cut caf\xc3", "cut caf\u{fffd}"),
            (b"caf\xa9 lost its start", "caf\u{fffd} lost its start"),
            (b"it\x80\x99s", "it\u{fffd}\u{fffd}s"),
            (b"it\xe2\x80s", "it\u{fffd}s"),
            (b"\x93Caf\xe9\x94, he said", "“Café”, he said"),
            (b"the caf\xe9\x92s", "the café’s"),
            (b"a\xffb", "a\u{fffd}b"),
            (b"\xf7", "\u{fffd}"),
        ] {
            assert_eq!(repair(bytes, Strays::Fitting).text, expected);
        }
    }

    #[test]
    fn places_are_counted() {
        check(Strays::Fitting, "é and é".as_bytes(), "é and é", 0, 0);
        check(Strays::Fitting, b"\xc3\xa9 a\xe9 \xff", "é aé \u{fffd}", 2, 4);
        check(Strays::Fitting, b"a \0 b\0", "a  b", 2, 2);
        check(Strays::Western, b"\xc3\xa9 \xe9 \xff", "é é ÿ", 0, 0);
        check(Strays::Unknown, b"a\xe9\xff", "a\u{fffd}\u{fffd}", 2, 1);
        check(Strays::Fitting, b"", "", 0, 0);
    }
}
