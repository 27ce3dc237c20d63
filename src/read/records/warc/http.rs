//! HTTP responses, as web archives store them. Heads are read as crawlers write them,
//! not as the standard wants them.

use std::io::{self, Read};

use crate::read::error::ReadErrorKind;

/// The longest head of a response, in bytes. Some have thousands of lines.
const MAX_HEAD: usize = 1 << 20;

/// A response: what its head says of the body, and the body.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Response {
    /// The status; `None` if the head states none.
    pub(super) status: Option<u16>,
    /// The content type in lower case, or nothing.
    pub(super) content_type: String,
    transfer: String,
    encoding: String,
    /// Where the body begins.
    body: usize,
}

impl Response {
    /// Reads the head at the start of a response. A head that does not end is an error.
    pub(super) fn of(bytes: &[u8]) -> Result<Self, ReadErrorKind> {
        let mut response = Self::head(bytes, 0)?;
        // `100 Continue` and its like come before the response itself.
        while response.status.is_some_and(|status| (100..200).contains(&status))
            && bytes[response.body..].starts_with(b"HTTP")
        {
            response = Self::head(bytes, response.body)?;
        }
        Ok(response)
    }

    /// Reads the head that begins at a place.
    fn head(bytes: &[u8], start: usize) -> Result<Self, ReadErrorKind> {
        let mut response = Self { body: start, ..Self::default() };
        let limit = bytes.len().min(start + MAX_HEAD);
        let mut field: Option<(String, String)> = None;
        let mut first = true;
        loop {
            let rest = &bytes[response.body..limit];
            let Some(end) = memchr::memchr(b'\n', rest) else {
                return if first && !is_head_line(rest) {
                    Ok(response)
                } else {
                    Err(malformed("its header does not end"))
                };
            };
            let line = rest[..end].trim_ascii_end();
            // What is no header begins the body: some archives store the body alone.
            if line.starts_with(b"<") || first && !line.starts_with(b"HTTP") && !is_head_line(line) {
                response.put(field);
                return Ok(response);
            }
            response.body += end + 1;
            if line.is_empty() {
                response.put(field);
                return Ok(response);
            }
            let text = String::from_utf8_lossy(line);
            if first && text.starts_with("HTTP") {
                response.status = text.split_whitespace().nth(1).and_then(|code| code.parse().ok());
            } else if line[0] == b' ' || line[0] == b'\t' {
                // A folded line continues the one before.
                if let Some((_, value)) = &mut field {
                    value.push(' ');
                    value.push_str(text.trim());
                }
            } else if let Some((name, value)) = text.split_once(':') {
                response.put(field.replace((name.trim().to_ascii_lowercase(), value.trim().to_owned())));
            }
            first = false;
        }
    }

    /// Keeps a field of the head that is needed. The first one of a name counts.
    fn put(&mut self, field: Option<(String, String)>) {
        let Some((name, value)) = field else { return };
        let kept = match name.as_str() {
            "content-type" => &mut self.content_type,
            "transfer-encoding" => &mut self.transfer,
            "content-encoding" => &mut self.encoding,
            _ => return,
        };
        if kept.is_empty() {
            *kept = value.trim().to_ascii_lowercase();
        }
    }

    /// The body, its encodings undone.
    pub(super) fn body(&self, mut bytes: Vec<u8>, limit: u64) -> Result<Vec<u8>, ReadErrorKind> {
        bytes.drain(..self.body);
        let body = if self.transfer.contains("chunked") { unchunked(bytes) } else { bytes };
        decompressed(body, &self.encoding, limit)
    }
}

/// Whether a line may be of a head: `Key: value`, or the status.
fn is_head_line(line: &[u8]) -> bool {
    let key = line.iter().position(|byte| *byte == b':').map(|colon| &line[..colon]);
    let is_key =
        |key: &[u8]| (1..=60).contains(&key.len()) && key.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-');
    line.starts_with(b"HTTP") || key.is_some_and(is_key)
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
        "deflate" if body.first().is_some_and(|byte| byte & 0x0f == 8) => {
            read(&mut flate2::bufread::ZlibDecoder::new(&body[..]))?
        }
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

    fn check(head: &str, body: &[u8], expected: (Option<u16>, &str, &[u8])) {
        let bytes = [head.as_bytes(), body].concat();
        let response = Response::of(&bytes).expect("a response");
        let (status, content_type, content) = expected;
        assert_eq!((response.status, response.content_type.as_str()), (status, content_type), "{head}");
        assert_eq!(response.body(bytes, 1000).expect("a body"), content, "{head}");
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = flate2::read::GzEncoder::new(bytes, flate2::Compression::fast());
        encoder.read_to_end(&mut out).expect("memory");
        out
    }

    #[test]
    fn heads_of_crawlers() {
        let page = b"<p>Tom";
        for status in ["HTTP/1.1 200 OK", "HTTP/2 200", "HTTP/2.0 200 ", "HTTP/1.1 200", "HTTP/3 200 OK"] {
            check(&format!("{status}\r\nContent-Type: text/html\r\n\r\n"), page, (Some(200), "text/html", page));
            check(&format!("{status}\nContent-Type: text/html\n\n"), page, (Some(200), "text/html", page));
        }
        check("HTTP/2\r\nContent-Type: text/html\r\n\r\n", page, (None, "text/html", page));
        check("Content-Type: text/html\r\n\r\n", page, (None, "text/html", page));
        check("", page, (None, "", page));
        check("", b"Tom runs.\nFast.", (None, "", b"Tom runs.\nFast."));
        check("HTTP/1.1 404 Not Found\r\n\r\n", b"", (Some(404), "", b""));
        check("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", page, (Some(200), "", page));
    }

    #[test]
    fn odd_headers() {
        let with = |lines: &str| format!("HTTP/1.1 200 OK\r\n{lines}\r\nContent-Type: text/html\r\n\r\n");
        let many = (0..3000).map(|n| format!("X-{n}: 1")).collect::<Vec<_>>().join("\r\n");
        for lines in
            ["This is no header", "Set-Cookie : a=b", "X-Long: a\r\n b\r\n\tc", ": x", "X:\u{1}", "É: x", &many]
        {
            check(&with(lines), b"<p>Tom", (Some(200), "text/html", b"<p>Tom"));
        }
        check(
            "HTTP/1.1 200 OK\r\nContent-Type:\r\n text/html;\r\n charset=x\r\n\r\n",
            b"a",
            (Some(200), "text/html; charset=x", b"a"),
        );
        check("HTTP/1.1 200 OK\nContent-Type: text/html\n<p>Tom\n", b"", (Some(200), "text/html", b"<p>Tom\n"));
    }

    #[test]
    fn transfer_and_content_encodings_are_undone() {
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let page = (Some(200), "", &b"<p>Tom C"[..]);
        check(chunked, b"5\r\n<p>To\r\n3\r\nm C\r\n0\r\n\r\n", page);
        check(chunked, b"<p>Tom C", page);
        let packed = |name: &str| format!("HTTP/1.1 200 OK\r\nContent-Encoding: {name}\r\n\r\n");
        check(&packed("gzip"), &gzip(b"<p>Tom C"), page);
        for plain in ["gzip", "br", "deflate", "identity"] {
            check(&packed(plain), b"<p>Tom C", page);
        }
        check(&packed("zstd"), &zstd::encode_all(&b"<p>Tom C"[..], 1).expect("memory"), page);
    }

    #[test]
    fn damaged_and_oversized_responses_are_errors() {
        assert!(matches!(Response::of(b"HTTP/1.1 200"), Err(ReadErrorKind::Malformed { .. })));
        let endless = [&b"HTTP/1.1 200 OK\r\n"[..], &b"X: y\r\n".repeat(MAX_HEAD / 6)].concat();
        assert!(matches!(Response::of(&endless), Err(ReadErrorKind::Malformed { .. })));
        let head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n";
        let bomb = [&head[..], &gzip(&[b' '; 5000])].concat();
        let response = Response::of(&bomb).expect("a head");
        assert!(matches!(response.body(bomb, 1000), Err(ReadErrorKind::Oversized { .. })));
    }
}
