//! Responses to the same request from the same commit.

use std::io::{Read, Write};

use axum::body::Bytes;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use quick_cache::Weighter;
use quick_cache::sync::Cache as Entries;

/// The expected mean size of an entry, from which their number is estimated.
const MEAN_BYTES: u64 = 4096;
/// Entries that memory is reserved for, at most.
const MAX_RESERVED: u64 = 1 << 20;
/// Bytes of an entry beside its key and body.
const OVERHEAD: u64 = 128;
/// The fastest level; higher ones cost more time than the network saves.
const LEVEL: u32 = 1;

/// A body compressed with gzip (RFC 1952).
#[derive(Clone)]
pub(super) struct GzippedBody {
    pub content_type: &'static str,
    pub bytes: Bytes,
}

impl GzippedBody {
    pub fn new(content_type: &'static str, body: &[u8]) -> Self {
        let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::new(LEVEL));
        // Writing to memory does not fail.
        let bytes = encoder.write_all(body).and_then(|()| encoder.finish()).unwrap_or_default();
        Self { content_type, bytes: bytes.into() }
    }

    /// The body before compression.
    pub fn decompress(&self) -> Bytes {
        let mut body = Vec::with_capacity(self.bytes.len() * 4);
        // Our own output is valid.
        let _ = GzDecoder::new(&self.bytes[..]).read_to_end(&mut body);
        body.into()
    }
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<String, GzippedBody> for ByBytes {
    fn weight(&self, key: &String, body: &GzippedBody) -> u64 {
        key.len() as u64 + body.bytes.len() as u64 + OVERHEAD
    }
}

/// Responses by commit and request, up to a number of bytes; those requested
/// again stay longest.
pub(super) struct Cache {
    entries: Option<Entries<String, GzippedBody, ByBytes>>,
}

impl Cache {
    /// A cache of so many bytes; 0 turns it off.
    pub fn new(bytes: u64) -> Self {
        let reserved = (bytes / MEAN_BYTES).clamp(16, MAX_RESERVED) as usize;
        Self { entries: (bytes > 0).then(|| Entries::with_weighter(reserved, bytes, ByBytes)) }
    }

    pub fn is_on(&self) -> bool {
        self.entries.is_some()
    }

    pub fn get(&self, key: &str) -> Option<GzippedBody> {
        self.entries.as_ref()?.get(key)
    }

    pub fn put(&self, key: String, body: GzippedBody) {
        if let Some(entries) = &self.entries {
            entries.insert(key, body);
        }
    }

    /// Removes everything: responses from another commit are never requested.
    pub fn clear(&self) {
        if let Some(entries) = &self.entries {
            entries.clear();
        }
    }

    /// The bytes in the cache.
    pub fn bytes(&self) -> u64 {
        self.entries.as_ref().map_or(0, Entries::weight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> GzippedBody {
        GzippedBody::new("text/plain", text.as_bytes())
    }

    #[test]
    fn bodies_come_back_as_they_were() {
        for text in ["", "a", &"premiere in Paris, ".repeat(500)] {
            assert_eq!(body(text).decompress(), text.as_bytes());
        }
        assert!(body(&"premiere ".repeat(500)).bytes.len() < 200);
    }

    #[test]
    fn entries_stay_until_the_next_commit() {
        let cache = Cache::new(1 << 20);
        assert!(cache.is_on() && cache.get("1 /search").is_none());
        cache.put("1 /search".to_owned(), body("one"));
        assert_eq!(cache.get("1 /search").map(|body| body.decompress()), Some("one".into()));
        assert!(cache.get("2 /search").is_none() && cache.bytes() >= OVERHEAD);
        cache.clear();
        assert!(cache.get("1 /search").is_none());
        assert_eq!(cache.bytes(), 0);
    }

    #[test]
    fn a_cache_of_no_bytes_is_off() {
        let cache = Cache::new(0);
        cache.put("1 /search".to_owned(), body("one"));
        assert!(!cache.is_on() && cache.get("1 /search").is_none() && cache.bytes() == 0);
    }
}
