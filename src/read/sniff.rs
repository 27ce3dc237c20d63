//! Detects the format of a file from its first bytes.

use super::decode::binary_at;
use super::format::{Archive, Compression, Format, Kind, XmlFormat};
use super::xml_root::Root;

/// The most bytes that are looked at.
pub(super) const HEAD: usize = 8192;
/// Bytes to wait for before detection; a tar signature is at offset 257.
pub(super) const MIN_HEAD: usize = 1024;

/// The kind, if a signature identifies it without doubt.
pub(super) fn by_signature(head: &[u8]) -> Option<Kind> {
    magic_bytes(head).or_else(|| opening_tag(head))
}

/// Binary formats, and WARC.
fn magic_bytes(head: &[u8]) -> Option<Kind> {
    let starts = |magic: &[u8]| head.starts_with(magic);
    Some(if starts(b"\x1f\x8b") {
        Kind::Compressed(Compression::Gzip)
    } else if starts(b"\xfd7zXZ\0") {
        Kind::Compressed(Compression::Xz)
    } else if starts(b"\x28\xb5\x2f\xfd") {
        Kind::Compressed(Compression::Zstd)
    } else if starts(b"BZh") && head.get(4..10) == Some(b"1AY&SY") {
        Kind::Compressed(Compression::Bzip2)
    } else if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        Kind::Archive(Archive::Zip)
    } else if head.get(257..262) == Some(b"ustar") {
        Kind::Archive(Archive::Tar)
    } else if starts(b"WARC/") || starts(b"filedesc://") {
        Kind::Warc
    } else if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        Kind::Unread(OLD_OFFICE)
    } else if without_mark(head).starts_with(b"%PDF-") {
        Kind::Pdf
    } else if without_mark(head).starts_with(b"{\\rtf") {
        Kind::Rtf
    } else {
        return None;
    })
}

/// Documents in compound files: those of Office before 2007, and later ones that a
/// password encrypts.
const OLD_OFFICE: &str = "an Office document (.doc, .xls, .ppt) of before 2007 or with a password";

/// The start without byte-order mark and leading white space.
fn without_mark(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start()
}

/// The kind of what is named as a document of this kind without a signature at its
/// start: viewers take a PDF whose first line is something else, and what a web site
/// sends under such a name may be text.
pub(super) fn guess_document(kind: Kind, head: &[u8]) -> Option<Kind> {
    let text = HeadText::new(head);
    let start = HeadText(&head[..head.len().min(1024)]);
    if kind == Kind::Pdf && start.contains("%PDF-") {
        Some(Kind::Pdf)
    } else if text.contains("endobj") {
        None
    } else {
        guess(head)
    }
}

/// Markup and mail by how the text starts.
fn opening_tag(head: &[u8]) -> Option<Kind> {
    let text = HeadText::new(head);
    if text.is_collection() {
        Some(Kind::Sgml)
    } else if let Some(format) = Root::of(head).and_then(|root| root.format(head)) {
        Some(Kind::Xml(format))
    } else if text.begins("<!doctype html") || text.begins("<html") {
        Some(Kind::Single(Format::Html))
    } else if text.begins("<") && text.is_feed() {
        Some(Kind::Feed)
    } else if text.begins("<?xml") {
        text.xml().or(Some(Kind::Xml(XmlFormat::Other)))
    } else if text.is_mbox() {
        Some(Kind::Mbox)
    } else if text.is_mail() {
        Some(Kind::Mail)
    } else {
        None
    }
}

/// The most likely kind of a file without a known extension; `None` if it
/// holds no article.
pub(super) fn guess(head: &[u8]) -> Option<Kind> {
    if let Some(kind) = by_signature(head) {
        return Some(kind);
    }
    let text = HeadText::new(head);
    if binary_at(head).is_some() {
        None
    } else if text.contains("<rss") && text.contains("<channel") && !text.contains("<html") {
        // A feed behind something else, such as a warning of the program that made it.
        Some(Kind::Feed)
    } else if text.begins("{") || text.begins("[") {
        Some(if text.is_json_lines() { Kind::JsonLines } else { Kind::Single(Format::Json) })
    } else if text.begins("<") {
        // A piece of a page, or XML without a declaration.
        let parts = ["<body", "<div", "<p>", "<p ", "<head", "<title"];
        match Root::of(head) {
            Some(root) if !root.is_html(head) => Some(Kind::Xml(XmlFormat::Other)),
            _ => parts.iter().any(|part| text.contains(part)).then_some(Kind::Single(Format::Html)),
        }
    } else {
        text.is_prose().then_some(Kind::Single(Format::Text))
    }
}

/// The first bytes without byte-order mark and leading white space.
struct HeadText<'a>(&'a [u8]);

impl<'a> HeadText<'a> {
    fn new(head: &'a [u8]) -> Self {
        Self(without_mark(head))
    }

    fn begins(&self, word: &str) -> bool {
        self.0.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
    }

    fn contains(&self, word: &str) -> bool {
        self.0.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    }

    /// Whether it starts with a document of a collection, or is a list of such.
    fn is_collection(&self) -> bool {
        let opens = |name: &str| {
            let after = self.0.get(name.len());
            self.begins(name) && after.is_some_and(|byte| *byte == b'>' || byte.is_ascii_whitespace())
        };
        self.begins("<!doctype lewis")
            || opens("<reuters")
            || opens("<doc")
            || self.0.starts_with(b"<")
                && self.contains("<docno>")
                && (self.contains("<doc>") || self.contains("<doc "))
    }

    /// The kind of an XML document: by its root element or, where that is too far from
    /// the start, by the elements that it contains.
    fn xml(&self) -> Option<Kind> {
        if let Some(root) = Root::of(self.0) {
            return Some(match root.name.as_str() {
                "rss" | "feed" | "rdf" => Kind::Feed,
                "html" => Kind::Single(Format::Html),
                _ => Kind::Xml(XmlFormat::Other),
            });
        }
        if self.contains("<rss") || self.contains("<feed") || self.contains("<rdf:rdf") {
            Some(Kind::Feed)
        } else if self.contains("<html") {
            Some(Kind::Single(Format::Html))
        } else {
            None
        }
    }

    /// Whether it starts as a folder of e-mails does: `From ann@b Tue Mar  5 10:00:00
    /// 2019`, and the header of one.
    fn is_mbox(&self) -> bool {
        let mut lines = self.0.splitn(3, |byte| *byte == b'\n');
        let from = lines.next().unwrap_or_default();
        let next = lines.next().unwrap_or_default();
        let year =
            from.split(u8::is_ascii_whitespace).any(|word| word.len() == 4 && word.iter().all(u8::is_ascii_digit));
        let key = next.split(|byte| *byte == b':').next().unwrap_or_default();
        let is_key = key.len() < next.len() && !key.is_empty() && key.iter().all(u8::is_ascii_graphic);
        from.starts_with(b"From ") && from.contains(&b':') && year && (is_key || next.starts_with(b">From "))
    }

    /// Whether the first element is that of a feed.
    fn is_feed(&self) -> bool {
        let name = self.first_element().unwrap_or_default();
        let local = name.rsplit(|byte| *byte == b':').next().unwrap_or_default();
        match local.to_ascii_lowercase().as_slice() {
            b"rss" | b"feed" | b"rdf" => true,
            b"channel" => self.contains("<item"),
            b"entry" => self.contains("/atom"),
            // Behind a long comment.
            b"" => self.contains("<rss") || self.contains("<feed") || self.contains("<rdf:rdf"),
            _ => false,
        }
    }

    /// The name of the first element, after declarations and comments.
    fn first_element(&self) -> Option<&'a [u8]> {
        let mut rest = self.0;
        loop {
            rest = &rest[memchr::memchr(b'<', rest)?..];
            let after = |end: &str| memchr::memmem::find(rest, end.as_bytes()).map(|at| &rest[at + end.len()..]);
            rest = match rest.get(1)? {
                b'!' if rest.starts_with(b"<!--") => after("-->")?,
                // A document type, maybe with declarations in it.
                b'!' if rest[..rest.len().min(HEAD)].split(|byte| *byte == b'>').next()?.contains(&b'[') => {
                    after("]>").or(after("]"))?
                }
                b'!' => after(">")?,
                b'?' => after("?>")?,
                _ => break,
            };
        }
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b":_-.".contains(byte) || *byte >= 0x80;
        let end = rest[1..].iter().position(|byte| !is_part(byte)).unwrap_or(rest.len() - 1);
        Some(&rest[1..=end])
    }

    /// Whether it starts with the header of an e-mail: `Key: value` lines, two of
    /// which only mail has. Apple Mail puts its length in front, in digits.
    fn is_mail(&self) -> bool {
        let mut marks = 0;
        for (index, line) in self.0.split(|byte| *byte == b'\n').take(200).enumerate() {
            let line = line.trim_ascii_end();
            if line.is_empty() {
                break;
            }
            let length = index == 0 && line.len() < 12 && line.iter().all(u8::is_ascii_digit);
            if length || line[0] == b' ' || line[0] == b'\t' {
                continue;
            }
            let Some(colon) = line.iter().position(|byte| *byte == b':') else { return false };
            let key = &line[..colon];
            if !key.iter().all(|byte| byte.is_ascii_graphic()) {
                return false;
            }
            let is = |name: &str| key.eq_ignore_ascii_case(name.as_bytes());
            let from = is("from") && line.contains(&b'@');
            marks +=
                usize::from(from || is("mime-version") || is("received") || is("message-id") || is("content-type"));
        }
        marks >= 2
    }

    fn is_json_lines(&self) -> bool {
        let line = self.0.split(|byte| *byte == b'\n').next().unwrap_or_default();
        // No line end in sight: taken as a long record of JSON lines, which can be
        // streamed. One document of that size is seldom written on one line.
        if line.len() == self.0.len() && line.len() * 2 > HEAD {
            return line.starts_with(b"{");
        }
        self.0.len() > line.len() && line.trim_ascii_end().ends_with(b"}") && line.starts_with(b"{")
    }

    /// Whether it looks like prose: hardly a control character, and at least 60 %
    /// letters, spaces and non-ASCII bytes.
    fn is_prose(&self) -> bool {
        let letters = self.0.iter().filter(|b| b.is_ascii_alphabetic() || **b == b' ' || **b >= 0x80).count();
        binary_at(self.0).is_none() && letters * 10 >= self.0.len() * 6 && !self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: impl AsRef<[u8]>, expected: Option<Kind>) {
        let head = head.as_ref();
        assert_eq!(guess(head), expected, "{}", String::from_utf8_lossy(&head[..head.len().min(60)]));
    }

    #[test]
    fn binary_formats() {
        check(b"\x1f\x8b\x08", Some(Kind::Compressed(Compression::Gzip)));
        check(b"\xfd7zXZ\0", Some(Kind::Compressed(Compression::Xz)));
        check(b"\x28\xb5\x2f\xfd", Some(Kind::Compressed(Compression::Zstd)));
        check(b"BZh91AY&SY", Some(Kind::Compressed(Compression::Bzip2)));
        check(b"PK\x03\x04", Some(Kind::Archive(Archive::Zip)));
        let tar = [&[b'a'; 257][..], b"ustar"].concat();
        check(tar, Some(Kind::Archive(Archive::Tar)));
        check(b"WARC/1.1\r\n", Some(Kind::Warc));
        check(b"\x89PNG\r\n\x1a\n\0\0", None);
        check(b"\r\n%PDF-1.4\n", Some(Kind::Pdf));
        check(b"{\\rtf1\\ansi", Some(Kind::Rtf));
        check(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", Some(Kind::Unread(OLD_OFFICE)));
    }

    #[test]
    fn markup_and_mail() {
        check("  <!DOCTYPE html><p>", Some(Kind::Single(Format::Html)));
        check("\u{feff}<HTML>", Some(Kind::Single(Format::Html)));
        check("<?xml version='1.0'?>\n<rss version='2.0'>", Some(Kind::Feed));
        check("<feed xmlns='x'>", Some(Kind::Feed));
        for feed in [
            "<!-- made by hand -->\n<!-- <html> --> <rss version='0.91'>",
            "<?xml version='1.0'?><?xml-stylesheet href='a.css'?><!DOCTYPE rss SYSTEM 'rss-0.91.dtd'><rss>",
            "<!DOCTYPE rdf:RDF [<!ENTITY a 'b'>]>\n<rdf:RDF>",
            "<?xml version='1.0'?><atom:feed xmlns:atom='x'>",
            "<r:RDF xmlns:r='x'>",
            "<CHANNEL HREF='x'><TITLE>A</TITLE><ITEM HREF='y'/></CHANNEL>",
            "<entry xmlns='http://www.w3.org/2005/Atom'>",
            "<b>Warning</b>: no cache in line 3\n<rss version='2.0'><channel>",
        ] {
            check(feed, Some(Kind::Feed));
        }
        check("<!-- <rss> --><html><p>A", Some(Kind::Single(Format::Html)));
        check("<?xml version='1.0'?><channels><item/></channels>", Some(Kind::Xml(XmlFormat::Other)));
        check("<?xml version='1.0'?><html xmlns='x'>", Some(Kind::Single(Format::Html)));
        check("<!-- saved --><div><p>A film opens.</p></div>", Some(Kind::Single(Format::Html)));
        check("<?xml version='1.0'?><nitf><body>A film opens.</body></nitf>", Some(Kind::Xml(XmlFormat::Nitf)));
        check("<?xml version='1.0'?><stories>", Some(Kind::Xml(XmlFormat::Other)));
        check("<story><title>A</title><body>A film opens.</body></story>", Some(Kind::Xml(XmlFormat::Other)));
        check("<!DOCTYPE lewis SYSTEM \"lewis.dtd\">", Some(Kind::Sgml));
        check("<DOC><DOCNO>1</DOCNO>", Some(Kind::Sgml));
        check("<doc id='1' title='A'>\nA", Some(Kind::Sgml));
        check("<!-- x --><trec>\n<doc>\n<docno>1</docno>", Some(Kind::Sgml));
        check("<docs><p>A film opens.</p></docs>", Some(Kind::Xml(XmlFormat::Other)));
        check("MIME-Version: 1.0\r\nMessage-ID: <a@b>\r\n\r\nHi", Some(Kind::Mail));
        check("120  \nFrom: a@b.example\nMessage-ID: <a@b>\n\nHi", Some(Kind::Mail));
        check("From a@b.example Tue Mar  5 10:00:00 2019\nSubject: A\n\nHi", Some(Kind::Mbox));
        check("From ten: it is 2019\nand it opens in all theaters of the town", Some(Kind::Single(Format::Text)));
        check(
            "From: Ann Lee\nDate: 2019-01-01\n\nIt opens in all theaters of the town.",
            Some(Kind::Single(Format::Text)),
        );
        let folded = "Received: from a\r\n\tby b\r\nMessage-ID: <a@b>\r\n\r\nHi";
        check(folded, Some(Kind::Mail));
    }

    #[test]
    fn json_and_prose() {
        check("{\"a\":1}\n{\"a\":2}\n", Some(Kind::JsonLines));
        check(format!("{{\"text\":\"{}", "word ".repeat(HEAD)), Some(Kind::JsonLines));
        check("{\n \"a\": 1\n}", Some(Kind::Single(Format::Json)));
        check("[{\"a\":1}]", Some(Kind::Single(Format::Json)));
        let text = "Title: A film opens\nDate: 2020-01-01\n\nIt opens in all the theaters of the town.";
        check(text, Some(Kind::Single(Format::Text)));
        check("0,0,1,1,2,3,4,5,6,7,8\n9,9,9", None);
        check("", None);
    }
}
