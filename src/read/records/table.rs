//! CSV and TSV with a header, a row a record.

use csv::{ByteRecord, ReaderBuilder};
use serde_json::{Map, Value};
use std::io::BufRead;

use super::super::unpack::{Member, Unpacker};
use super::super::{ReadErrorKind, decode};
use super::fields;

pub(super) fn read(to: &mut Unpacker<'_>, mut member: Member<'_>) -> Result<(), ReadErrorKind> {
    let delimiter = delimiter(member.input.fill_buf()?);
    let mut rows = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(member.input);
    let header: Vec<String> = match rows.byte_headers() {
        Ok(names) => names.iter().map(cell).collect(),
        Err(error) => return Err(malformed(&error)),
    };
    if header.iter().all(|name| name.trim().is_empty()) {
        return Err(ReadErrorKind::Empty);
    }
    let limit = to.limits.record;
    let mut row = ByteRecord::new();
    loop {
        let place = usize::try_from(rows.position().line()).ok();
        match rows.read_byte_record(&mut row) {
            Ok(false) => return Ok(()),
            Ok(true) if row.as_slice().len() as u64 > limit => {
                let bytes = row.as_slice().len() as u64;
                to.error(&member.path, place, ReadErrorKind::Oversized { bytes, limit });
            }
            Ok(true) => {
                let place = row.position().and_then(|at| usize::try_from(at.line()).ok());
                to.record(fields(&member.path, place, &named(&header, &row)));
            }
            Err(error) if error.is_io_error() => return Err(into_io(error)),
            Err(error) => to.error(&member.path, place, malformed(&error)),
        }
    }
}

/// The delimiter that the first line has most of.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: &u8| line.iter().filter(|byte| *byte == delimiter).count();
    [b',', b'\t', b';', b'|'].into_iter().rev().max_by_key(count).unwrap_or(b',')
}

/// One cell as text; bytes that are no UTF-8 are taken for Windows-1252.
fn cell(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => decode(bytes.to_vec()).unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned()),
    }
}

fn named(header: &[String], row: &ByteRecord) -> Map<String, Value> {
    let cells = header.iter().zip(row).filter(|(name, _)| !name.trim().is_empty());
    cells.map(|(name, bytes)| (name.trim().to_owned(), Value::String(cell(bytes)))).collect()
}

fn malformed(error: &csv::Error) -> ReadErrorKind {
    ReadErrorKind::Malformed { format: "table", what: error.to_string() }
}

fn into_io(error: csv::Error) -> ReadErrorKind {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        kind => ReadErrorKind::Malformed { format: "table", what: format!("{kind:?}") },
    }
}
