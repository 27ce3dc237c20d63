//! What the first bytes of a file say of its format.

use super::format::{Archive, Format, Kind, Packing};

/// How many bytes are looked at.
pub(super) const HEAD: usize = 8192;
/// So many bytes are waited for.
pub(super) const ENOUGH: usize = 1024;

/// The kind that the first bytes leave no doubt of.
pub(super) fn certain(head: &[u8]) -> Option<Kind> {
    packed(head).or_else(|| written(head))
}

fn packed(head: &[u8]) -> Option<Kind> {
    let starts = |magic: &[u8]| head.starts_with(magic);
    Some(if starts(b"\x1f\x8b") {
        Kind::Packed(Packing::Gzip)
    } else if starts(b"\xfd7zXZ\0") {
        Kind::Packed(Packing::Xz)
    } else if starts(b"\x28\xb5\x2f\xfd") {
        Kind::Packed(Packing::Zstd)
    } else if starts(b"BZh") && head.get(4..10) == Some(b"1AY&SY") {
        Kind::Packed(Packing::Bzip2)
    } else if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        Kind::Archive(Archive::Zip)
    } else if head.get(257..262) == Some(b"ustar") {
        Kind::Archive(Archive::Tar)
    } else if starts(b"WARC/") {
        Kind::Warc
    } else {
        return None;
    })
}

fn written(head: &[u8]) -> Option<Kind> {
    let text = Opening::new(head);
    if text.begins("<!doctype lewis") || text.begins("<reuters") || text.begins("<doc>") {
        Some(Kind::Sgml)
    } else if text.begins("<!doctype html") || text.begins("<html") {
        Some(Kind::Whole(Format::Html))
    } else if text.begins("<?xml") || text.begins("<rss") || text.begins("<feed") || text.begins("<rdf:rdf") {
        text.xml()
    } else if text.is_mail() {
        Some(Kind::Mail)
    } else {
        None
    }
}

/// The kind of a file whose name says nothing; `None` for no article.
pub(super) fn guess(head: &[u8]) -> Option<Kind> {
    if let Some(kind) = certain(head) {
        return Some(kind);
    }
    let text = Opening::new(head);
    if head.contains(&0) && !head.starts_with(b"\xff\xfe") && !head.starts_with(b"\xfe\xff") {
        None
    } else if text.begins("{") || text.begins("[") {
        Some(if text.is_one_line_json() { Kind::JsonLines } else { Kind::Whole(Format::Json) })
    } else if text.begins("<") {
        // A page without a head; of other XML nothing is known.
        let parts = ["<body", "<div", "<p>", "<p ", "<head", "<title"];
        let is_page = !text.begins("<?xml") && parts.iter().any(|part| text.contains(part));
        is_page.then_some(Kind::Whole(Format::Html))
    } else {
        text.is_prose().then_some(Kind::Whole(Format::Text))
    }
}

/// The first bytes without mark and white space.
struct Opening<'a>(&'a [u8]);

impl<'a> Opening<'a> {
    fn new(head: &'a [u8]) -> Self {
        Self(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start())
    }

    fn begins(&self, word: &str) -> bool {
        self.0.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
    }

    fn contains(&self, word: &str) -> bool {
        self.0.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    }

    /// What an XML document is by the first of its elements that is known.
    fn xml(&self) -> Option<Kind> {
        if self.contains("<rss") || self.contains("<feed") || self.contains("<rdf:rdf") {
            Some(Kind::Feed)
        } else if self.contains("<html") {
            Some(Kind::Whole(Format::Html))
        } else {
            None
        }
    }

    /// Whether it starts with the header of an e-mail as transport leaves it.
    fn is_mail(&self) -> bool {
        let mut marks = 0;
        for line in self.0.split(|byte| *byte == b'\n').take(60) {
            let line = line.trim_ascii_end();
            if line.is_empty() {
                break;
            }
            if line[0] == b' ' || line[0] == b'\t' {
                continue;
            }
            let Some(colon) = line.iter().position(|byte| *byte == b':') else { return false };
            let key = &line[..colon];
            if !key.iter().all(|byte| byte.is_ascii_graphic()) {
                return false;
            }
            let is = |name: &str| key.eq_ignore_ascii_case(name.as_bytes());
            marks += usize::from(is("mime-version") || is("received") || is("message-id") || is("content-type"));
        }
        marks >= 2
    }

    fn is_one_line_json(&self) -> bool {
        let line = self.0.split(|byte| *byte == b'\n').next().unwrap_or_default();
        // A line longer than what is seen is a record: documents that hold many
        // are seldom written on one line, and must fit into memory.
        if line.len() == self.0.len() && line.len() * 2 > HEAD {
            return line.starts_with(b"{");
        }
        self.0.len() > line.len() && line.trim_ascii_end().ends_with(b"}") && line.starts_with(b"{")
    }

    /// Whether it reads as text: hardly a control character, and mostly
    /// letters and spaces.
    fn is_prose(&self) -> bool {
        let letters = self.0.iter().filter(|b| b.is_ascii_alphabetic() || **b == b' ' || **b >= 0x80).count();
        let controls = self.0.iter().filter(|b| b.is_ascii_control() && !b.is_ascii_whitespace()).count();
        controls == 0 && letters * 10 >= self.0.len() * 6 && !self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_known_without_a_name() {
        let kind = |head: &[u8]| guess(head);
        assert_eq!(kind(b"\x1f\x8b\x08"), Some(Kind::Packed(Packing::Gzip)));
        assert_eq!(kind(b"  <!DOCTYPE html><p>"), Some(Kind::Whole(Format::Html)));
        assert_eq!(kind(b"<?xml version='1.0'?>\n<rss version='2.0'>"), Some(Kind::Feed));
        assert_eq!(kind(b"<?xml version='1.0'?><html xmlns='x'>"), Some(Kind::Whole(Format::Html)));
        assert_eq!(kind(b"<!DOCTYPE lewis SYSTEM \"lewis.dtd\">"), Some(Kind::Sgml));
        assert_eq!(kind(b"MIME-Version: 1.0\r\nMessage-ID: <a@b>\r\n\r\nHi"), Some(Kind::Mail));
        assert_eq!(kind(b"{\"a\":1}\n{\"a\":2}\n"), Some(Kind::JsonLines));
        assert_eq!(kind(format!("{{\"text\":\"{}", "word ".repeat(HEAD)).as_bytes()), Some(Kind::JsonLines));
        assert_eq!(kind(b"{\n \"a\": 1\n}"), Some(Kind::Whole(Format::Json)));
        assert_eq!(
            kind(b"Title: A film opens\nDate: 2020-01-01\n\nIt opens in all the theaters of the town."),
            Some(Kind::Whole(Format::Text))
        );
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n\0\0"), None);
        assert_eq!(kind(b"<!-- saved --><div><p>A film opens.</p></div>"), Some(Kind::Whole(Format::Html)));
        assert_eq!(kind(b"<?xml version='1.0'?><nitf><body>A film opens.</body></nitf>"), None);
        assert_eq!(kind(b"0,0,1,1,2,3,4,5,6,7,8\n9,9,9"), None);
    }
}
