//! ARC 1.0 and 2.0, the format before WARC: a line of address, host, time, type and
//! length in front of each response.

use std::io::{BufRead, Read};

use super::captures::{Capture, Captures};
use super::http::malformed;
use super::{MAX_HEADER, Skipped};
use crate::read::error::ReadErrorKind;
use crate::read::sink::RecordSink;

pub(super) fn read(
    sink: &mut RecordSink<'_>,
    path: &str,
    input: &mut dyn BufRead,
    captures: &mut Captures,
) -> Result<(), ReadErrorKind> {
    let mut line = Vec::new();
    let mut item = 0;
    loop {
        line.clear();
        if input.take(MAX_HEADER as u64).read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        item += 1;
        let Some((url, content_type, size)) = header(&line) else {
            // What follows is a content without a header, which may hold anything.
            sink.error(path, Some(item), malformed("a record without address, time, type and length"));
            return Ok(());
        };
        if url.starts_with("filedesc:") || url.starts_with("dns:") {
            input.skip(size)?;
            continue;
        }
        if size > sink.limits.record {
            sink.error(path, Some(item), ReadErrorKind::Oversized { bytes: size, limit: sink.limits.record });
            input.skip(size)?;
            continue;
        }
        let mut body = Vec::new();
        (&mut *input).take(size).read_to_end(&mut body)?;
        if (body.len() as u64) < size {
            sink.error(path, Some(item), malformed("the file ends within a record"));
        }
        captures.response(sink, Capture { url: Some(url), item, content_type, body })?;
    }
}

/// Address, type and length in the header of a record.
fn header(line: &[u8]) -> Option<(String, String, u64)> {
    let line = String::from_utf8_lossy(line);
    let fields: Vec<&str> = line.split_whitespace().collect();
    let (first, last) = (fields.first()?, fields.last()?);
    let is_time = |field: &&str| field.len() >= 8 && field.bytes().all(|byte| byte.is_ascii_digit());
    if fields.len() < 5 || !first.contains(':') || !is_time(fields.get(2)?) {
        return None;
    }
    Some(((*first).to_owned(), fields[3].to_ascii_lowercase(), last.parse().ok()?))
}
