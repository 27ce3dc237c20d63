//! One file to its records, streaming where a file holds many.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use serde_json::value::RawValue;

use super::format::{Format, Packing};
use super::{MAX_RECORD_BYTES, RawRecord, ReadError, ReadErrorKind, SourceFile, decode};

/// Where records and errors go.
type Sink<'a> = &'a mut dyn FnMut(Result<RawRecord, ReadError>);

pub(super) fn read(file: &SourceFile, sink: Sink) {
    let result = open(file).map_err(ReadErrorKind::from).and_then(|input| match file.format {
        Format::JsonLines => read_lines(file, input, sink),
        Format::Json => read_json(file, input, sink),
        Format::Text | Format::Markdown => read_whole(file, input, sink),
    });
    if let Err(kind) = result {
        sink(Err(error_at(file, None, kind)));
    }
}

fn open(file: &SourceFile) -> io::Result<Box<dyn BufRead>> {
    let input = BufReader::new(File::open(&file.path)?);
    Ok(match file.packing {
        Packing::None => Box::new(input),
        Packing::Gzip => Box::new(BufReader::new(MultiGzDecoder::new(input))),
        Packing::Zstd => Box::new(BufReader::new(zstd::Decoder::with_buffer(input)?)),
    })
}

fn error_at(file: &SourceFile, place: Option<usize>, kind: ReadErrorKind) -> ReadError {
    ReadError { path: file.name.clone(), place, kind }
}

fn record_at(file: &SourceFile, place: Option<usize>, format: Format, text: String) -> RawRecord {
    RawRecord { path: file.name.clone(), place, format, text }
}

/// The whole of a file that may not exceed [`MAX_RECORD_BYTES`], decoded.
fn whole_text(file: &SourceFile, input: Box<dyn BufRead>) -> Result<String, ReadErrorKind> {
    if file.packing == Packing::None && file.size > MAX_RECORD_BYTES {
        return Err(ReadErrorKind::Oversized { bytes: file.size });
    }
    let mut bytes = Vec::new();
    input.take(MAX_RECORD_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_RECORD_BYTES {
        return Err(ReadErrorKind::Oversized { bytes: bytes.len() as u64 });
    }
    let text = decode(bytes)?;
    if text.trim().is_empty() { Err(ReadErrorKind::Empty) } else { Ok(text) }
}

fn read_whole(file: &SourceFile, input: Box<dyn BufRead>, sink: Sink) -> Result<(), ReadErrorKind> {
    let text = whole_text(file, input)?;
    sink(Ok(record_at(file, None, file.format, text)));
    Ok(())
}

/// A JSON file: one object, an array of objects, or objects one after another.
fn read_json(file: &SourceFile, input: Box<dyn BufRead>, sink: Sink) -> Result<(), ReadErrorKind> {
    let text = whole_text(file, input)?;
    let mut items = Vec::new();
    for value in serde_json::Deserializer::from_str(&text).into_iter::<&RawValue>() {
        let value = value?.get();
        if value.starts_with('[') {
            items.extend(serde_json::from_str::<Vec<&RawValue>>(value)?.into_iter().map(RawValue::get));
        } else {
            items.push(value);
        }
    }
    let many = items.len() > 1;
    for (index, item) in items.into_iter().enumerate() {
        let place = many.then_some(index + 1);
        sink(Ok(record_at(file, place, Format::Json, item.to_owned())));
    }
    Ok(())
}

/// One JSON object a line; a line too long or undecodable costs only itself.
fn read_lines(file: &SourceFile, mut input: Box<dyn BufRead>, sink: Sink) -> Result<(), ReadErrorKind> {
    let mut line = Vec::new();
    let mut any = false;
    for number in 1.. {
        let size = read_line(&mut input, &mut line)?;
        if size == 0 {
            break;
        }
        any |= !line.trim_ascii().is_empty();
        let record = if size > MAX_RECORD_BYTES {
            Err(ReadErrorKind::Oversized { bytes: size })
        } else if line.trim_ascii().is_empty() {
            continue;
        } else {
            decode(std::mem::take(&mut line))
        };
        let place = Some(number);
        sink(match record {
            Ok(text) => Ok(record_at(file, place, Format::Json, text)),
            Err(kind) => Err(error_at(file, place, kind)),
        });
    }
    if any { Ok(()) } else { Err(ReadErrorKind::Empty) }
}

/// Reads up to the next newline into `line`, keeping at most
/// [`MAX_RECORD_BYTES`] of it; returns how many bytes the line has in all.
fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<u64> {
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
        if size + taken as u64 <= MAX_RECORD_BYTES {
            line.extend_from_slice(&buffer[..taken]);
        }
        input.consume(taken);
        size += taken as u64;
        if done {
            return Ok(size);
        }
    }
}
