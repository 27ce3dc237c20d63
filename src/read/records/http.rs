//! HTTP responses, as web archives store them.

use std::io::{self, Read};

use crate::read::decode::{decode, decode_page};
use crate::read::error::ReadErrorKind;
use crate::read::format::Format;

/// The most header lines of a response.
const MAX_HEADERS: usize = 128;

/// Format and text of the page in a response; `None` if the status is not 200
/// or the content is not a page.
pub(super) fn page(mut response: Vec<u8>, limit: u64) -> Result<Option<(Format, String)>, ReadErrorKind> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Response::new(&mut headers);
    let start = match parsed.parse(&response) {
        Ok(httparse::Status::Complete(start)) => start,
        Ok(httparse::Status::Partial) => return Err(malformed("its header does not end")),
        Err(error) => return Err(malformed(&error.to_string())),
    };
    if parsed.code != Some(200) {
        return Ok(None);
    }
    let header = |name: &str| {
        let found = parsed.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        found.map_or_else(String::new, |header| String::from_utf8_lossy(header.value).to_ascii_lowercase())
    };
    let kind = header("content-type");
    if !is_page(&kind) {
        return Ok(None);
    }
    let (transfer, encoding) = (header("transfer-encoding"), header("content-encoding"));
    response.drain(..start);
    let mut body = response;
    if transfer.contains("chunked") {
        body = unchunked(body);
    }
    let body = decompressed(body, &encoding, limit)?;
    decode_body(body, &kind)
}

/// Whether a content type is HTML or plain text.
pub(super) fn is_page(content_type: &str) -> bool {
    ["text/html", "application/xhtml", "text/plain"].iter().any(|kind| content_type.starts_with(kind))
}

/// Decodes a body by its content type.
pub(super) fn decode_body(body: Vec<u8>, content_type: &str) -> Result<Option<(Format, String)>, ReadErrorKind> {
    if content_type.starts_with("text/plain") {
        return Ok(Some((Format::Text, decode(body)?)));
    }
    let charset = content_type.split_once("charset=").map(|(_, name)| name.trim_matches(['"', '\'', ' ', ';']));
    Ok(Some((Format::Html, decode_page(body, charset))))
}

pub(super) fn malformed(what: &str) -> ReadErrorKind {
    ReadErrorKind::Malformed { format: "web archive", what: what.to_owned() }
}

/// A body without its chunk sizes (RFC 9112, section 7.1). Returned unchanged if
/// it has none: some crawlers remove them but keep the header.
fn unchunked(body: Vec<u8>) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = &body[..];
    while let Ok(httparse::Status::Complete((start, size))) = httparse::parse_chunk_size(rest) {
        let Some(chunk) = usize::try_from(size).ok().and_then(|size| rest.get(start..)?.get(..size)) else { break };
        if chunk.is_empty() {
            return out;
        }
        out.extend_from_slice(chunk);
        rest = &rest[start + chunk.len()..];
        rest = rest.strip_prefix(b"\r\n").unwrap_or(rest);
    }
    if out.is_empty() { body } else { out }
}

/// Undoes the content encoding.
fn decompressed(body: Vec<u8>, encoding: &str, limit: u64) -> Result<Vec<u8>, ReadErrorKind> {
    let mut out = Vec::new();
    let mut read = |input: &mut dyn Read| -> io::Result<()> {
        input.take(limit.saturating_add(1)).read_to_end(&mut out)?;
        Ok(())
    };
    match encoding.trim() {
        // The signatures are checked because some crawlers decompress the body
        // and keep the header.
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => {
            read(&mut flate2::bufread::MultiGzDecoder::new(&body[..]))?
        }
        "deflate" => read(&mut flate2::bufread::ZlibDecoder::new(&body[..]))?,
        "br" if !body.trim_ascii_start().starts_with(b"<") => {
            read(&mut brotli_decompressor::Decompressor::new(&body[..], 4096))?;
        }
        "zstd" if body.starts_with(b"\x28\xb5\x2f\xfd") => read(&mut zstd::Decoder::with_buffer(&body[..])?)?,
        _ => return Ok(body),
    }
    if out.len() as u64 > limit {
        return Err(ReadErrorKind::Oversized { bytes: out.len() as u64, limit });
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &str, body: &[u8], expected: Option<(Format, &str)>) {
        let response = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
        let found = page(response, 1000).expect("a valid response");
        assert_eq!(found, expected.map(|(format, text)| (format, text.to_owned())), "{head}");
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = flate2::read::GzEncoder::new(bytes, flate2::Compression::fast());
        encoder.read_to_end(&mut out).expect("memory");
        out
    }

    #[test]
    fn pages_by_status_and_type() {
        let page = Some((Format::Html, "<p>Tom"));
        check("200 OK\r\nContent-Type: text/html", b"<p>Tom", page);
        check("200 OK\r\nContent-Type: text/html; charset=\"iso-8859-1\"", b"<p>\xe9", Some((Format::Html, "<p>é")));
        check("200 OK\r\nContent-Type: text/plain", b"Tom", Some((Format::Text, "Tom")));
        check("200 OK\r\nContent-Type: image/png", b"PNG", None);
        check("404 Not Found\r\nContent-Type: text/html", b"<p>no", None);
    }

    #[test]
    fn transfer_and_content_encodings_are_undone() {
        let page = Some((Format::Html, "<p>Tom C"));
        let chunked = "200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked";
        check(chunked, b"5\r\n<p>To\r\n3\r\nm C\r\n0\r\n\r\n", page);
        check(chunked, b"<p>Tom C", page);
        let packed = |name: &str| format!("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {name}");
        check(&packed("gzip"), &gzip(b"<p>Tom C"), page);
        check(&packed("gzip"), b"<p>Tom C", page);
        check(&packed("zstd"), &zstd::encode_all(&b"<p>Tom C"[..], 1).expect("memory"), page);
        check(&packed("br"), b"<p>Tom C", page);
    }

    #[test]
    fn damaged_and_oversized_responses_are_errors() {
        assert!(matches!(page(b"HTTP/1.1 200".to_vec(), 1000), Err(ReadErrorKind::Malformed { .. })));
        let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n";
        let bomb = [&head[..], &gzip(&[b' '; 5000])].concat();
        assert!(matches!(page(bomb, 1000), Err(ReadErrorKind::Oversized { .. })));
    }
}
