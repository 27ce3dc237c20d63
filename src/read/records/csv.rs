//! CSV and TSV with a header line. Each row is a record.

use std::io::BufRead;

use csv::{ByteRecord, ReaderBuilder};

use super::named_fields::NamedFields;
use crate::read::decode::decode;
use crate::read::error::ReadErrorKind;
use crate::read::member::Member;
use crate::read::sink::RecordSink;

pub(super) fn read(sink: &mut RecordSink<'_>, mut member: Member<'_>) -> Result<(), ReadErrorKind> {
    let delimiter = delimiter(member.input.fill_buf()?);
    let mut rows = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(member.input);
    let header: Vec<String> = match rows.byte_headers() {
        Ok(names) => names.iter().map(cell).collect(),
        Err(error) => return Err(malformed(&error)),
    };
    if header.iter().all(|name| name.trim().is_empty()) {
        return Err(ReadErrorKind::Empty);
    }
    let limit = sink.limits.record;
    let mut row = ByteRecord::new();
    loop {
        let place = usize::try_from(rows.position().line()).ok();
        match rows.read_byte_record(&mut row) {
            Ok(false) => return Ok(()),
            Ok(true) if row.as_slice().len() as u64 > limit => {
                let bytes = row.as_slice().len() as u64;
                sink.error(&member.path, place, ReadErrorKind::Oversized { bytes, limit });
            }
            Ok(true) => {
                let place = row.position().and_then(|at| usize::try_from(at.line()).ok());
                sink.record(row_fields(&header, &row).into_record(&member.path, place));
            }
            Err(error) if error.is_io_error() => return Err(read_error(error)),
            Err(error) => sink.error(&member.path, place, malformed(&error)),
        }
    }
}

/// The most frequent of comma, tab, semicolon and bar in the first line.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: &u8| line.iter().filter(|byte| *byte == delimiter).count();
    [b',', b'\t', b';', b'|'].into_iter().rev().max_by_key(count).unwrap_or(b',')
}

/// One cell as text. Bytes that are not UTF-8 are decoded as a legacy encoding.
fn cell(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => decode(bytes.to_vec()).unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned()),
    }
}

fn row_fields(header: &[String], row: &ByteRecord) -> NamedFields {
    let mut fields = NamedFields::default();
    for (name, bytes) in header.iter().zip(row).filter(|(name, _)| !name.trim().is_empty()) {
        fields.put_raw(name.trim(), cell(bytes));
    }
    fields
}

fn malformed(error: &csv::Error) -> ReadErrorKind {
    ReadErrorKind::Malformed { format: "table", what: error.to_string() }
}

fn read_error(error: csv::Error) -> ReadErrorKind {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        kind => ReadErrorKind::Malformed { format: "table", what: format!("{kind:?}") },
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{read as run, sorted_summary};
    use super::*;

    fn check(content: &[u8], expected: &[&str]) {
        let records = run(content, read).expect("a table");
        assert_eq!(sorted_summary(&records), expected, "{}", String::from_utf8_lossy(content));
    }

    #[test]
    fn rows_are_named_by_the_header() {
        check(
            b"title,text\nA,\"B,\nC\"\nD,E\n",
            &[r#"2 {"text":"B,\nC","title":"A"}"#, r#"4 {"text":"E","title":"D"}"#],
        );
        check(b"title\ttext\nA, B\tC\n", &[r#"2 {"text":"C","title":"A, B"}"#]);
        check(b"title;text\nA\n", &[r#"2 {"title":"A"}"#]);
        check(b"\xef\xbb\xbftitle,,text\nA,x,B\n", &[r#"2 {"text":"B","title":"A"}"#]);
        check(b"title,text\nPen\xe9lope,\n", &[r#"2 {"text":"","title":"Penélope"}"#]);
        check(b"title,text\n", &[]);
    }

    #[test]
    fn long_rows_are_errors_of_their_own() {
        let content = format!("title,text\nA,{}\nB,C\n", "x".repeat(1001));
        let expected = ["2 error: oversized", r#"3 {"text":"C","title":"B"}"#];
        assert_eq!(sorted_summary(&run(content.as_bytes(), read).expect("a table")), expected);
        assert!(matches!(run(b",,\n", read), Err(ReadErrorKind::Empty)));
    }

    #[test]
    fn delimiters() {
        for (head, expected) in [("a,b,c;d", b','), ("a;b;c,d\n,,,,", b';'), ("a|b", b'|'), ("a", b',')] {
            assert_eq!(delimiter(head.as_bytes()), expected, "{head}");
        }
    }
}
