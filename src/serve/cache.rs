//! Answers that were given to the same question, of the same commit.

use std::io::{Read, Write};

use axum::body::Bytes;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use quick_cache::Weighter;
use quick_cache::sync::Cache as Kept;

/// The size of an answer, about, and the places that are made ready at most.
const MEAN_BYTES: u64 = 4096;
const MOST_PLACES: u64 = 1 << 20;
/// What an entry costs beside its key and body.
const OVERHEAD: u64 = 128;
/// How hard bodies are packed: more costs more time than the wire saves.
const LEVEL: u32 = 1;

/// A body, packed by gzip (RFC 1952).
#[derive(Clone)]
pub(super) struct Packed {
    pub content_type: &'static str,
    pub bytes: Bytes,
}

impl Packed {
    pub fn new(content_type: &'static str, body: &[u8]) -> Self {
        let mut packer = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::new(LEVEL));
        // Writing into memory does not fail.
        let packed = packer.write_all(body).and_then(|()| packer.finish()).unwrap_or_default();
        Self { content_type, bytes: packed.into() }
    }

    /// The body as it was.
    pub fn unpacked(&self) -> Bytes {
        let mut body = Vec::with_capacity(self.bytes.len() * 4);
        // What we packed unpacks.
        let _ = GzDecoder::new(&self.bytes[..]).read_to_end(&mut body);
        body.into()
    }
}

#[derive(Clone)]
struct Bytewise;

impl Weighter<String, Packed> for Bytewise {
    fn weight(&self, key: &String, packed: &Packed) -> u64 {
        key.len() as u64 + packed.bytes.len() as u64 + OVERHEAD
    }
}

/// Answers by what was asked of which commit, within a number of bytes; those
/// asked for again stay longest.
pub(super) struct Cache {
    kept: Option<Kept<String, Packed, Bytewise>>,
}

impl Cache {
    /// Keeps so many bytes; none where that is 0.
    pub fn new(bytes: u64) -> Self {
        let places = (bytes / MEAN_BYTES).clamp(16, MOST_PLACES) as usize;
        Self { kept: (bytes > 0).then(|| Kept::with_weighter(places, bytes, Bytewise)) }
    }

    pub fn is_on(&self) -> bool {
        self.kept.is_some()
    }

    pub fn get(&self, key: &str) -> Option<Packed> {
        self.kept.as_ref()?.get(key)
    }

    pub fn put(&self, key: String, packed: Packed) {
        if let Some(kept) = &self.kept {
            kept.insert(key, packed);
        }
    }

    /// Forgets everything, as answers of another commit are of no use.
    pub fn clear(&self) {
        if let Some(kept) = &self.kept {
            kept.clear();
        }
    }

    /// The bytes that are kept.
    pub fn bytes(&self) -> u64 {
        self.kept.as_ref().map_or(0, Kept::weight)
    }
}
