//! SGML collections: Reuters-21578 (`<REUTERS>`), TREC, AQUAINT and Gigaword
//! (`<DOC>`), streaming.

mod document;
mod markup;

use std::io::{self, BufRead, Read};

use crate::read::charset::Charset;
use crate::read::decode::{decode_page, decode_part};
use crate::read::error::ReadErrorKind;
use crate::read::format::Format;
use crate::read::member::Member;
use crate::read::record::RawRecord;
use crate::read::sink::RecordSink;

/// The longest start tag of a document, in bytes.
const MAX_TAG: usize = 4096;

pub(super) fn read(sink: &mut RecordSink<'_>, member: Member<'_>) -> Result<(), ReadErrorKind> {
    let mut member = member.into_utf8()?;
    let mut documents = Documents {
        path: member.path.clone(),
        charset: member.charset,
        limit: sink.limits.record,
        at: 0,
        item: 0,
        open: None,
    };
    let mut piece = Vec::new();
    while read_piece(&mut member.input, &mut piece, sink.limits.record)? {
        documents.add(&piece, sink);
    }
    documents.end(sink)
}

/// Reads up to and with the next `>`: the next tag ends there. What is longer than
/// the limit is cut, and counts as longer. False at the end.
fn read_piece(input: &mut dyn BufRead, piece: &mut Vec<u8>, limit: u64) -> io::Result<bool> {
    piece.clear();
    Ok(input.take(limit.saturating_add(1)).read_until(b'>', piece)? > 0)
}

/// The document that is being read.
struct Open {
    /// `REUTERS` or `DOC`.
    name: &'static str,
    tag: String,
    start: u64,
    inner: Vec<u8>,
    size: u64,
}

/// Makes documents of the pieces of a file.
struct Documents {
    path: String,
    charset: Charset,
    limit: u64,
    /// Bytes read.
    at: u64,
    item: usize,
    open: Option<Open>,
}

impl Documents {
    fn add(&mut self, piece: &[u8], sink: &mut RecordSink<'_>) {
        let start = self.at;
        self.at += piece.len() as u64;
        if let Some(tag_at) = opening(piece) {
            self.unclosed(sink);
            let tag = &piece[tag_at..];
            let name = if is_named(tag, b"<reuters") { "REUTERS" } else { "DOC" };
            let tag = String::from_utf8_lossy(tag).into_owned();
            self.item += 1;
            self.open = Some(Open { name, tag, start: start + tag_at as u64, inner: Vec::new(), size: 0 });
            return;
        }
        let Some(open) = &mut self.open else { return };
        let close = if open.name == "DOC" { &b"</doc>"[..] } else { b"</reuters>" };
        let before = piece.len().checked_sub(close.len()).filter(|at| piece[*at..].eq_ignore_ascii_case(close));
        let added = before.unwrap_or(piece.len());
        open.size += added as u64;
        if open.size <= self.limit {
            // These collections have control characters around the text.
            let kept = |byte: &&u8| **byte >= b' ' || byte.is_ascii_whitespace();
            open.inner.extend(piece[..added].iter().filter(kept));
        }
        if before.is_some() {
            self.close(sink);
        }
    }

    /// Passes the open document on.
    fn close(&mut self, sink: &mut RecordSink<'_>) {
        let Some(open) = self.open.take() else { return };
        let place = Some(self.item);
        if open.size > self.limit {
            let kind = ReadErrorKind::Oversized { bytes: open.size, limit: self.limit };
            return sink.error(&self.path, place, kind);
        }
        if let Some((url, page)) = crawled_page(&open.inner) {
            let (path, text) = (self.path.clone(), decode_page(page.to_vec(), None));
            return sink.record(RawRecord { url, ..RawRecord::new(path, place, Format::Html, text) });
        }
        match decode_part(&open.inner, self.charset) {
            Ok(decoded) => {
                let text = sink.text(&self.path, place, decoded);
                sink.record(document::fields(&open.tag, &text).into_record(&self.path, place));
            }
            Err(kind) => sink.error(&self.path, place, kind),
        }
    }

    /// Reports the open document, if another begins or the file ends within it.
    fn unclosed(&mut self, sink: &mut RecordSink<'_>) {
        if let Some(open) = self.open.take() {
            let what = format!("<{}> at byte {} is not closed", open.name, open.start);
            sink.error(&self.path, Some(self.item), ReadErrorKind::Malformed { format: "SGML", what });
        }
    }

    fn end(mut self, sink: &mut RecordSink<'_>) -> Result<(), ReadErrorKind> {
        self.unclosed(sink);
        if self.item == 0 {
            return Err(ReadErrorKind::Malformed { format: "SGML", what: "no <REUTERS> or <DOC> in it".to_owned() });
        }
        Ok(())
    }
}

/// Where the start tag of a document is, with which a piece ends.
fn opening(piece: &[u8]) -> Option<usize> {
    let tail = piece.len() - piece.len().min(MAX_TAG);
    let at = tail + memchr::memrchr(b'<', &piece[tail..])?;
    let tag = &piece[at..];
    (piece.ends_with(b">") && (is_named(tag, b"<doc") || is_named(tag, b"<reuters"))).then_some(at)
}

/// Whether a tag has a name, which is given in lower case with its `<`.
fn is_named(tag: &[u8], name: &[u8]) -> bool {
    let ends = tag.get(name.len()).is_some_and(|byte| *byte == b'>' || byte.is_ascii_whitespace());
    ends && tag[..name.len()].eq_ignore_ascii_case(name)
}

/// Address and content of a page in a collection of crawled ones (WT10g, GOV2), which
/// have the header of the response in an element.
fn crawled_page(inner: &[u8]) -> Option<(Option<String>, &[u8])> {
    let open = memchr::memmem::find(inner, b"<DOCHDR>")? + b"<DOCHDR>".len();
    let close = open + memchr::memmem::find(&inner[open..], b"</DOCHDR>")?;
    let header = String::from_utf8_lossy(&inner[open..close]);
    let url = header.split_whitespace().next().filter(|word| word.starts_with("http")).map(str::to_owned);
    Some((url, &inner[close + b"</DOCHDR>".len()..]))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{read as run, sorted_summary};
    use super::*;

    fn check(content: impl AsRef<[u8]>, expected: &[&str]) {
        let records = run(content.as_ref(), read).expect("a collection");
        assert_eq!(sorted_summary(&records), expected);
    }

    #[test]
    fn documents_are_cut() {
        check(
            "<DOC><TEXT>One.</TEXT></DOC>\n<DOC id=\"x\"><TEXT>Two.</TEXT></DOC>",
            &[r#"1 {"text":"One."}"#, r#"2 {"id":"x","text":"Two."}"#],
        );
        check("<doc>\n<docno>7</docno>\n<text>\n1 > 0.\n</text>\n</doc>", &[r#"1 {"id":"7","text":"1 > 0."}"#]);
        check("<?xml version='1.0'?>\n<TREC><DOC\n><TEXT>One.</TEXT></DOC></TREC>", &[r#"1 {"text":"One."}"#]);
        check("<DOCS><DOCNO>9</DOCNO><DOC><TEXT>One.</TEXT></DOC></DOCS>", &[r#"1 {"text":"One."}"#]);
        check(b"<DOC><TEXT>\x02Caf\xe9 opens.\x03</TEXT></DOC>", &[r#"1 {"text":"Café opens."}"#]);
        let wide: Vec<u8> = "\u{feff}<DOC><TEXT>One.</TEXT></DOC>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(wide, &[r#"1 {"text":"One."}"#]);
    }

    #[test]
    fn unclosed_and_oversized_documents_are_errors_between_the_others() {
        check(
            "<DOC><TEXT>One.</TEXT></DOC><DOC><TEXT>Two.<DOC><TEXT>Three.</TEXT></DOC><DOC>",
            &[r#"1 {"text":"One."}"#, "2 error: malformed", r#"3 {"text":"Three."}"#, "4 error: malformed"],
        );
        let long = format!("<DOC><TEXT>{}</TEXT></DOC><DOC><TEXT>Two.</TEXT></DOC>", "x".repeat(1001));
        check(long, &["1 error: oversized", r#"2 {"text":"Two."}"#]);
        assert!(matches!(run(b"no tags", read), Err(ReadErrorKind::Malformed { format: "SGML", .. })));
    }

    #[test]
    fn crawled_pages_keep_their_address() {
        let content = "<DOC>\n<DOCNO>WTX1</DOCNO>\n<DOCHDR>\nhttps://reel.example/a 1.2.3.4 19970101 text/html 20\nHTTP/1.0 200 OK\n</DOCHDR>\n<p>It opens.</DOC>";
        let record = run(content.as_bytes(), read).expect("a collection").remove(0).expect("a page");
        assert_eq!((record.url.as_deref(), record.format), (Some("https://reel.example/a"), Format::Html));
        assert_eq!(record.text.trim(), "<p>It opens.");
    }
}
