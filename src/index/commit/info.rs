//! The payload of a commit: which files belong to it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::article::{IdScope, UserFields};
use crate::index::duplicates::DuplicateClusters;
use crate::index::error::IndexError;
use crate::index::stored::ArticleDecoder;

/// The version of the folder's format; an index of another one is refused.
pub const FORMAT_VERSION: u32 = 10;

/// The payload of a commit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitInfo {
    /// [`FORMAT_VERSION`] of the writer.
    pub format: u32,
    /// Counts commits; names the files that belong to this one.
    pub generation: u64,
    /// When the index was made, in nanoseconds since 1970: tells an index from
    /// another that is swapped into its place.
    #[serde(default)]
    pub epoch: u64,
    /// The commit whose links and duplicates are in force; 0 for none.
    #[serde(default)]
    pub links: u64,
    /// The commit whose codec packs the articles; 0 for none.
    #[serde(default)]
    pub codec: u64,
    /// The last number that was given to a file.
    #[serde(default)]
    pub last_file: u64,
    /// What ids are one within.
    #[serde(default)]
    pub ids: IdScope,
    /// Whether several articles may have the same id.
    #[serde(default)]
    pub has_shared_ids: bool,
    /// The fields that the user named when the index was made.
    #[serde(default, skip_serializing_if = "UserFields::is_empty")]
    pub fields: UserFields,
    /// Bytes of article text indexed.
    #[serde(default)]
    pub text_bytes: u64,
    /// CRC-32 (IEEE) of the files that belong to this commit, by name.
    #[serde(default)]
    pub checks: BTreeMap<String, u32>,
}

/// The payload as it is written: the JSON of a [`CommitInfo`], and its CRC-32.
#[derive(Serialize, Deserialize)]
struct Payload {
    info: String,
    sum: u32,
}

impl CommitInfo {
    /// The file of names that belongs to this commit.
    pub fn names_path(&self, folder: &Path) -> PathBuf {
        folder.join(format!("names-{}.bin", self.generation))
    }

    /// The file of inflections that belongs to this commit.
    pub fn inflections_path(&self, folder: &Path) -> PathBuf {
        folder.join(format!("forms-{}.bin", self.generation))
    }

    /// The codec of the articles.
    pub fn codec_path(&self, folder: &Path) -> PathBuf {
        folder.join(format!("codec-{}.bin", self.codec))
    }

    /// Opens the decoder of the stored articles.
    ///
    /// # Errors
    /// [`IndexError`] where the codec cannot be read or is damaged.
    pub fn open_decoder(&self, folder: &Path) -> Result<ArticleDecoder, IndexError> {
        if self.codec > 0 { ArticleDecoder::open(&self.codec_path(folder)) } else { Ok(ArticleDecoder::plain()) }
    }

    /// The links that are in force with this commit.
    pub fn links_path(&self, folder: &Path) -> PathBuf {
        folder.join(format!("links-{}.bin", self.links))
    }

    /// The duplicate clusters that are in force with this commit.
    pub fn duplicates_path(&self, folder: &Path) -> PathBuf {
        folder.join(format!("copies-{}.bin", self.links))
    }

    /// Opens the duplicate clusters that are in force with this commit; none
    /// before they are found.
    ///
    /// # Errors
    /// [`IndexError`] where the file cannot be read or is damaged.
    pub fn open_duplicates(&self, folder: &Path) -> Result<DuplicateClusters, IndexError> {
        match self.links {
            0 => Ok(DuplicateClusters::default()),
            _ => DuplicateClusters::open(folder, &self.duplicates_path(folder)),
        }
    }

    /// The manifest that belongs to this commit.
    pub fn manifest_path(&self, folder: &Path) -> PathBuf {
        folder.join(format!("manifest-{}.jsonl", self.generation))
    }

    /// Notes the checksum of a file of this commit.
    pub(in crate::index) fn add_check(&mut self, path: &Path, sum: u32) {
        if let Some(name) = path.file_name() {
            self.checks.insert(name.to_string_lossy().into_owned(), sum);
        }
    }

    /// The payload as it is written.
    pub(in crate::index) fn to_payload(&self) -> Result<String, serde_json::Error> {
        let info = serde_json::to_string(self)?;
        serde_json::to_string(&Payload { sum: crc32fast::hash(info.as_bytes()), info })
    }

    /// Reads a payload. Payloads of formats before the fourth have no checksum;
    /// only their version is of interest.
    pub(super) fn from_payload(payload: &str) -> Result<Self, String> {
        match serde_json::from_str::<Payload>(payload) {
            Ok(Payload { info, sum }) if crc32fast::hash(info.as_bytes()) == sum => {
                serde_json::from_str(&info).map_err(|error| error.to_string())
            }
            Ok(_) => Err("its payload does not have its checksum".to_owned()),
            Err(_) => serde_json::from_str(payload).map_err(|error| error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info() -> CommitInfo {
        let mut info =
            CommitInfo { format: FORMAT_VERSION, generation: 3, epoch: 9, links: 2, codec: 1, ..CommitInfo::default() };
        info.add_check(Path::new("index/names-3.bin"), 7);
        info
    }

    #[test]
    fn files_are_named_by_the_commit_that_wrote_them() {
        let (info, folder) = (info(), Path::new("x"));
        let check = |path: PathBuf, name: &str| assert_eq!(path, folder.join(name));
        check(info.names_path(folder), "names-3.bin");
        check(info.inflections_path(folder), "forms-3.bin");
        check(info.manifest_path(folder), "manifest-3.jsonl");
        check(info.links_path(folder), "links-2.bin");
        check(info.duplicates_path(folder), "copies-2.bin");
        check(info.codec_path(folder), "codec-1.bin");
        assert_eq!(info.checks, BTreeMap::from([("names-3.bin".to_owned(), 7)]));
    }

    #[test]
    fn payloads_come_back() {
        let payload = info().to_payload().expect("written");
        assert_eq!(CommitInfo::from_payload(&payload), Ok(info()));
        let json = r#"{"format":9,"generation":3,"epoch":9,"links":2,"codec":1,"last_file":0,"ids":"source","has_shared_ids":false,"text_bytes":0,"checks":{"names-3.bin":7}}"#;
        let expected = serde_json::json!({"info": json, "sum": crc32fast::hash(json.as_bytes())});
        assert_eq!(serde_json::from_str::<serde_json::Value>(&payload).expect("JSON"), expected);
    }

    #[test]
    fn damaged_payloads_are_refused() {
        let payload = info().to_payload().expect("written");
        let check = |payload: &str| CommitInfo::from_payload(payload).map(|info| info.format).map_err(|_| ());
        assert_eq!(check(&payload.replace(":3,", ":4,")), Err(()));
        assert_eq!(check(&payload[1..]), Err(()));
        assert_eq!(check(""), Err(()));
        // As versions before the fourth wrote it.
        assert_eq!(check(r#"{"format":3,"generation":1}"#), Ok(3));
    }
}
