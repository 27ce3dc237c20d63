//! WARC (ISO 28500), streaming: the pages among its records.

use std::io::{self, BufRead, Read};

use super::super::unpack::{Member, Unpacker};
use super::super::{RawRecord, ReadErrorKind};
use super::http;

/// The longest header of a record, in bytes.
const LONGEST_HEADER: usize = 64 << 10;

pub(super) fn read(to: &mut Unpacker<'_>, mut member: Member<'_>) -> Result<(), ReadErrorKind> {
    let mut any = false;
    for item in 1.. {
        let Some(header) = next_header(&mut member.input)? else { break };
        any = true;
        let size = match header.get("content-length").map(str::parse::<u64>) {
            Some(Ok(size)) => size,
            _ => {
                to.error(&member.path, Some(item), http::malformed("a record without Content-Length"));
                continue;
            }
        };
        let limit = to.limits.record;
        if !header.may_be_page() || size > limit {
            if header.may_be_page() {
                to.error(&member.path, Some(item), ReadErrorKind::Oversized { bytes: size, limit });
            }
            io::copy(&mut (&mut member.input).take(size), &mut io::sink())?;
            continue;
        }
        let mut body = Vec::new();
        (&mut member.input).take(size).read_to_end(&mut body)?;
        if (body.len() as u64) < size {
            to.error(&member.path, Some(item), http::malformed("the file ends within a record"));
            break;
        }
        let url = header.get("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
        let path = url.as_ref().map_or_else(|| member.path.clone(), |url| format!("{}!/{url}", member.path));
        match page_of(&header, body, limit) {
            Ok(Some((format, text))) if !text.trim().is_empty() => {
                let place = url.is_none().then_some(item);
                to.record(RawRecord { path, place, format, url, text });
            }
            Ok(_) => {}
            Err(kind) => to.error(&path, Some(item), kind),
        }
    }
    if any { Ok(()) } else { Err(ReadErrorKind::Empty) }
}

fn page_of(header: &Header, body: Vec<u8>, limit: u64) -> Result<Option<(super::Format, String)>, ReadErrorKind> {
    let content_type = header.get("content-type").unwrap_or_default().to_ascii_lowercase();
    match header.get("warc-type") {
        Some("response") if content_type.starts_with("application/http") => http::page(&body, limit),
        Some("resource" | "response" | "conversion") if http::is_page(&content_type) => {
            http::typed(body, &content_type)
        }
        _ => Ok(None),
    }
}

/// The named fields of a record, names in lower case.
struct Header(Vec<(String, String)>);

impl Header {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn may_be_page(&self) -> bool {
        let target = self.get("warc-target-uri").is_none_or(|url| url.trim_start_matches('<').starts_with("http"));
        let kind = matches!(self.get("warc-type"), Some("response" | "resource" | "conversion"));
        let payload = self.get("warc-identified-payload-type").is_none_or(http::is_page);
        target && kind && payload
    }
}

/// The header of the next record; lines between records, and what damage
/// leaves there, are passed over.
fn next_header(input: &mut dyn BufRead) -> io::Result<Option<Header>> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if read_line(input, &mut line)? == 0 {
            return Ok(None);
        }
        if line.starts_with(b"WARC/") {
            break;
        }
    }
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut size = 0;
    loop {
        line.clear();
        let count = read_line(input, &mut line)?;
        size += count;
        let text = String::from_utf8_lossy(line.trim_ascii_end());
        if count == 0 || text.is_empty() || size > LONGEST_HEADER {
            return Ok(Some(Header(fields)));
        }
        match text.split_once(':') {
            Some((key, value)) => fields.push((key.trim().to_ascii_lowercase(), value.trim().to_owned())),
            // A line that goes on.
            None => {
                if let Some((_, value)) = fields.last_mut() {
                    value.push_str(text.trim());
                }
            }
        }
    }
}

/// Reads a line, keeping no more of it than a header may have.
fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<usize> {
    let mut limited = input.take(LONGEST_HEADER as u64);
    limited.read_until(b'\n', line)
}
