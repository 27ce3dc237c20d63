//! SGML collections: Reuters-21578 (`<REUTERS>`) and TREC (`<DOC>`).

use serde_json::Map;

use super::super::ReadErrorKind;
use super::super::unpack::Unpacker;
use super::{decode, fields, put};

pub(super) fn read(to: &mut Unpacker<'_>, path: &str, bytes: &[u8]) -> Result<(), ReadErrorKind> {
    let mut at = 0;
    let mut item = 0;
    while let Some(document) = next_document(bytes, at) {
        item += 1;
        at = document.end;
        let Some(inner) = document.inner else {
            let what = format!("<{}> at byte {} is not closed", document.name, document.start);
            to.error(path, Some(item), ReadErrorKind::Malformed { format: "SGML", what });
            continue;
        };
        // Control characters frame the text in these collections.
        let clean: Vec<u8> = bytes[inner].iter().copied().filter(|b| *b >= b' ' || b.is_ascii_whitespace()).collect();
        match decode(clean) {
            Ok(text) => to.record(fields(path, Some(item), &document_fields(&document.attributes, &text))),
            Err(kind) => to.error(path, Some(item), kind),
        }
    }
    if item == 0 {
        Err(ReadErrorKind::Malformed { format: "SGML", what: "no <REUTERS> or <DOC> in it".to_owned() })
    } else {
        Ok(())
    }
}

struct Document {
    name: &'static str,
    start: usize,
    end: usize,
    attributes: String,
    /// What stands between its tags; none where it is not closed.
    inner: Option<std::ops::Range<usize>>,
}

fn next_document(bytes: &[u8], from: usize) -> Option<Document> {
    let (start, name) = [("REUTERS", "<REUTERS"), ("DOC", "<DOC>")]
        .into_iter()
        .filter_map(|(name, open)| memchr::memmem::find(&bytes[from..], open.as_bytes()).map(|at| (from + at, name)))
        .min()?;
    let open_end = start + memchr::memchr(b'>', &bytes[start..])? + 1;
    let attributes = String::from_utf8_lossy(&bytes[start..open_end]).into_owned();
    let close = format!("</{name}>");
    let open = format!("<{name}");
    let next = memchr::memmem::find(&bytes[open_end..], open.as_bytes()).map_or(bytes.len(), |at| open_end + at);
    let closed = memchr::memmem::find(&bytes[open_end..next], close.as_bytes()).map(|at| open_end + at);
    let end = closed.map_or(next, |at| at + close.len());
    Some(Document { name, start, end, attributes, inner: closed.map(|at| open_end..at) })
}

fn document_fields(attributes: &str, text: &str) -> Map<String, serde_json::Value> {
    let mut map = Map::new();
    let element = |names: &[&str]| names.iter().find_map(|name| element(text, name)).map(plain);
    put(&mut map, "id", attribute(attributes, "NEWID").map(str::to_owned).or_else(|| element(&["DOCNO", "DOCID"])));
    put(&mut map, "title", element(&["TITLE", "HEADLINE", "HL", "HEAD"]).map(|t| one_line(&t)));
    // `26-FEB-1987 15:01:01.79`
    put(
        &mut map,
        "date",
        element(&["DATE", "DATE_TIME"]).map(|d| d.split_whitespace().next().unwrap_or("").to_owned()),
    );
    put(&mut map, "authors", element(&["AUTHOR", "BYLINE"]).map(|a| one_line(&a)));
    let dateline = element(&["DATELINE"]).map(|line| format!("{} ", one_line(&line))).unwrap_or_default();
    let body = element(&["BODY"]).or_else(|| without_elements(text).filter(|t| !t.trim().is_empty()));
    put(&mut map, "text", body.map(|body| paragraphs(&format!("{dateline}{}", body.trim()))));
    map
}

/// The value of an attribute in quotes.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let after = &tag[tag.find(&format!("{name}=\""))? + name.len() + 2..];
    after.split('"').next()
}

/// What stands between the first tags of a name.
fn element<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let open = text.find(&format!("<{name}>"))? + name.len() + 2;
    let close = text[open..].find(&format!("</{name}>"))?;
    Some(&text[open..open + close])
}

/// What `<TEXT>` holds outside any element of its own.
fn without_elements(text: &str) -> Option<String> {
    let inner = text.find("<TEXT").and_then(|at| {
        let open = at + text[at..].find('>')? + 1;
        let close = text[open..].find("</TEXT>").map_or(text.len(), |close| open + close);
        Some(&text[open..close])
    })?;
    let mut inner = inner.to_owned();
    for name in ["TITLE", "HEADLINE", "AUTHOR", "DATELINE", "BYLINE"] {
        if let Some(found) = element(&inner, name) {
            inner = inner.replacen(&format!("<{name}>{found}</{name}>"), "", 1);
        }
    }
    Some(plain(&inner))
}

/// Text without tags, its character references resolved.
fn plain(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        if let Some((text, length)) = reference(tail) {
            out.push_str(text);
            rest = &tail[length..];
            continue;
        }
        let is_tag = tail.starts_with('<') && tail[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match tail.find('>').filter(|_| is_tag) {
            Some(end) => rest = &tail[end + 1..],
            None => {
                out.push_str(&tail[..1]);
                rest = &tail[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character that a reference at the start stands for, and its length;
/// numbers are control characters in these collections, and go.
fn reference(tail: &str) -> Option<(&'static str, usize)> {
    for (name, text) in [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&quot;", "\""), ("&apos;", "'")] {
        if tail.starts_with(name) {
            return Some((text, name.len()));
        }
    }
    let digits = tail.strip_prefix("&#")?;
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    (count > 0 && digits[count..].starts_with(';')).then_some(("", count + 3))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines of a wire, indented where a paragraph begins, to paragraphs.
fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let begins = line.starts_with("    ") || line.trim().is_empty();
        let line = line.trim();
        if !out.is_empty() && !line.is_empty() {
            out.push_str(if begins { "\n\n" } else { " " });
        }
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reuters_document_comes_apart() {
        let text = "<DATE>26-FEB-1987 15:01:01.79</DATE>\n<TEXT>\n<TITLE>STUDIO &lt;STU> PLANS FILM</TITLE>\n<DATELINE>    LOS ANGELES, Feb 26 - </DATELINE><BODY>A studio said\nit plans a film.\n    It gave no date.\n Reuter\n&#3;</BODY></TEXT>";
        let map = document_fields("<REUTERS LEWISSPLIT=\"TRAIN\" NEWID=\"7\">", text);
        assert_eq!(map["id"], "7");
        assert_eq!(map["title"], "STUDIO <STU> PLANS FILM");
        assert_eq!(map["date"], "26-FEB-1987");
        assert_eq!(map["text"], "LOS ANGELES, Feb 26 - A studio said it plans a film.\n\nIt gave no date. Reuter");
    }

    #[test]
    fn a_document_without_body_keeps_its_text() {
        let map = document_fields("<DOC>", "<DOCNO> AP-1 </DOCNO><TEXT><TITLE>A</TITLE>\nThe text.\n</TEXT>");
        assert_eq!((map["id"].as_str(), map["text"].as_str()), (Some(" AP-1 "), Some("The text.")));
    }
}
