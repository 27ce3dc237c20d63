//! What an XML file is, by its root element.

use super::format::XmlFormat;

/// The first start tag of an XML file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Root {
    /// The name without namespace prefix, in lower case.
    pub(super) name: String,
    /// The name as it is written.
    #[cfg_attr(not(feature = "formats"), allow(dead_code))]
    pub(super) written: String,
    /// The tag from its name on.
    tag: String,
}

impl Root {
    /// The root element of a file that starts with these bytes, in UTF-8 or another
    /// encoding with ASCII in it. Declarations, comments and a document type may
    /// stand in front.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        let mut rest = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        loop {
            let skipped = skipped_markup(rest)?;
            if skipped == 0 {
                break;
            }
            rest = rest[skipped..].trim_ascii_start();
        }
        let tag = rest.strip_prefix(b"<").filter(|tag| tag.first().is_some_and(|b| is_name_start(*b)))?;
        let length = memchr::memchr(b'>', tag).unwrap_or(tag.len());
        let tag = String::from_utf8_lossy(&tag[..length]).into_owned();
        let written = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default().to_owned();
        let name = written.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        Some(Self { name, written, tag })
    }

    /// The format that is told by the root element alone.
    pub(super) fn format(&self, head: &[u8]) -> Option<XmlFormat> {
        let has = |part: &str| memchr::memmem::find(head, part.as_bytes()).is_some();
        Some(match self.name.as_str() {
            "nitf" => XmlFormat::Nitf,
            "newsml" => XmlFormat::NewsMl,
            "newsitem" if self.tag.contains("itemid") => XmlFormat::Rcv1,
            "newsitem" | "newsmessage" | "packageitem" | "knowledgeitem" | "conceptitem" | "planningitem"
            | "catalogitem" => XmlFormat::NewsMlG2,
            "mediawiki" => XmlFormat::MediaWiki,
            "rss" if self.tag.contains("wordpress.org/export/") => XmlFormat::WordPress,
            "feed" if has("schemas.google.com/blogger/") || has("tag:blogger.com,") => XmlFormat::Blogger,
            _ => return None,
        })
    }

    /// Whether it is an element of web pages, so that a file without an XML declaration
    /// may be a piece of one.
    pub(super) fn is_html(&self, head: &[u8]) -> bool {
        let has = |part: &str| head.windows(part.len()).any(|bytes| bytes.eq_ignore_ascii_case(part.as_bytes()));
        match self.name.as_str() {
            // One of a page has none of these in it.
            "article" => !["<headline", "<body", "<text", "<date", "<pubdate", "<content"].iter().any(|part| has(part)),
            name => HTML_ELEMENTS.contains(&name),
        }
    }
}

/// Elements of HTML that a piece of a page may start with.
const HTML_ELEMENTS: &[&str] = &[
    "html",
    "head",
    "body",
    "title",
    "meta",
    "link",
    "style",
    "script",
    "base",
    "div",
    "p",
    "span",
    "section",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "table",
    "tr",
    "td",
    "tbody",
    "thead",
    "blockquote",
    "figure",
    "img",
    "a",
    "b",
    "i",
    "em",
    "strong",
    "br",
    "hr",
    "center",
    "font",
    "pre",
    "iframe",
    "form",
    "video",
    "noscript",
    "picture",
    "small",
    "u",
    "s",
    "code",
    "svg",
];

/// Whether a name may start with this byte.
pub(super) fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

/// The length of a declaration, comment or document type at the start, 0 if there is
/// none; nothing if it does not end.
fn skipped_markup(rest: &[u8]) -> Option<usize> {
    let after = |end: &str| memchr::memmem::find(rest, end.as_bytes()).map(|at| at + end.len());
    if rest.starts_with(b"<!--") {
        after("-->")
    } else if rest.starts_with(b"<?") {
        after("?>")
    } else if rest.starts_with(b"<!") {
        let end = memchr::memchr(b'>', rest)?;
        if rest[..end].contains(&b'[') { after_subset(rest) } else { Some(end + 1) }
    } else {
        Some(0)
    }
}

/// The end of a document type with declarations between brackets.
fn after_subset(rest: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'>', rest).find(|at| rest[..*at].trim_ascii_end().ends_with(b"]")).map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &str, written: &str, format: Option<XmlFormat>) {
        let root = Root::of(head.as_bytes());
        assert_eq!(root.as_ref().map_or("", |root| root.written.as_str()), written, "{head}");
        assert_eq!(root.and_then(|root| root.format(head.as_bytes())), format, "{head}");
    }

    #[test]
    fn formats_by_root_element() {
        check("<nitf>", "nitf", Some(XmlFormat::Nitf));
        check(
            "\u{feff}  <?xml version='1.0'?>\n<!-- <a> -->\n<!DOCTYPE nitf SYSTEM 'nitf-3-4.dtd'>\n<nitf version=\"x\">",
            "nitf",
            Some(XmlFormat::Nitf),
        );
        check("<!DOCTYPE nitf [\n<!ENTITY reel \"Reel\">\n]>\n<NITF>", "NITF", Some(XmlFormat::Nitf));
        check("<NewsML Version='1.2'>", "NewsML", Some(XmlFormat::NewsMl));
        check("<newsitem itemid=\"7\" date=\"2019-03-05\">", "newsitem", Some(XmlFormat::Rcv1));
        check("<g2:newsItem guid='a'>", "g2:newsItem", Some(XmlFormat::NewsMlG2));
        check("<newsMessage/>", "newsMessage", Some(XmlFormat::NewsMlG2));
        check("<mediawiki xmlns='x'>", "mediawiki", Some(XmlFormat::MediaWiki));
        check("<rss xmlns:wp=\"http://wordpress.org/export/1.2/\">", "rss", Some(XmlFormat::WordPress));
        check("<rss version='2.0'>", "rss", None);
        check("<feed xmlns:b='http://schemas.google.com/blogger/2018'>", "feed", Some(XmlFormat::Blogger));
        check("<feed><id>tag:blogger.com,1999:blog-1.archive</id>", "feed", Some(XmlFormat::Blogger));
        check("<feed xmlns='x'>", "feed", None);
        check("<stories>", "stories", None);
    }

    #[test]
    fn what_is_no_xml() {
        for head in ["", "plain", "< b", "<!-- open", "<?xml", "<!DOCTYPE a [ <!ENTITY b 'c'>", "<1>"] {
            check(head, "", None);
        }
    }

    #[test]
    fn pieces_of_pages() {
        for (head, expected) in [
            ("<article><h1>A</h1><p>B</p></article>", true),
            ("<article><title>A</title><Body>B</Body></article>", false),
            ("<div>", true),
            ("<story>", false),
        ] {
            assert_eq!(Root::of(head.as_bytes()).expect("a root").is_html(head.as_bytes()), expected, "{head}");
        }
    }
}
