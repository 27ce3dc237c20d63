//! SGML collections: Reuters-21578 (`<REUTERS>`) and TREC (`<DOC>`).

use std::ops::Range;

use super::named_fields::NamedFields;
use crate::read::decode::decode_part;
use crate::read::error::ReadErrorKind;
use crate::read::member::Member;
use crate::read::sink::RecordSink;

pub(super) fn read(sink: &mut RecordSink<'_>, member: Member<'_>) -> Result<(), ReadErrorKind> {
    let path = &member.path.clone();
    let member = member.into_utf8()?;
    let charset = member.charset;
    let bytes = &member.read_whole(sink.limits.record)?;
    let mut at = 0;
    let mut item = 0;
    while let Some(document) = next_document(bytes, at) {
        item += 1;
        at = document.end;
        let Some(inner) = document.inner else {
            let what = format!("<{}> at byte {} is not closed", document.name, document.start);
            sink.error(path, Some(item), ReadErrorKind::Malformed { format: "SGML", what });
            continue;
        };
        // These collections have control characters around the text.
        let clean: Vec<u8> = bytes[inner].iter().copied().filter(|b| *b >= b' ' || b.is_ascii_whitespace()).collect();
        match decode_part(&clean, charset) {
            Ok(decoded) => {
                let text = sink.text(path, Some(item), decoded);
                sink.record(document_fields(&document.attributes, &text).into_record(path, Some(item)));
            }
            Err(kind) => sink.error(path, Some(item), kind),
        }
    }
    if item == 0 {
        Err(ReadErrorKind::Malformed { format: "SGML", what: "no <REUTERS> or <DOC> in it".to_owned() })
    } else {
        Ok(())
    }
}

/// One document of a collection, by byte offsets.
struct Document {
    name: &'static str,
    start: usize,
    end: usize,
    attributes: String,
    /// The range between its tags; `None` if it is not closed.
    inner: Option<Range<usize>>,
}

fn next_document(bytes: &[u8], from: usize) -> Option<Document> {
    let opens = |at: usize, tag: &str| bytes[at..].starts_with(tag.as_bytes());
    let (start, name) = memchr::memchr_iter(b'<', &bytes[from..]).find_map(|at| {
        let at = from + at;
        let name = if opens(at, "<REUTERS") { "REUTERS" } else { "DOC" };
        (name == "REUTERS" || opens(at, "<DOC>")).then_some((at, name))
    })?;
    let open_end = start + memchr::memchr(b'>', &bytes[start..])? + 1;
    let attributes = String::from_utf8_lossy(&bytes[start..open_end]).into_owned();
    let close = format!("</{name}>");
    let open = format!("<{name}");
    let next = memchr::memmem::find(&bytes[open_end..], open.as_bytes()).map_or(bytes.len(), |at| open_end + at);
    let closed = memchr::memmem::find(&bytes[open_end..next], close.as_bytes()).map(|at| open_end + at);
    let end = closed.map_or(next, |at| at + close.len());
    Some(Document { name, start, end, attributes, inner: closed.map(|at| open_end..at) })
}

fn document_fields(attributes: &str, text: &str) -> NamedFields {
    let mut fields = NamedFields::default();
    let element = |names: &[&str]| names.iter().find_map(|name| element(text, name)).map(plain);
    fields.put("id", attribute(attributes, "NEWID").map(str::to_owned).or_else(|| element(&["DOCNO", "DOCID"])));
    fields.put("title", element(&["TITLE", "HEADLINE", "HL", "HEAD"]).map(|t| one_line(&t)));
    // Without the time: `26-FEB-1987 15:01:01.79`.
    let day = |date: String| date.split_whitespace().next().unwrap_or("").to_owned();
    fields.put("date", element(&["DATE", "DATE_TIME"]).map(day));
    fields.put("authors", element(&["AUTHOR", "BYLINE"]).map(|a| one_line(&a)));
    let dateline = element(&["DATELINE"]).map(|line| format!("{} ", one_line(&line))).unwrap_or_default();
    let body = element(&["BODY"]).or_else(|| without_elements(text).filter(|t| !t.trim().is_empty()));
    fields.put("text", body.map(|body| paragraphs(&format!("{dateline}{}", body.trim()))));
    fields
}

/// The value of a quoted attribute.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let after = &tag[tag.find(&format!("{name}=\""))? + name.len() + 2..];
    after.split('"').next()
}

/// The content of the first element of a name.
fn element<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let open = text.find(&format!("<{name}>"))? + name.len() + 2;
    let close = text[open..].find(&format!("</{name}>"))?;
    Some(&text[open..open + close])
}

/// The text of `<TEXT>` without its title and byline elements.
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

/// The most bytes of a tag within a document.
const MAX_TAG: usize = 4096;

/// Text without tags, with character references resolved.
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
        let end = memchr::memchr(b'>', &tail.as_bytes()[..tail.len().min(MAX_TAG)]);
        match end.filter(|_| is_tag) {
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

/// The replacement of a character reference at the start, and its length in
/// bytes. Numeric ones are control characters in these collections: removed.
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

/// Joins lines to paragraphs. An indented line starts a new one.
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
    use super::super::testing::{read as run, sorted_summary};
    use super::*;

    fn check(attributes: &str, text: &str, expected: &str) {
        let record = document_fields(attributes, text).into_record("a", None);
        assert_eq!(sorted_summary(&vec![Ok(record)]), [format!("0 {expected}")]);
    }

    #[test]
    fn reuters_and_trec_documents() {
        check(
            "<REUTERS LEWISSPLIT=\"TRAIN\" NEWID=\"7\">",
            "<DATE>26-FEB-1987 15:01:01.79</DATE>\n<TEXT>\n<TITLE>STUDIO &lt;STU> PLANS FILM</TITLE>\n<DATELINE>    LOS ANGELES, Feb 26 - </DATELINE><BODY>A studio said\nit plans a film.\n    It gave no date.\n Reuter\n&#3;</BODY></TEXT>",
            r#"{"date":"26-FEB-1987","id":"7","text":"LOS ANGELES, Feb 26 - A studio said it plans a film.\n\nIt gave no date. Reuter","title":"STUDIO <STU> PLANS FILM"}"#,
        );
        check(
            "<DOC>",
            "<DOCNO> AP-1 </DOCNO><TEXT><TITLE>A</TITLE>\nThe text.\n</TEXT>",
            r#"{"id":" AP-1 ","text":"The text.","title":"A"}"#,
        );
    }

    #[test]
    fn unclosed_documents_are_errors_between_the_others() {
        let content = b"<DOC><TEXT>One.</TEXT></DOC><DOC><TEXT>Two.<DOC><TEXT>Three.</TEXT></DOC>";
        let records = run(content, read).expect("a collection");
        assert_eq!(sorted_summary(&records), [r#"1 {"text":"One."}"#, "2 error: malformed", r#"3 {"text":"Three."}"#]);
        assert!(matches!(run(b"no tags", read), Err(ReadErrorKind::Malformed { format: "SGML", .. })));
    }

    #[test]
    fn other_encodings_are_decoded_before_documents_are_cut() {
        let text = "<DOC><TEXT>Ein Film über München läuft an.</TEXT></DOC>";
        let expected = [r#"1 {"text":"Ein Film über München läuft an."}"#];
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (western, ..) = encoding_rs::WINDOWS_1252.encode(text);
        for bytes in [text.as_bytes(), &utf16, &western] {
            assert_eq!(sorted_summary(&run(bytes, read).expect("a collection")), expected);
        }
    }

    #[test]
    fn tags_and_references() {
        for (inner, expected) in [
            ("a <b>c</b> &amp; &quot;d&quot;", "a c & \"d\""),
            ("1 < 2 &#31;&unknown;", "1 < 2 &unknown;"),
            ("an open <tag", "an open <tag"),
        ] {
            assert_eq!(plain(inner), expected);
        }
    }
}
