//! Responses of web servers as crawlers keep them.

use std::io::{self, Read};

use super::super::ReadErrorKind;
use super::super::format::Format;
use super::super::{decode, decode_page};

/// The most headers of a response.
const HEADERS: usize = 128;

/// A page out of a response: its format and text; `None` where the response
/// is no page, or no success.
pub(super) fn page(response: &[u8], limit: u64) -> Result<Option<(Format, String)>, ReadErrorKind> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut parsed = httparse::Response::new(&mut headers);
    let start = match parsed.parse(response) {
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
    let mut body = response[start..].to_vec();
    if header("transfer-encoding").contains("chunked") {
        body = unchunked(&body);
    }
    let body = decoded(body, &header("content-encoding"), limit)?;
    typed(body, &kind)
}

/// Whether a content type is that of a page or a text.
pub(super) fn is_page(content_type: &str) -> bool {
    ["text/html", "application/xhtml", "text/plain"].iter().any(|kind| content_type.starts_with(kind))
}

/// A body by its content type.
pub(super) fn typed(body: Vec<u8>, content_type: &str) -> Result<Option<(Format, String)>, ReadErrorKind> {
    if content_type.starts_with("text/plain") {
        return Ok(Some((Format::Text, decode(body)?)));
    }
    let charset = content_type.split_once("charset=").map(|(_, name)| name.trim_matches(['"', '\'', ' ', ';']));
    Ok(Some((Format::Html, decode_page(body, charset))))
}

pub(super) fn malformed(what: &str) -> ReadErrorKind {
    ReadErrorKind::Malformed { format: "web archive", what: what.to_owned() }
}

/// A body without its chunk sizes (RFC 9112, section 7.1); as it is where it
/// turns out not to be in chunks, as some crawlers take them away.
fn unchunked(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Ok(httparse::Status::Complete((start, size))) = httparse::parse_chunk_size(rest) {
        let Some(chunk) = usize::try_from(size).ok().and_then(|size| rest.get(start..)?.get(..size)) else { break };
        if chunk.is_empty() {
            return out;
        }
        out.extend_from_slice(chunk);
        rest = &rest[start + chunk.len()..];
        rest = rest.strip_prefix(b"\r\n").unwrap_or(rest);
    }
    if out.is_empty() { body.to_vec() } else { out }
}

fn decoded(body: Vec<u8>, encoding: &str, limit: u64) -> Result<Vec<u8>, ReadErrorKind> {
    let mut out = Vec::new();
    let mut read = |input: &mut dyn Read| -> io::Result<()> {
        input.take(limit.saturating_add(1)).read_to_end(&mut out)?;
        Ok(())
    };
    match encoding.trim() {
        // Some crawlers unpack the body and keep the header.
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

    #[test]
    fn chunks_and_packing_come_off() {
        let chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>To\r\n3\r\nm C\r\n0\r\n\r\n";
        assert_eq!(page(chunked, 1000).expect("a page"), Some((Format::Html, "<p>Tom C".to_owned())));
        let gone = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>no";
        assert_eq!(page(gone, 1000).expect("no fault"), None);
        assert!(page(b"HTTP/1.1 200", 1000).is_err());
    }
}
