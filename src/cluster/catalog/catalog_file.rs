//! The files of a catalog, and its version in the cluster.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Bytes of a file in one document.
pub(super) const CHUNK: usize = 4 << 20;

/// A file of the catalog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CatalogFile {
    pub name: String,
    /// In bytes.
    pub size: u64,
    /// CRC-32 (IEEE).
    pub crc: u32,
}

impl CatalogFile {
    /// The prefix of its chunks' ids: two catalogs may have files of one name.
    pub fn stem(&self) -> String {
        format!("{}-{:08x}-{}", self.name, self.crc, self.size)
    }

    /// How many documents hold it.
    pub fn chunks(&self) -> u64 {
        self.size.div_ceil(CHUNK as u64)
    }
}

/// A version of the catalog in the cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CatalogVersion {
    /// The index behind the alias.
    pub index: String,
    pub seq_no: u64,
    pub primary_term: u64,
}

impl CatalogVersion {
    /// The version that a response about the catalog's document states.
    pub fn of_response(response: &Value) -> Self {
        Self {
            index: response["_index"].as_str().unwrap_or_default().to_owned(),
            seq_no: response["_seq_no"].as_u64().unwrap_or(0),
            primary_term: response["_primary_term"].as_u64().unwrap_or(0),
        }
    }
}

/// The catalog as it is in the cluster.
pub(super) struct CurrentCatalog {
    pub version: CatalogVersion,
    pub files: Vec<CatalogFile>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn files_are_cut_into_chunks() {
        let check = |size: u64, chunks: u64, stem: &str| {
            let file = CatalogFile { name: "a.idx".to_owned(), size, crc: 0x1f };
            assert_eq!((file.chunks(), file.stem().as_str()), (chunks, stem));
        };
        check(0, 0, "a.idx-0000001f-0");
        check(1, 1, "a.idx-0000001f-1");
        check(CHUNK as u64, 1, "a.idx-0000001f-4194304");
        check(CHUNK as u64 + 1, 2, "a.idx-0000001f-4194305");
    }

    #[test]
    fn versions_are_read_from_responses() {
        let check = |response: Value, index: &str, seq_no: u64, primary_term: u64| {
            let expected = CatalogVersion { index: index.to_owned(), seq_no, primary_term };
            assert_eq!(CatalogVersion::of_response(&response), expected);
        };
        check(json!({"_index": "film-catalog", "_seq_no": 7, "_primary_term": 2}), "film-catalog", 7, 2);
        check(json!({}), "", 0, 0);
    }
}
