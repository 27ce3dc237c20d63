//! CSV and TSV with a header line. Each row is a record.

mod cells;
mod layout;
mod lines;
mod rows;

use std::io::BufRead;

use super::SAMPLE;
use super::named_fields::NamedFields;
use crate::read::charset::Charset;
use crate::read::decode::{Decoded, decode_part};
use crate::read::error::ReadErrorKind;
use crate::read::member::Member;
use crate::read::sink::RecordSink;
use cells::{MAX_COLUMNS, Row};
use rows::RowReader;

pub(super) fn read(sink: &mut RecordSink<'_>, member: Member<'_>) -> Result<(), ReadErrorKind> {
    let mut member = member.into_utf8()?;
    let sample = member.peek(SAMPLE)?;
    let layout = layout::detect(sample, sample.len() == SAMPLE);
    let Member { path, mut input, charset, .. } = member;
    input.consume(layout.start);
    let limit = sink.limits.record;
    let mut rows = RowReader::new(input, layout.newline, layout.dialect, limit, layout.line);
    let Some(header) = rows.next_row()? else { return Err(ReadErrorKind::Empty) };
    let header = match header.and_then(|()| column_names(rows.row(), charset)) {
        Ok(names) => names,
        Err(kind) => {
            sink.error(&path, Some(rows.place()), kind);
            return Ok(());
        }
    };
    rows.set_header();
    while let Some(row) = rows.next_row()? {
        let place = Some(rows.place());
        match row.and_then(|()| row_fields(&header, rows.row(), charset, limit)) {
            Ok((fields, warning)) => {
                if let Some(warning) = warning {
                    sink.error(&path, place, warning);
                }
                sink.record(fields.into_record(&path, place));
            }
            Err(kind) => sink.error(&path, place, kind),
        }
    }
    Ok(())
}

/// The names in a header.
fn column_names(header: &Row, charset: Charset) -> Result<Vec<String>, ReadErrorKind> {
    if header.len() > MAX_COLUMNS {
        return Err(ReadErrorKind::TooMany { what: "columns", limit: MAX_COLUMNS });
    }
    let names = header.cells().map(|name| Ok(decode_part(name, charset)?.text.trim().to_owned()));
    let names = names.collect::<Result<Vec<String>, ReadErrorKind>>()?;
    if names.iter().all(String::is_empty) { Err(ReadErrorKind::Empty) } else { Ok(names) }
}

/// The cells of a row, and a warning if bytes of one were bad.
fn row_fields(
    header: &[String],
    row: &Row,
    charset: Charset,
    limit: u64,
) -> Result<(NamedFields, Option<ReadErrorKind>), ReadErrorKind> {
    let mut fields = NamedFields::default();
    let mut first_warning = None;
    let mut size = 0;
    for (name, bytes) in header.iter().zip(row.cells()).filter(|(name, _)| !name.is_empty()) {
        // Control characters take six bytes in a record.
        size += bytes.len() as u64 + 5 * bytes.iter().filter(|byte| is_rare_control(**byte)).count() as u64;
        if size > limit {
            return Err(ReadErrorKind::Oversized { bytes: size, limit });
        }
        let Decoded { text, warning } = decode_part(bytes, charset)?;
        first_warning = first_warning.or(warning);
        fields.put_raw(name, text);
    }
    Ok((fields, first_warning))
}

fn is_rare_control(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')
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
        check(b"sep=;\ntitle;text\nA;B\n", &[r#"3 {"text":"B","title":"A"}"#]);
        let utf16: Vec<u8> = "\u{feff}title\ttext\r\nA\tBé\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&utf16, &[r#"2 {"text":"Bé","title":"A"}"#]);
    }

    #[test]
    fn other_encodings_are_decoded_before_rows_are_cut() {
        // In Shift_JIS the second byte of 表 is a backslash, that of ー a letter.
        let text = "title,text\n俳優の発表,\"映画が、\"\"公開\"\"される\"\nスター,表\n";
        let expected =
            [r#"2 {"text":"映画が、\"公開\"される","title":"俳優の発表"}"#, r#"3 {"text":"表","title":"スター"}"#];
        for encoding in [encoding_rs::SHIFT_JIS, encoding_rs::EUC_JP, encoding_rs::UTF_8] {
            let (bytes, ..) = encoding.encode(text);
            check(&bytes, &expected);
        }
        let wide: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        check(&wide, &expected);
    }

    #[test]
    fn bad_rows_are_errors_between_the_good_ones() {
        let content = b"title,text\n\"A,x\nB,y\0\nC,\"\x01\"\nD,z\n";
        let expected = [
            "2 error: malformed",
            "3 error: bad bytes",
            r#"3 {"text":"y","title":"B"}"#,
            r#"4 {"text":"\u0001","title":"C"}"#,
            r#"5 {"text":"z","title":"D"}"#,
        ];
        check(content, &expected);
        let controls = [b"title,text\nA,".to_vec(), vec![1; 300], b"\nB,y\n".to_vec()].concat();
        check(&controls, &["2 error: oversized", r#"3 {"text":"y","title":"B"}"#]);
        check(&[0; 2000], &["1 error: oversized"]);
    }

    #[test]
    fn long_rows_are_errors_of_their_own() {
        let content = format!("title,text\nA,{}\nB,C\n", "x".repeat(1001));
        let expected = ["2 error: oversized", r#"3 {"text":"C","title":"B"}"#];
        assert_eq!(sorted_summary(&run(content.as_bytes(), read).expect("a table")), expected);
        check(b",,\n", &["1 error: empty"]);
        assert!(matches!(run(b"\n", read), Err(ReadErrorKind::Empty)));
    }
}
