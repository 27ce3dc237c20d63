//! Limits on how many parts a file has whose parser holds all of them in memory:
//! an empty element of XML takes four bytes in the file, but hundreds once parsed.

use memchr::{memchr_iter, memchr3_iter, memmem};

use crate::read::error::ReadErrorKind;

/// Items of a feed.
const MAX_ITEMS: usize = 100_000;
/// Elements of a feed in XML, values of one in JSON.
const MAX_ELEMENTS: usize = 1_000_000;
/// Lines of an e-mail, each of which may be a header.
const MAX_LINES: usize = 1_000_000;
/// Addresses and parameters in an e-mail.
const MAX_ADDRESSES: usize = 2_000_000;

/// Messages that are attached to one another: they are dropped one within the other.
const MAX_ATTACHED: usize = 1000;

/// Checks a feed in XML.
pub(super) fn check_xml_feed(bytes: &[u8]) -> Result<(), ReadErrorKind> {
    let (mut items, mut elements) = (0, 0);
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = &rest[at + 1..];
        let skipped =
            [("![CDATA[", "]]>"), ("!--", "-->")].into_iter().find(|(start, _)| rest.starts_with(start.as_bytes()));
        if let Some((_, end)) = skipped {
            rest = memmem::find(rest, end.as_bytes()).map_or(&[][..], |at| &rest[at + end.len()..]);
        } else if !rest.starts_with(b"/") {
            elements += 1;
            items += usize::from(is_item(rest));
        }
    }
    at_most(MAX_ITEMS, items, "items")?;
    at_most(MAX_ELEMENTS, elements, "elements")
}

/// Whether a start tag is that of an item, whatever its namespace.
fn is_item(tag: &[u8]) -> bool {
    let end = tag.iter().take(100).position(|byte| !byte.is_ascii_alphanumeric() && !b":-_.".contains(byte));
    let name = &tag[..end.unwrap_or(0)];
    let local = name.rsplit(|byte| *byte == b':').next().unwrap_or_default();
    local == b"item" || local == b"entry"
}

/// Checks a feed in JSON.
pub(super) fn check_json_feed(text: &[u8]) -> Result<(), ReadErrorKind> {
    let (mut objects, mut values) = (0, 0);
    let mut in_string = false;
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' if in_string => drop(bytes.next()),
            b'"' => in_string = !in_string,
            b'{' if !in_string => objects += 1,
            b',' if !in_string => values += 1,
            _ => {}
        }
    }
    // Most objects are items; others are their authors and attachments.
    at_most(MAX_ITEMS * 2, objects, "items, authors and attachments")?;
    at_most(MAX_ELEMENTS, values, "values")
}

/// Checks an e-mail.
pub(super) fn check_mail(bytes: &[u8]) -> Result<(), ReadErrorKind> {
    at_most(MAX_LINES, memchr_iter(b'\n', bytes).count(), "lines")?;
    let attached = memchr_iter(b'/', bytes)
        .filter(|at| bytes[at + 1..].get(..6).is_some_and(|kind| kind.eq_ignore_ascii_case(b"rfc822")))
        .count();
    at_most(MAX_ATTACHED, attached, "attached messages")?;
    at_most(MAX_ADDRESSES, memchr3_iter(b',', b';', b'<', bytes).count(), "addresses and parameters")
}

fn at_most(limit: usize, count: usize, what: &'static str) -> Result<(), ReadErrorKind> {
    if count > limit { Err(ReadErrorKind::TooMany { what, limit }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(result: Result<(), ReadErrorKind>, expected: Option<&str>) {
        let found = result.err().map(|kind| match kind {
            ReadErrorKind::TooMany { what, .. } => what,
            _ => "another error",
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn feeds() {
        let xml = |part: &str, count: usize| check_xml_feed(format!("<rss>{}</rss>", part.repeat(count)).as_bytes());
        check(xml("<item/>", MAX_ITEMS), None);
        check(xml("<item/>", MAX_ITEMS + 1), Some("items"));
        check(xml("<a:entry b='c'></a:entry>", MAX_ITEMS + 1), Some("items"));
        check(xml("<items/>", MAX_ITEMS + 1), None);
        check(xml("<a/>", MAX_ELEMENTS), Some("elements"));
        check(xml("<![CDATA[<a><a>]]><!--<a>-->", MAX_ELEMENTS / 2), None);
        let json = |part: &str, count: usize| check_json_feed(format!("[{}0]", part.repeat(count)).as_bytes());
        check(json("{},", MAX_ITEMS * 2), None);
        check(json("{},", MAX_ITEMS * 2 + 1), Some("items, authors and attachments"));
        check(json("1,", MAX_ELEMENTS + 1), Some("values"));
        check(json(r#""\",{}","#, MAX_ITEMS * 3), None);
    }

    #[test]
    fn mail() {
        check(check_mail(&b"a:\n".repeat(MAX_LINES)), None);
        check(check_mail(&b"a:\n".repeat(MAX_LINES + 1)), Some("lines"));
        check(check_mail(&b"a,".repeat(MAX_ADDRESSES + 1)), Some("addresses and parameters"));
    }
}
