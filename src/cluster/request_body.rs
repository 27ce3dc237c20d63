//! Bodies of requests.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

/// Larger bodies are compressed, in bytes.
const COMPRESS_FROM: usize = 2048;

/// The body of a request.
#[derive(Clone, Copy)]
pub(super) enum Body<'a> {
    None,
    Json(&'a Value),
    /// JSON lines.
    Lines(&'a str),
}

/// The body of a request, encoded once for all attempts.
pub(super) struct EncodedBody {
    pub bytes: Vec<u8>,
    /// Its media type.
    pub kind: Option<&'static str>,
    /// Whether it is compressed with gzip.
    pub is_compressed: bool,
}

impl EncodedBody {
    pub fn new(body: Body<'_>) -> Self {
        let (bytes, kind) = match body {
            Body::None => (Vec::new(), None),
            Body::Json(json) => (json.to_string().into_bytes(), Some("application/json")),
            Body::Lines(lines) => (lines.as_bytes().to_vec(), Some("application/x-ndjson")),
        };
        if bytes.len() >= COMPRESS_FROM {
            let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::fast());
            // Writing into memory does not fail.
            if let Ok(packed) = encoder.write_all(&bytes).and_then(|()| encoder.finish()) {
                return Self { bytes: packed, kind, is_compressed: true };
            }
        }
        Self { bytes, kind, is_compressed: false }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;
    use serde_json::json;

    use super::*;

    #[test]
    fn bodies_are_encoded_by_kind_and_size() {
        let check = |body: Body<'_>, kind: Option<&str>, text: &str| {
            let encoded = EncodedBody::new(body);
            assert_eq!((encoded.kind, encoded.is_compressed), (kind, text.len() >= COMPRESS_FROM));
            let mut decoded = String::new();
            match encoded.is_compressed {
                true => GzDecoder::new(&encoded.bytes[..]).read_to_string(&mut decoded).expect("gzip"),
                false => (&encoded.bytes[..]).read_to_string(&mut decoded).expect("text"),
            };
            assert_eq!(decoded, text);
        };
        check(Body::None, None, "");
        check(Body::Json(&json!({"a": 1})), Some("application/json"), "{\"a\":1}");
        let lines = "{}\n".repeat(COMPRESS_FROM);
        check(Body::Lines("{}\n"), Some("application/x-ndjson"), "{}\n");
        check(Body::Lines(&lines), Some("application/x-ndjson"), &lines);
    }
}
