//! JSON lines. A line that is too long or undecodable is an error of its own;
//! the others are still read.

use std::io::{self, BufRead};

use crate::read::decode::decode_part;
use crate::read::error::ReadErrorKind;
use crate::read::format::Format;
use crate::read::member::Member;
use crate::read::record::RawRecord;
use crate::read::sink::RecordSink;

pub(super) fn read(sink: &mut RecordSink<'_>, member: Member<'_>) -> Result<(), ReadErrorKind> {
    let mut member = member.into_utf8()?;
    let limit = sink.limits.record;
    let mut line = Vec::new();
    let mut any = false;
    for number in 1.. {
        let size = read_line(&mut member.input, &mut line, limit)?;
        if size == 0 {
            break;
        }
        any |= !line.trim_ascii().is_empty();
        let record = if size > limit {
            Err(ReadErrorKind::Oversized { bytes: size, limit })
        } else if line.trim_ascii().is_empty() {
            continue;
        } else {
            // The buffer is kept: growing a new one leaves its smaller ones behind.
            decode_part(&line, member.charset)
        };
        let place = Some(number);
        match record {
            Ok(decoded) => {
                let text = sink.text(&member.path, place, decoded);
                sink.record(RawRecord { path: member.path.clone(), place, format: Format::Json, url: None, text });
            }
            Err(kind) => sink.error(&member.path, place, kind),
        }
    }
    if any { Ok(()) } else { Err(ReadErrorKind::Empty) }
}

/// Reads a line with its newline into `line` and returns its length in bytes.
/// `line` is incomplete if the length exceeds `limit`.
fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>, limit: u64) -> io::Result<u64> {
    line.clear();
    let mut size = 0u64;
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(size);
        }
        let (taken, done) = match memchr::memchr(b'\n', buffer) {
            Some(at) => (at + 1, true),
            None => (buffer.len(), false),
        };
        if size + taken as u64 <= limit {
            line.extend_from_slice(&buffer[..taken]);
        }
        input.consume(taken);
        size += taken as u64;
        if done {
            return Ok(size);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{read as run, summary};
    use super::*;

    #[test]
    fn bad_lines_are_errors_between_the_good_ones() {
        let long = "x".repeat(1001);
        let content = ["{\"a\":1}\r\n\n".as_bytes(), long.as_bytes(), b"\n\xc3\xa9\xff\n\0\0\0\n{\"b\":2}"].concat();
        let records = run(&content, read).expect("lines");
        let expected = [
            "1 {\"a\":1}\r\n",
            "3 error: oversized",
            "4 error: bad bytes",
            "4 é\u{fffd}\n",
            "5 error: binary",
            "6 {\"b\":2}",
        ];
        assert_eq!(summary(&records), expected);
    }

    #[test]
    fn other_encodings_are_read() {
        let content: Vec<u8> = "\u{feff}{\"a\":1}\n{\"b\":2}\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(summary(&run(&content, read).expect("lines")), ["1 {\"a\":1}\n", "2 {\"b\":2}\n"]);
        let lines = "{\"text\":\"俳優が新しい映画に出演すると発表した\"}\n{\"text\":\"表\"}\n";
        let (japanese, ..) = encoding_rs::SHIFT_JIS.encode(lines);
        let found = summary(&run(&[&japanese[..], b"\xff"].concat(), read).expect("lines"));
        assert_eq!(found[..2], ["1 {\"text\":\"俳優が新しい映画に出演すると発表した\"}\n", "2 {\"text\":\"表\"}\n"]);
        assert_eq!(found[2..], ["3 error: bad bytes", "3 \u{fffd}"]);
    }

    #[test]
    fn single_bytes_of_another_encoding() {
        let content = b"{\"a\":\"caf\xc3\xa9\"}\n{\"b\":\"caf\xe9\"}\n{\"c\":\"a\0b\"}\n";
        let expected = [
            "1 {\"a\":\"café\"}\n",
            "2 error: bad bytes",
            "2 {\"b\":\"café\"}\n",
            "3 error: bad bytes",
            "3 {\"c\":\"ab\"}\n",
        ];
        assert_eq!(summary(&run(content, read).expect("lines")), expected);
    }

    #[test]
    fn only_blank_lines_are_empty() {
        for content in ["", "\n \n"] {
            assert!(matches!(run(content.as_bytes(), read), Err(ReadErrorKind::Empty)), "{content:?}");
        }
    }

    #[test]
    fn the_limit_counts_the_newline() {
        let mut line = Vec::new();
        let mut input = &b"12345\n67"[..];
        for (limit, size, kept) in [(5, 6, ""), (6, 2, "67")] {
            assert_eq!(read_line(&mut input, &mut line, limit).expect("memory"), size);
            assert_eq!(line, kept.as_bytes());
        }
    }
}
