//! WARC (ISO 28500), streaming. Each page is a record; other records are
//! skipped.

use std::io::{self, BufRead, Read};

use super::http;
use crate::read::error::ReadErrorKind;
use crate::read::format::Format;
use crate::read::member::Member;
use crate::read::record::RawRecord;
use crate::read::sink::RecordSink;

/// The longest header of a record, in bytes.
const MAX_HEADER: usize = 64 << 10;

pub(super) fn read(sink: &mut RecordSink<'_>, mut member: Member<'_>) -> Result<(), ReadErrorKind> {
    let mut any = false;
    for item in 1.. {
        let Some(header) = next_header(&mut member.input)? else { break };
        any = true;
        let header = match header {
            Ok(header) => header,
            Err(kind) => {
                sink.error(&member.path, Some(item), kind);
                continue;
            }
        };
        let size = match header.get("content-length").map(str::parse::<u64>) {
            Some(Ok(size)) => size,
            _ => {
                sink.error(&member.path, Some(item), http::malformed("a record without Content-Length"));
                continue;
            }
        };
        let limit = sink.limits.record;
        if !header.may_be_page() || size > limit {
            if header.may_be_page() {
                sink.error(&member.path, Some(item), ReadErrorKind::Oversized { bytes: size, limit });
            }
            io::copy(&mut (&mut member.input).take(size), &mut io::sink())?;
            continue;
        }
        let mut body = Vec::new();
        (&mut member.input).take(size).read_to_end(&mut body)?;
        if (body.len() as u64) < size {
            sink.error(&member.path, Some(item), http::malformed("the file ends within a record"));
            break;
        }
        let url = header.get("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
        let path = url.as_ref().map_or_else(|| member.path.clone(), |url| format!("{}!/{url}", member.path));
        match page_of(&header, body, limit) {
            Ok(Some((format, text))) if !text.trim().is_empty() => {
                let place = url.is_none().then_some(item);
                sink.record(RawRecord { url, ..RawRecord::new(path, place, format, text) });
            }
            Ok(_) => {}
            Err(kind) => sink.error(&path, Some(item), kind),
        }
    }
    if any { Ok(()) } else { Err(ReadErrorKind::Empty) }
}

/// Format and text of the page in a record, if it is one.
fn page_of(header: &Header, body: Vec<u8>, limit: u64) -> Result<Option<(Format, String)>, ReadErrorKind> {
    let content_type = header.get("content-type").unwrap_or_default().to_ascii_lowercase();
    match header.get("warc-type") {
        Some("response") if content_type.starts_with("application/http") => http::page(body, limit),
        Some("resource" | "response" | "conversion") if http::is_page(&content_type) => {
            http::decode_body(body, &content_type)
        }
        _ => Ok(None),
    }
}

/// The header fields of a record, names in lower case.
struct Header(Vec<(String, String)>);

impl Header {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether the body is worth reading: `false` only if the header rules out a
    /// page.
    fn may_be_page(&self) -> bool {
        let target = self.get("warc-target-uri").is_none_or(|url| url.trim_start_matches('<').starts_with("http"));
        let kind = matches!(self.get("warc-type"), Some("response" | "resource" | "conversion"));
        let payload = self.get("warc-identified-payload-type").is_none_or(http::is_page);
        target && kind && payload
    }
}

/// The header of the next record, unless it is too long. Skips whatever precedes
/// it.
fn next_header(input: &mut dyn BufRead) -> io::Result<Option<Result<Header, ReadErrorKind>>> {
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
        if size > MAX_HEADER {
            let (bytes, limit) = (size as u64, MAX_HEADER as u64);
            return Ok(Some(Err(ReadErrorKind::OversizedHeader { what: "header", bytes, limit })));
        }
        let text = String::from_utf8_lossy(line.trim_ascii_end());
        if count == 0 || text.is_empty() {
            return Ok(Some(Ok(Header(fields))));
        }
        match text.split_once(':') {
            Some((key, value)) => fields.push((key.trim().to_ascii_lowercase(), value.trim().to_owned())),
            // A continuation of the line before.
            None => {
                if let Some((_, value)) = fields.last_mut() {
                    value.push_str(text.trim());
                }
            }
        }
    }
}

/// Appends a line to `line`, at most [`MAX_HEADER`] bytes of it.
fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<usize> {
    let mut limited = input.take(MAX_HEADER as u64);
    limited.read_until(b'\n', line)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{read as run, summary};
    use super::*;

    fn record(fields: &str, body: &str) -> String {
        format!("WARC/1.0\r\n{fields}\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n", body.len())
    }

    fn check(content: &str, expected: &[&str]) {
        let records = run(content.as_bytes(), read).expect("a web archive");
        assert_eq!(summary(&records), expected, "{content}");
    }

    #[test]
    fn pages_are_found_among_the_records() {
        let info = record("WARC-Type: warcinfo", "software: x");
        let page = record("WARC-Type: resource\r\nContent-Type: text/html", "<p>It opens.");
        let image = record("WARC-Type: resource\r\nContent-Type: image/png", "PNG");
        let dns = record("WARC-Type: resource\r\nWARC-Target-URI: dns:x\r\nContent-Type: text/plain", "x");
        check(&format!("{info}{image}{dns}{page}"), &["4 <p>It opens."]);
        let response = record(
            "WARC-Type: response\r\nContent-Type: application/http",
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>It opens.",
        );
        check(&response, &["1 <p>It opens."]);
    }

    #[test]
    fn the_address_names_the_record() {
        let page = record(
            "WARC-Type: resource\r\nWARC-Target-URI: <https://reel.example/a>\r\nContent-Type: text/html",
            "<p>It opens.",
        );
        let found = run(page.as_bytes(), read).expect("a web archive").remove(0).expect("a page");
        assert_eq!((found.path.as_str(), found.place), ("a!/https://reel.example/a", None));
        assert_eq!(found.url.as_deref(), Some("https://reel.example/a"));
    }

    #[test]
    fn damage_concerns_one_record() {
        let page = record("WARC-Type: resource\r\nContent-Type: text/html", "<p>It opens.");
        let long = record("WARC-Type: resource\r\nContent-Type: text/html", &"x".repeat(1001));
        check(&format!("{long}{page}"), &["1 error: oversized", "2 <p>It opens."]);
        check(&format!("WARC/1.0\r\nWARC-Type: resource\r\n\r\n{page}"), &["1 error: malformed", "2 <p>It opens."]);
        let header = record(&format!("WARC-Type: resource\r\nX: {}", "y".repeat(MAX_HEADER)), "x");
        check(&format!("{header}{page}"), &["1 error: oversized", "2 <p>It opens."]);
        check(&page[..page.len() - 8], &["1 error: malformed"]);
        assert!(matches!(run(b"", read), Err(ReadErrorKind::Empty)));
    }
}
