//! Which encoding a text is in, by its bytes and what it states of itself.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many bytes are searched for UTF-16 and UTF-32 without a byte-order mark, and
/// for the charset that a page states.
const PROBE: usize = 4096;

/// The encoding of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    /// Nothing but ASCII in sight: what follows may be anything.
    Ascii,
    /// UTF-8, maybe with bytes that are not.
    Utf8,
    /// Windows-1252, maybe with parts in UTF-8.
    Western,
    Utf32 {
        big_endian: bool,
    },
    Other(&'static Encoding),
}

impl Charset {
    /// What messages call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Ascii | Self::Utf8 => "UTF-8",
            Self::Western => "Windows-1252",
            Self::Utf32 { .. } => "UTF-32",
            Self::Other(encoding) => encoding.name(),
        }
    }

    fn of(encoding: &'static Encoding) -> Self {
        if encoding == UTF_8 {
            Self::Utf8
        } else if encoding == WINDOWS_1252 {
            Self::Western
        } else {
            Self::Other(encoding)
        }
    }
}

/// The encoding of a text by its start. `stated` is what it says of itself, which
/// counts only as far as its bytes bear it out.
pub(super) fn charset(bytes: &[u8], stated: Option<&[u8]>) -> Charset {
    if let Some(wide) = wide(bytes) {
        return wide;
    }
    // Not what a page cannot be in if its charset could be read.
    let stated = stated.and_then(Encoding::for_label_no_replacement);
    let stated = stated.filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE);
    let tally = Utf8Tally::of(bytes);
    if tally.invalid == 0 {
        return match stated {
            _ if is_iso_2022_jp(bytes) => Charset::Other(ISO_2022_JP),
            _ if tally.valid == 0 => Charset::Ascii,
            _ => Charset::Utf8,
        };
    }
    match stated {
        Some(encoding) if encoding == UTF_8 && !tally.is_mostly_utf8() => match guessed(bytes) {
            // Single letters and marks; they are looked at one by one.
            Charset::Western => Charset::Utf8,
            other => other,
        },
        Some(encoding) if encoding.is_single_byte() && tally.valid < tally.invalid => Charset::of(encoding),
        Some(encoding) if !encoding.is_single_byte() && encoding != UTF_8 && fits(encoding, bytes) => {
            Charset::of(encoding)
        }
        _ if tally.is_mostly_utf8() => Charset::Utf8,
        _ => guessed(bytes),
    }
}

/// UTF-16 and UTF-32, and what has a byte-order mark.
pub(super) fn wide(bytes: &[u8]) -> Option<Charset> {
    if bytes.starts_with(b"\xff\xfe\0\0") && bytes.len().is_multiple_of(4) || bytes.starts_with(b"\0\0\xfe\xff") {
        return Some(Charset::Utf32 { big_endian: bytes[0] == 0 });
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(Charset::of(encoding));
    }
    unmarked_utf32(bytes).or_else(|| unmarked_utf16(bytes).map(Charset::Other))
}

/// The byte order of UTF-32 without a mark: two bytes of four are NUL.
fn unmarked_utf32(bytes: &[u8]) -> Option<Charset> {
    let probe = &bytes[..bytes.len().min(PROBE) & !3];
    if probe.len() < 8 {
        return None;
    }
    let all = |zero: [usize; 2], low: usize| {
        let units = || probe.chunks_exact(4);
        units().all(|unit| zero.iter().all(|at| unit[*at] == 0)) && units().any(|unit| unit[low] != 0)
    };
    if all([2, 3], 0) {
        Some(Charset::Utf32 { big_endian: false })
    } else if all([0, 1], 3) {
        Some(Charset::Utf32 { big_endian: true })
    } else {
        None
    }
}

/// The byte order of UTF-16 without a mark. In Western text nearly every second byte
/// is NUL; in other text spaces and line ends have one.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let probe = &bytes[..bytes.len().min(PROBE) & !1];
    if probe.len() < 4 {
        return None;
    }
    let nul_at = |parity: usize| probe.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (nul_at(0), nul_at(1), probe.len() / 2);
    let (most, least, encoding) = if odd > even { (odd, even, UTF_16LE) } else { (even, odd, UTF_16BE) };
    // Letters of other scripts may have a NUL as their lower byte.
    if most == 0 || least * 4 > most || !is_text_in_utf16(probe, encoding) {
        return None;
    }
    // Not ASCII with a NUL in it, which makes letters of China two by two.
    let ascii = probe.iter().filter(|byte| byte.is_ascii_alphabetic() || **byte == b' ').count();
    (most * 10 >= pairs * 7 || ascii * 2 < probe.len()).then_some(encoding)
}

/// Whether nearly all of these bytes are letters, marks and spaces in UTF-16, and hardly
/// any control characters.
fn is_text_in_utf16(probe: &[u8], encoding: &'static Encoding) -> bool {
    let is_text = |c: char| {
        let is_mark = c.is_ascii_punctuation() || matches!(c, '\u{a0}'..='\u{bf}' | '\u{2000}'..='\u{206f}');
        let is_wide_mark = matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}');
        c.is_alphanumeric() || c.is_whitespace() || is_mark || is_wide_mark
    };
    let (text, _) = encoding.decode_without_bom_handling(probe);
    let (good, all) = text.chars().fold((0, 0), |(good, all), c| (good + usize::from(is_text(c)), all + 1));
    let controls = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    good * 10 >= all * 9 && controls <= 1
}

/// Sequences of several bytes that are UTF-8, and bytes that are not.
#[derive(Debug, Default)]
struct Utf8Tally {
    valid: usize,
    invalid: usize,
}

impl Utf8Tally {
    fn of(bytes: &[u8]) -> Self {
        let mut tally = Self::default();
        for chunk in bytes.utf8_chunks() {
            // Bytes that begin a character.
            tally.valid += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
            tally.invalid += usize::from(!chunk.invalid().is_empty());
        }
        tally
    }

    /// In other encodings few pairs of bytes are UTF-8 by chance.
    fn is_mostly_utf8(&self) -> bool {
        self.valid >= self.invalid
    }
}

/// Whether text has the escapes of ISO-2022-JP, and else only ASCII.
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    let mut escapes = memchr::memchr_iter(0x1b, bytes);
    escapes.any(|at| bytes[at + 1..].starts_with(b"$B") || bytes[at + 1..].starts_with(b"$@")) && bytes.is_ascii()
}

/// Whether bytes are text in an encoding of several bytes a character: at most one
/// place in twenty is not, and one more.
fn fits(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let (mut bad, mut all) = (0, 0);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        all += 1;
        bad += usize::from(c == '\u{fffd}');
    }
    bad <= 1 + all / 20
}

/// The most likely legacy encoding. Since one bad byte rules an encoding out, most of
/// several parts may overrule the whole.
fn guessed(bytes: &[u8]) -> Charset {
    let whole = guess(bytes);
    let size = |part: &[u8]| part.iter().filter(|byte| !byte.is_ascii()).count();
    let parts: Vec<_> = parts(bytes).filter(|part| !part.is_ascii()).map(|part| (guess(part), size(part))).collect();
    let votes = |encoding: &Encoding| -> usize {
        parts.iter().filter(|(found, _)| *found == encoding).map(|(_, size)| size).sum()
    };
    let best = parts.iter().map(|(found, _)| *found).max_by_key(|encoding| votes(encoding));
    let better = best.filter(|best| !best.is_single_byte() && votes(best) * 2 > size(bytes) && fits(best, bytes));
    Charset::of(better.unwrap_or(whole))
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The text in some eight parts, cut at spaces and line ends.
fn parts(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let size = bytes.len() / 8 + 1;
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let from = size.min(rest.len());
        let end = memchr::memchr2(b' ', b'\n', &rest[from..]).map_or(rest.len(), |at| from + at);
        let (part, after) = rest.split_at(end);
        rest = after;
        (!part.is_empty()).then_some(part)
    })
}

/// The label of its encoding that a page or XML document states at its start.
pub(super) fn stated_charset(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..bytes.len().min(PROBE)];
    let in_declaration = head.trim_ascii_start().strip_prefix(b"<?xml").and_then(|rest| {
        let end = memchr::memchr(b'>', rest)?;
        label_after(&rest[..end], b"encoding")
    });
    in_declaration.or_else(|| {
        let mut tags = memchr::memchr_iter(b'<', head);
        tags.find_map(|at| {
            let tag = &head[at + 1..];
            let is_meta = tag.get(..4).is_some_and(|name| name.eq_ignore_ascii_case(b"meta"));
            let end = memchr::memchr(b'>', tag).unwrap_or(tag.len());
            if is_meta { label_after(&tag[..end], b"charset") } else { None }
        })
    })
}

/// The label after `name=`.
fn label_after<'b>(text: &'b [u8], name: &[u8]) -> Option<&'b [u8]> {
    let at = text.windows(name.len()).position(|part| part.eq_ignore_ascii_case(name))? + name.len();
    let label = text[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let label = label.strip_prefix(b"\"").or(label.strip_prefix(b"'")).unwrap_or(label).trim_ascii_start();
    let end = label.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_:.".contains(b)).unwrap_or(label.len());
    (end > 0).then(|| &label[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], stated: Option<&str>, expected: &str) {
        let found = charset(bytes, stated.map(str::as_bytes));
        assert_eq!(found.name(), expected, "{stated:?} {}", String::from_utf8_lossy(bytes));
    }

    fn encoded(label: &str, text: &str) -> Vec<u8> {
        let encoding = Encoding::for_label(label.as_bytes()).expect("a label");
        let (bytes, _, lost) = encoding.encode(text);
        assert!(!lost, "{label}");
        bytes.into_owned()
    }

    #[test]
    fn legacy_encodings_by_a_sentence() {
        for (label, text) in [
            ("EUC-KR", "배우 김하늘이 새 영화에 출연한다고 제작사가 밝혔다."),
            ("Shift_JIS", "俳優が新しい映画に出演すると、製作会社が発表した。"),
            ("EUC-JP", "俳優が新しい映画に出演すると、製作会社が発表した。"),
            ("GBK", "制片公司星期二宣布，这位演员将出演新电影。"),
            ("Big5", "製片公司星期二宣布，這位演員將出演新電影。"),
            ("KOI8-U", "Актёр снимется в новом фильме, сообщила студия."),
            ("windows-1251", "Актёр снимется в новом фильме, сообщила студия."),
            ("windows-1250", "Herečka začíná natáčet nový příběh, řekla společnost."),
            ("windows-1253", "Η ηθοποιός θα παίξει στη νέα ταινία, είπε η εταιρεία."),
            ("windows-1254", "Oyuncu yeni filmde oynayacağını, şirket açıkladı."),
            ("windows-1252", "Pénélope joue à l’écran, dit la société « Étoile »."),
        ] {
            let bytes = encoded(label, text);
            check(&bytes, None, &label.replace("windows-1252", "Windows-1252"));
            check(&bytes, Some("utf-8"), if label == "windows-1252" { "UTF-8" } else { label });
            check(text.as_bytes(), Some(label), "UTF-8");
        }
    }

    #[test]
    fn what_is_stated_counts_if_it_can_be() {
        check(b"\xb9 a", Some("iso-8859-2"), "ISO-8859-2");
        check("ééé \u{2019}é".as_bytes(), Some("iso-8859-1"), "UTF-8");
        check(b"caf\xc3\xa9 na\xc3\xafve \xe9", Some("iso-8859-1"), "UTF-8");
        check(b"caf\xc3\xa9 na\xefve \xe9t\xe9", Some("iso-8859-1"), "Windows-1252");
        check(b"caf\xc3\xa9 \xe9", None, "UTF-8");
        check(b"plain", Some("iso-8859-1"), "UTF-8");
        check(b"caf\xe9", Some("iso-2022-kr"), "Windows-1252");
        check(b"caf\xe9", Some("utf-16"), "Windows-1252");
        check(b"\x1b$B1G2h\x1b(B", None, "ISO-2022-JP");
        let korean = encoded("euc-kr", "배우가 새 영화에 출연한다고 밝혔다.");
        check(&[&korean[..], b"\xff"].concat(), Some("euc-kr"), "EUC-KR");
    }

    #[test]
    fn wide_encodings() {
        for text in ["A film opens.", "Фильм выходит в марте.", "映画が 公開 される", "Zoë Kravitz stars"]
        {
            let units: Vec<u16> = text.encode_utf16().collect();
            let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            assert_eq!(wide(&little), Some(Charset::Other(UTF_16LE)), "{text}");
            assert_eq!(wide(&big), Some(Charset::Other(UTF_16BE)), "{text}");
            let little: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
            let big: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
            assert_eq!(wide(&little), Some(Charset::Utf32 { big_endian: false }), "{text}");
            assert_eq!(wide(&big), Some(Charset::Utf32 { big_endian: true }), "{text}");
        }
        for bytes in [&b"A stray \0 byte."[..], b"A stray \0 byte in it", b"\0\0\0\0\0\0\0\0", b"ab", b""] {
            assert_eq!(wide(bytes), None, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn labels() {
        for (head, expected) in [
            ("<?xml version='1.0' encoding='koi8-r'?><rss>", Some("koi8-r")),
            ("<?xml version=\"1.0\"?><meta charset = \"gbk\">", Some("gbk")),
            ("<script charset=x></script><META http-equiv=c content='text/html; charset=big5'>", Some("big5")),
            ("<meta charset=utf-8><p>", Some("utf-8")),
            ("<p>charset=utf-8", None),
            ("<meta charset=''>", None),
        ] {
            assert_eq!(stated_charset(head.as_bytes()), expected.map(str::as_bytes), "{head}");
        }
    }
}
