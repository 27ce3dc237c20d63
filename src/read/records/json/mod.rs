//! JSON: objects, arrays of them, objects one after another, answers of news APIs, or
//! a JSON Feed, in one document or in lines.

mod envelope;
mod grammar;
mod raw;
mod split;

use std::io::Read;

use serde::Deserialize;

use crate::read::charset::Charset;
use crate::read::decode::{decode_part, decode_text, non_empty};
use crate::read::error::ReadErrorKind;
use crate::read::format::Format;
use crate::read::member::Member;
use crate::read::record::RawRecord;
use crate::read::sink::RecordSink;

use split::{Piece, Splitter};

/// Envelopes within one another.
const MAX_NESTING: usize = 4;

/// The key that identifies a JSON Feed (versions 1 and 1.1).
#[derive(Deserialize)]
struct FeedHeader<'a> {
    #[serde(borrow)]
    version: std::borrow::Cow<'a, str>,
}

/// Reads a document. It is decoded as a whole if it is within the limit of a record,
/// else value by value.
pub(super) fn read(sink: &mut RecordSink<'_>, member: Member<'_>) -> Result<(), ReadErrorKind> {
    let path = member.path.clone();
    let limit = sink.limits.record;
    let mut member = member;
    let mut start = Vec::new();
    (&mut member.input).take(limit.saturating_add(1)).read_to_end(&mut start)?;
    if start.len() as u64 > limit {
        member.input = Box::new(std::io::Cursor::new(start).chain(member.input));
        return read_values(sink, member, Places::Items);
    }
    let decoded = decode_text(start)?;
    let text = non_empty(sink.text(&path, None, decoded))?;
    if serde_json::from_str::<FeedHeader<'_>>(&text).is_ok_and(|head| head.version.contains("jsonfeed.org/version/")) {
        return read_feed(sink, &path, &text);
    }
    if raw::is_one_object(&text) {
        // Of a list within, a broken item costs itself.
        let mut out = Records::new(&path, sink, Places::Items, Charset::Utf8);
        out.open(text.trim().to_owned(), None, 0);
        return out.finish();
    }
    read_values(sink, Member::new(&path, true, text.as_bytes()), Places::Items)
}

/// Reads JSON lines: values that are decoded one by one.
pub(super) fn read_lines(sink: &mut RecordSink<'_>, member: Member<'_>) -> Result<(), ReadErrorKind> {
    read_values(sink, member, Places::Lines)
}

fn read_values(sink: &mut RecordSink<'_>, member: Member<'_>, places: Places) -> Result<(), ReadErrorKind> {
    let mut member = member.into_utf8()?;
    let charset = member.charset;
    let mut splitter = Splitter::new(&mut *member.input, sink.limits.record);
    let mut out = Records::new(&member.path, sink, places, charset);
    let mut after_scalar = false;
    while let Some(piece) = splitter.next()? {
        let is_scalar = matches!(&piece.bytes, Ok(bytes) if !bytes.starts_with(b"{"));
        // Of an array of numbers or strings one is reported.
        if !(is_scalar && piece.in_array && after_scalar) {
            out.piece(piece);
        }
        after_scalar = is_scalar;
    }
    if splitter.is_empty() {
        return Err(ReadErrorKind::Empty);
    }
    out.finish()
}

/// How records are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Places {
    /// By the line on which their value starts.
    Lines,
    /// Items of a list by their order, values one after another by their line; a single
    /// one has no number.
    Items,
}

type Found = (usize, Result<String, ReadErrorKind>);

/// Passes records on.
struct Records<'r, 's> {
    path: &'r str,
    sink: &'r mut RecordSink<'s>,
    places: Places,
    charset: Charset,
    /// The first one, until it is known whether others follow.
    held: Option<Found>,
    count: usize,
    /// Names of lists that were left out and told.
    told: Vec<Vec<String>>,
}

impl<'r, 's> Records<'r, 's> {
    fn new(path: &'r str, sink: &'r mut RecordSink<'s>, places: Places, charset: Charset) -> Self {
        Self { path, sink, places, charset, held: None, count: 0, told: Vec::new() }
    }

    fn piece(&mut self, piece: Piece) {
        let line = (self.places == Places::Lines || !piece.in_array).then_some(piece.line);
        match piece.bytes.and_then(|bytes| decode_part(&bytes, self.charset)) {
            Ok(decoded) => {
                let text = self.sink.text(self.path, line, decoded);
                self.open(text, line, 0);
            }
            Err(kind) => self.put(line, Err(kind)),
        }
    }

    /// Passes on an object, or the objects in its lists.
    fn open(&mut self, text: String, line: Option<usize>, nesting: usize) {
        let found = if nesting < MAX_NESTING { envelope::open(&text) } else { None };
        let Some(found) = found else { return self.put(line, Ok(text)) };
        if !found.others.is_empty() && !self.told.contains(&found.others) && self.told.len() < 100 {
            let kind = ReadErrorKind::ListsLeftOut { read: found.names, left_out: found.others.clone() };
            self.sink.error(self.path, line.filter(|_| self.places == Places::Lines), kind);
            self.told.push(found.others);
        }
        let line = line.filter(|_| self.places == Places::Lines);
        found
            .lists
            .into_iter()
            .flat_map(envelope::items_of)
            .for_each(|item| self.open(item.to_owned(), line, nesting + 1));
    }

    fn put(&mut self, line: Option<usize>, text: Result<String, ReadErrorKind>) {
        self.count += 1;
        let place = line.unwrap_or(self.count);
        if self.places == Places::Lines {
            return self.send(Some(place), text);
        }
        if self.count == 1 {
            self.held = Some((place, text));
            return;
        }
        if let Some((first, held)) = self.held.take() {
            self.send(Some(first), held);
        }
        self.send(Some(place), text);
    }

    fn send(&mut self, place: Option<usize>, text: Result<String, ReadErrorKind>) {
        match text {
            Ok(text) => self.sink.record(RawRecord::new(self.path, place, Format::Json, text)),
            Err(kind) => self.sink.error(self.path, place, kind),
        }
    }

    fn finish(mut self) -> Result<(), ReadErrorKind> {
        match self.held.take() {
            Some((_, Err(kind))) => Err(kind),
            Some((_, text)) => {
                self.send(None, text);
                Ok(())
            }
            None => Ok(()),
        }
    }
}

#[cfg(feature = "formats")]
fn read_feed(sink: &mut RecordSink<'_>, path: &str, text: &str) -> Result<(), ReadErrorKind> {
    super::feed::read_items(sink, path, text.as_bytes())
}

#[cfg(not(feature = "formats"))]
fn read_feed(_: &mut RecordSink<'_>, _: &str, _: &str) -> Result<(), ReadErrorKind> {
    Err(ReadErrorKind::NeedsFeature { format: "JSON Feed", feature: "formats" })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{read as run, summary};
    use super::*;

    fn check(content: &str, expected: &[&str]) {
        let records = run(content.as_bytes(), read).expect("valid JSON");
        assert_eq!(summary(&records), expected, "{content}");
    }

    fn check_lines(content: &[u8], expected: &[&str]) {
        assert_eq!(summary(&run(content, read_lines).expect("lines")), expected);
    }

    #[test]
    fn objects_arrays_and_sequences() {
        check(r#"{"title":"A"}"#, &[r#"0 {"title":"A"}"#]);
        check(r#"[{"a":1},{"b":2}]"#, &[r#"1 {"a":1}"#, r#"2 {"b":2}"#]);
        check(r#"[{"a":1}]"#, &[r#"0 {"a":1}"#]);
        check("{\"a\":1}\n{\"b\":2}", &[r#"1 {"a":1}"#, r#"2 {"b":2}"#]);
        check("{\"a\":1}\n\n{\"b\":2}", &[r#"1 {"a":1}"#, r#"3 {"b":2}"#]);
        check("[]", &[]);
        check("[1,2,3,{\"a\":1}]", &["1 1", "2 {\"a\":1}"]);
        check("\u{feff}{\"version\":\"2\"}", &[r#"0 {"version":"2"}"#]);
    }

    #[test]
    fn lists_within_objects() {
        let (a, b) = (r#"{"title":"A","text":"x y"}"#, r#"{"title":"B","text":"x y"}"#);
        check(&format!(r#"{{"articles":[{a},{b}]}}"#), &[&format!("1 {a}"), &format!("2 {b}")]);
        check(&format!(r#"[{{"results":[{a}]}},{{"results":[{b}]}}]"#), &[&format!("1 {a}"), &format!("2 {b}")]);
        check(&format!(r#"{{"db":[{{"data":{{"posts":[{a}]}}}}]}}"#), &[&format!("0 {a}")]);
        check(
            &format!(r#"{{"posts":[{a}],"users":[{{"slug":"bo"}}]}}"#),
            &["0 error: lists left out", &format!("0 {a}")],
        );
        check_lines(
            format!("\n{{\"posts\":[{a},{b}]}}\n{a}").as_bytes(),
            &[&format!("2 {a}"), &format!("2 {b}"), &format!("3 {a}")],
        );
    }

    #[test]
    fn one_bad_value_costs_itself() {
        check("{\"a\": ", &["0 {\"a\": "]);
        check("{\"a\":1}\n{\"b\": bad\n{\"c\":3}", &["1 {\"a\":1}", "2 {\"b\": bad\n", "3 {\"c\":3}"]);
        check("[{\"a\":1},\n{\"b\": bad},\n{\"c\":3}]", &["1 {\"a\":1}", "2 {\"b\": bad},\n", "3 {\"c\":3}"]);
        let (a, c) = (r#"{"title":"A","text":"x y"}"#, r#"{"title":"C","text":"x y"}"#);
        let broken = r#"{"title":"B" "text":"x y"}"#;
        let content = format!("{{\"articles\":[\n{a},\n{broken},\n{c}\n]}}\n");
        check(&content, &[&format!("1 {a}"), &format!("2 {broken}"), &format!("3 {c}")]);
        assert!(matches!(run(b" ", read), Err(ReadErrorKind::Empty)));
        assert!(matches!(run(&[b'1'; 1001], read), Err(ReadErrorKind::Oversized { .. })));
    }

    #[test]
    fn documents_beyond_the_limit_are_read_item_by_item() {
        let content = format!("[{}]", "{\"a\":1},".repeat(200));
        assert_eq!(run(content.as_bytes(), read).expect("items").len(), 200);
        let one = format!("{{\"a\":\"{}\"}}", "x".repeat(1001));
        assert!(matches!(run(one.as_bytes(), read), Err(ReadErrorKind::Oversized { .. })));
    }

    #[test]
    fn bad_lines_are_errors_between_the_good_ones() {
        let long = "x".repeat(1001);
        let content = ["{\"a\":1}\r\n\n".as_bytes(), long.as_bytes(), b"\n\xc3\xa9\xff\n{\"b\":2}"].concat();
        check_lines(
            &content,
            &["1 {\"a\":1}", "3 error: oversized", "4 error: bad bytes", "4 é\u{fffd}\n", "5 {\"b\":2}"],
        );
    }

    #[test]
    fn lines_may_hold_arrays_and_go_over_several() {
        check_lines(b"[{\"a\":1},{\"b\":2}]\n{\n\"c\":3\n}\n", &["1 {\"a\":1}", "1 {\"b\":2}", "2 {\n\"c\":3\n}"]);
        check_lines("\u{feff}[\n{\"a\":1},\n{\"b\":2},\n]".as_bytes(), &["2 {\"a\":1}", "3 {\"b\":2}"]);
    }

    #[test]
    fn utf16_lines_are_read() {
        let content: Vec<u8> = "\u{feff}{\"a\":1}\n{\"b\":2}\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check_lines(&content, &["1 {\"a\":1}", "2 {\"b\":2}"]);
    }

    #[test]
    fn only_blank_lines_are_empty() {
        for content in ["", "\n \n"] {
            assert!(matches!(run(content.as_bytes(), read_lines), Err(ReadErrorKind::Empty)), "{content:?}");
        }
    }

    #[test]
    fn json_feeds() {
        let feed = br#"{"version":"https://jsonfeed.org/version/1.1","title":"Reel","items":[{"id":"7","title":"Atwell joins","content_html":"<p>She runs.</p>"}]}"#;
        match run(feed, read) {
            Ok(records) => assert!(cfg!(feature = "formats") && summary(&records)[0].contains("Atwell joins")),
            Err(kind) => assert!(matches!(kind, ReadErrorKind::NeedsFeature { .. }), "{kind}"),
        }
    }
}
