//! JSON lines; a line too long or undecodable costs only itself.

use std::io::{self, BufRead};

use super::super::format::Format;
use super::super::unpack::{Member, Unpacker};
use super::super::{RawRecord, ReadErrorKind, decode};

pub(super) fn read(to: &mut Unpacker<'_>, mut member: Member<'_>) -> Result<(), ReadErrorKind> {
    let limit = to.limits.record;
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
            decode(std::mem::take(&mut line))
        };
        let path = &member.path;
        let place = Some(number);
        match record {
            Ok(text) => {
                to.record(RawRecord { path: path.clone(), place, format: Format::Json, url: None, text });
            }
            Err(kind) => to.error(path, place, kind),
        }
    }
    if any { Ok(()) } else { Err(ReadErrorKind::Empty) }
}

/// Reads up to the next newline into `line`, keeping at most `limit` bytes of
/// it; returns how many bytes the line has in all.
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
