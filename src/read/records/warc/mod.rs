//! WARC (ISO 28500), and ARC before it, streaming. Each capture of a page, feed or
//! document is read; redirects, errors, images and the like are counted by kind.

mod arc;
mod captures;
mod http;

use std::io::{self, BufRead, Cursor, Read};

use crate::read::error::ReadErrorKind;
use crate::read::gzip::is_damage;
use crate::read::member::Member;
use crate::read::sink::RecordSink;

use captures::{Capture, Captures, left_out_by_head};
use http::{Response, malformed};

/// The longest header of a record, in bytes.
const MAX_HEADER: usize = 64 << 10;
/// Bytes of a response beyond the limit whose head says what it is.
const MAX_START: u64 = 64 << 10;
/// Damaged records in a row, behind which no other is expected.
const MAX_DAMAGED: usize = 100;

pub(super) fn read(sink: &mut RecordSink<'_>, mut member: Member<'_>) -> Result<(), ReadErrorKind> {
    let path = member.path.clone();
    let mut captures = Captures::new(&path);
    let start = member.input.fill_buf()?;
    if start.is_empty() {
        return Err(ReadErrorKind::Empty);
    }
    let read = if start.starts_with(b"filedesc:") {
        arc::read(sink, &path, &mut member.input, &mut captures)
    } else {
        let mut input = Input { inner: member.input, again: Cursor::default() };
        read_records(sink, &path, &mut input, &mut captures)
    };
    captures.report(sink);
    read
}

fn read_records(
    sink: &mut RecordSink<'_>,
    path: &str,
    input: &mut Input<'_>,
    captures: &mut Captures,
) -> Result<(), ReadErrorKind> {
    let mut any = false;
    let mut damaged = 0;
    for item in 1.. {
        let header = match next_header(input) {
            Ok(None) => break,
            Ok(Some(header)) => header,
            Err(error) => Err(error.into()),
        };
        any = true;
        let read = header.and_then(|header| Ok((header.size()?, header)));
        let read = read.and_then(|(size, header)| read_record(sink, input, captures, &header, size, item));
        match read {
            // Compressed record by record: the next one may be whole.
            Err(ReadErrorKind::Io(error)) if is_damage(&error) && damaged < MAX_DAMAGED => {
                damaged += 1;
                sink.error(path, Some(item), ReadErrorKind::Io(error));
            }
            // Another error of the input is one of the file.
            Err(kind @ (ReadErrorKind::Io(_) | ReadErrorKind::Expanded { .. })) => return Err(kind),
            Err(kind) => sink.error(path, Some(item), kind),
            Ok(()) => damaged = 0,
        }
    }
    if any { Ok(()) } else { Err(malformed("no record in it")) }
}

/// Reads the record behind a header.
fn read_record(
    sink: &mut RecordSink<'_>,
    input: &mut Input<'_>,
    captures: &mut Captures,
    header: &Header,
    size: u64,
    item: usize,
) -> Result<(), ReadErrorKind> {
    let limit = sink.limits.record;
    if let Some(what) = header.left_out() {
        if !what.is_empty() {
            captures.leave_out(what);
        }
        input.skip(size)?;
        return Ok(());
    }
    let content_type = header.get("content-type").unwrap_or_default().to_ascii_lowercase();
    let is_response = header.get("warc-type") == Some("response")
        && (content_type.is_empty() || content_type.starts_with("application/http"));
    let mut body = Vec::new();
    input.take(if size > limit { MAX_START.min(size) } else { size }).read_to_end(&mut body)?;
    if size > limit {
        input.skip(size - body.len() as u64)?;
        let head = is_response.then(|| Response::of(&body).ok()).flatten();
        return match head.and_then(|head| left_out_by_head(&head)) {
            Some(what) => {
                captures.leave_out(what);
                Ok(())
            }
            None => Err(ReadErrorKind::Oversized { bytes: size, limit }),
        };
    }
    if (body.len() as u64) < size {
        return Err(malformed("the file ends within a record"));
    }
    input.give_back_others(&mut body)?;
    let url = header.get("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
    let capture = Capture { url, item, content_type, body };
    if is_response { captures.response(sink, capture) } else { captures.content(sink, capture) }
}

/// The header fields of a record, names in lower case.
struct Header(Vec<(String, String)>);

impl Header {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn size(&self) -> Result<u64, ReadErrorKind> {
        let size = self.get("content-length").and_then(|size| size.parse().ok());
        size.ok_or_else(|| malformed("a record without Content-Length"))
    }

    /// What a record is whose header says that it is not read; nothing for one about
    /// another record.
    fn left_out(&self) -> Option<&'static str> {
        let target = self.get("warc-target-uri").unwrap_or_default().trim_start_matches('<');
        let is_page = target.is_empty() || target.starts_with("http");
        match self.get("warc-type") {
            Some("response" | "resource" | "conversion") if is_page => None,
            Some("response" | "resource" | "conversion") if target.starts_with("dns:") => Some(""),
            Some("response" | "resource" | "conversion") => Some("records without a web address"),
            Some("revisit") => Some("same content again"),
            Some("continuation") => Some("continued records"),
            _ => Some(""),
        }
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
        let continues = text.starts_with([' ', '\t']);
        match text.split_once(':') {
            Some((key, value)) if !continues => fields.push((key.trim().to_ascii_lowercase(), value.trim().to_owned())),
            // A continuation of the line before.
            _ => {
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

/// Skipping in an input that cannot seek.
trait Skipped {
    fn skip(&mut self, bytes: u64) -> io::Result<()>;
}

impl<R: BufRead + ?Sized> Skipped for R {
    fn skip(&mut self, bytes: u64) -> io::Result<()> {
        io::copy(&mut self.take(bytes), &mut io::sink()).map(drop)
    }
}

/// The input, to which what belongs to the next records can be given back.
struct Input<'a> {
    inner: Box<dyn BufRead + 'a>,
    again: Cursor<Vec<u8>>,
}

impl Input<'_> {
    /// Cuts a record whose stated length goes into the next ones: neither a blank line
    /// nor the end follows it, and records begin within it.
    fn give_back_others(&mut self, body: &mut Vec<u8>) -> io::Result<()> {
        let next = self.fill_buf()?;
        if next.is_empty() || next.starts_with(b"\r\n") || next.starts_with(b"\n") || next.starts_with(b"WARC/") {
            return Ok(());
        }
        let Some(at) = memchr::memmem::find(body, b"\n\r\nWARC/1.").or(memchr::memmem::find(body, b"\n\nWARC/1."))
        else {
            return Ok(());
        };
        let mut again = body.split_off(at + 1);
        again.extend_from_slice(&self.again.get_ref()[usize::try_from(self.again.position()).unwrap_or(0)..]);
        self.again = Cursor::new(again);
        Ok(())
    }
}

impl Read for Input<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Input<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.again.fill_buf()?.is_empty() { self.inner.fill_buf() } else { self.again.fill_buf() }
    }

    fn consume(&mut self, amount: usize) {
        let is_again = self.again.fill_buf().is_ok_and(|rest| !rest.is_empty());
        if is_again { self.again.consume(amount) } else { self.inner.consume(amount) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{read as run, sorted_summary, summary};
    use super::*;

    fn record(fields: &str, body: &str) -> String {
        format!("WARC/1.0\r\n{fields}\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n", body.len())
    }

    fn response(url: &str, head: &str, body: &str) -> String {
        let fields = format!("WARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http");
        record(&fields, &format!("{head}\r\n\r\n{body}"))
    }

    fn page(url: &str, body: &str) -> String {
        response(url, "HTTP/1.1 200 OK\r\nContent-Type: text/html", body)
    }

    fn check(content: &str, expected: &[&str]) {
        let records = run(content.as_bytes(), read).expect("a web archive");
        assert_eq!(summary(&records), expected, "{content}");
    }

    /// Path, address and text of each record; what was left out last.
    fn check_captures(content: &str, expected: &[&str]) {
        let records = run(content.as_bytes(), read).expect("a web archive");
        let shown: Vec<String> = records
            .iter()
            .map(|record| match record {
                Ok(record) => format!("{} {} {}", record.path, record.url.as_deref().unwrap_or("-"), record.text),
                Err(error) => error.to_string(),
            })
            .collect();
        assert_eq!(shown, expected, "{content}");
    }

    #[test]
    fn pages_are_found_among_the_records() {
        let info = record("WARC-Type: warcinfo", "software: x");
        let page = record("WARC-Type: resource\r\nContent-Type: text/html", "<p>It opens.");
        let image = record("WARC-Type: resource\r\nContent-Type: image/png", "PNG");
        let dns = record("WARC-Type: resource\r\nWARC-Target-URI: dns:x\r\nContent-Type: text/plain", "x");
        check(&format!("{info}{image}{dns}{page}"), &["4 <p>It opens.", "0 error: parts left out"]);
        let text = record("WARC-Type: conversion\r\nContent-Type: text/plain", "It opens.");
        check(&text, &["1 It opens."]);
        let headless = record("WARC-Type: response\r\nContent-Type: text/html", "<p>It opens.");
        check(&headless, &["1 <p>It opens."]);
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
    fn every_capture_is_kept_once() {
        let content = [
            page("https://reel.example/a", "<p>One."),
            page("https://reel.example/a", "<p>Two."),
            page("https://reel.example/a", "<p>One."),
            page("https://reel.example/b", "<p>One."),
            record("WARC-Type: revisit\r\nWARC-Target-URI: https://reel.example/a", "HTTP/1.1 200 OK\r\n\r\n"),
        ];
        check_captures(
            &content.concat(),
            &[
                "a!/https://reel.example/a https://reel.example/a <p>One.",
                "a!/https://reel.example/a#2 https://reel.example/a <p>Two.",
                "a!/https://reel.example/b https://reel.example/b <p>One.",
                "a: left out: same content again (2)",
            ],
        );
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let content = [
            response("https://reel.example/1", "HTTP/1.1 301 Moved\r\nLocation: /2", ""),
            response("https://reel.example/2", "HTTP/1.1 302 Found", ""),
            response("https://reel.example/3", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html", "<p>no"),
            response("https://reel.example/4", "HTTP/1.1 200 OK\r\nContent-Type: image/png", "PNG"),
            response("https://reel.example/5", "HTTP/1.1 200 OK\r\nContent-Type: text/css", "p {}"),
            response("https://reel.example/robots.txt", "HTTP/1.1 200 OK\r\nContent-Type: text/plain", "Allow: /"),
            response("https://reel.example/7", "HTTP/1.1 200 OK\r\nContent-Type: text/html", " "),
            response("https://reel.example/8", "HTTP/1.1 200 OK\r\nContent-Type: application/x-thing", "x"),
            response("https://reel.example/9", "HTTP/1.1 200 OK\r\nContent-Type: video/mp4", &"x".repeat(1001)),
        ];
        check_captures(
            &content.concat(),
            &[
                "a: left out: empty contents (1), errors of servers (1), images (1), other files (1), redirects (2), robots.txt (1), scripts, styles and fonts (1), video and audio (1)",
            ],
        );
    }

    #[test]
    fn feeds_and_json_are_read_by_their_readers() {
        let feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>R</title><item><guid>1</guid><title>A</title></item><item><guid>2</guid><title>B</title></item></channel></rss>";
        for kind in ["application/rss+xml", "text/xml; charset=utf-8", "text/html", "application/octet-stream"] {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}");
            let records = run(response("https://reel.example/feed", &head, feed).as_bytes(), read).expect("an archive");
            let (a, b) = (r#"1 {"id":"1","source":"R","title":"A"}"#, r#"2 {"id":"2","source":"R","title":"B"}"#);
            assert_eq!(sorted_summary(&records), [a, b], "{kind}");
        }
        let json = response(
            "https://reel.example/a",
            "HTTP/2 200\r\nContent-Type: application/json",
            "{\"text\": \"It opens.\"}",
        );
        check_captures(&json, &["a!/https://reel.example/a https://reel.example/a {\"text\": \"It opens.\"}"]);
        let broken = response("https://reel.example/a", "HTTP/2 200\r\nContent-Type: application/json", "{\"text\": ");
        check(&format!("{broken}{}", page("https://reel.example/b", "<p>B")), &["0 {\"text\": ", "0 <p>B"]);
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
        assert!(matches!(run(b"no archive\n", read), Err(ReadErrorKind::Malformed { .. })));
    }

    #[test]
    fn wrong_lengths_concern_one_record() {
        let one = record("WARC-Type: resource\r\nContent-Type: text/html", "<p>One.");
        let other = record("WARC-Type: resource\r\nContent-Type: text/html", "<p>Another one.");
        let long = one.replace("Content-Length: 7", "Content-Length: 70");
        let short = one.replace("Content-Length: 7", "Content-Length: 5");
        check(&format!("{long}{other}{other}"), &["1 <p>One.\r\n", "2 <p>Another one.", "0 error: parts left out"]);
        check(&format!("{short}{other}"), &["1 <p>On", "2 <p>Another one."]);
    }

    #[test]
    fn a_damaged_member_of_gzip_costs_its_record() {
        let packed = |text: &str| {
            let mut out = Vec::new();
            let mut encoder = flate2::read::GzEncoder::new(text.as_bytes(), flate2::Compression::fast());
            encoder.read_to_end(&mut out).expect("memory");
            out
        };
        let [one, two, three] = ["one", "two", "three"].map(|name| packed(&page("https://reel.example/a", name)));
        let bytes = [&one, &two[..two.len() - 20], &three].concat();
        let reader = crate::read::gzip::GzipReader::new(&bytes[..]);
        let records = {
            let mut records = Vec::new();
            let mut callback = |record| records.push(record);
            let mut sink = RecordSink::new(crate::read::Limits::default(), &mut callback);
            read(&mut sink, Member::new("a", true, io::BufReader::new(reader))).expect("a web archive");
            records
        };
        let found = summary(&records);
        assert!(found[0] == "0 one" && found[1].starts_with("2 error: "), "{found:?}");
        assert_eq!(found.last().map(String::as_str), Some("0 three"), "{found:?}");
    }

    #[test]
    fn arc_files() {
        let version = "1 0 Reel\nURL IP-address Archive-date Content-type Archive-length\n";
        let capture =
            |url: &str, body: &str| format!("{url} 1.2.3.4 19970101000000 text/html {}\n{body}\n", body.len());
        let content = [
            format!("filedesc://a.arc 0.0.0.0 19970101000000 text/plain {}\n{version}\n", version.len()),
            capture("https://reel.example/a", "HTTP/1.0 200 OK\nContent-Type: text/html\n\n<p>One."),
            capture("https://reel.example/b", "HTTP/1.0 404 No\n\n"),
            capture("https://reel.example/c", "HTTP/1.0 200 OK\nContent-Type: text/html\n\n<p>Two."),
        ];
        check_captures(
            &content.concat(),
            &[
                "a!/https://reel.example/a https://reel.example/a <p>One.",
                "a!/https://reel.example/c https://reel.example/c <p>Two.",
                "a: left out: errors of servers (1)",
            ],
        );
        check(&format!("{}no header\n", content[0]), &["2 error: malformed"]);
    }
}
