//! Which files the index holds, so that unchanged ones are not read again.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::files::write_synced;

use super::error::IndexError;

/// A file whose articles are in the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestEntry {
    /// Its name in results.
    pub file: String,
    /// The name it had when it was read, where it was moved since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Bytes on disk.
    pub size: u64,
    /// Modification time in nanoseconds since 1970.
    pub modified: u64,
    /// CRC-32 (IEEE) of its bytes.
    pub hash: u32,
    /// How many articles it gave.
    pub articles: u64,
    /// Whether the system refused to read some of it; such a file is read again
    /// though it has not changed.
    pub unread: bool,
    /// Of a cluster's files: the number of the indexing run that read it, and its
    /// place in that run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_by: Option<(u64, u64)>,
}

impl ManifestEntry {
    /// The file name under which its articles are indexed.
    pub fn key(&self) -> &str {
        self.key.as_deref().unwrap_or(&self.file)
    }
}

/// The files of the index by name; on disk one JSON object a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The files.
    pub files: BTreeMap<String, ManifestEntry>,
}

impl Manifest {
    /// Whether a file is in the index as it is on disk.
    pub fn is_current(&self, file: &str, size: u64, modified: u64) -> bool {
        self.files.get(file).is_some_and(|e| e.size == size && e.modified == modified && !e.unread)
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// [`IndexError::Io`], or [`IndexError::Damaged`] with the line.
    pub fn read(path: &Path) -> Result<Self, IndexError> {
        let file = File::open(path).map_err(IndexError::io(path))?;
        let mut manifest = Self::default();
        for (number, line) in BufReader::new(file).lines().enumerate() {
            let entry = line.and_then(|line| Ok(serde_json::from_str::<ManifestEntry>(&line)?));
            let entry = entry.map_err(|error| IndexError::damaged(path, format!("line {}: {error}", number + 1)))?;
            manifest.files.insert(entry.file.clone(), entry);
        }
        Ok(manifest)
    }

    /// Writes it, waits until it is on disk, and returns its CRC-32.
    ///
    /// # Errors
    /// [`IndexError::Io`].
    pub fn write(&self, path: &Path) -> Result<u32, IndexError> {
        let mut lines = Vec::with_capacity(self.files.len() * 120);
        for entry in self.files.values() {
            serde_json::to_writer(&mut lines, entry).map_err(|error| IndexError::io(path)(error.into()))?;
            lines.push(b'\n');
        }
        write_synced(path, &lines).map_err(IndexError::io(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(file: &str, key: Option<&str>) -> ManifestEntry {
        let (file, key) = (file.to_owned(), key.map(str::to_owned));
        ManifestEntry { file, key, size: 9, modified: 5, hash: 1, articles: 2, unread: false, read_by: None }
    }

    #[test]
    fn files_come_back_a_line_each() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("manifest-1.jsonl");
        let entries = [entry("a.txt", None), entry("new/b.txt", Some("b.txt"))];
        let manifest = Manifest { files: entries.map(|entry| (entry.file.clone(), entry)).into() };
        let sum = manifest.write(&path).expect("written");
        let bytes = std::fs::read(&path).expect("read");
        assert_eq!(sum, crc32fast::hash(&bytes));
        let first = r#"{"file":"a.txt","size":9,"modified":5,"hash":1,"articles":2,"unread":false}"#;
        assert_eq!(String::from_utf8_lossy(&bytes).lines().next(), Some(first));
        assert_eq!(Manifest::read(&path).expect("read"), manifest);
        assert_eq!(manifest.files["new/b.txt"].key(), "b.txt");
    }

    #[test]
    fn only_unchanged_files_are_current() {
        let unread = ManifestEntry { unread: true, ..entry("b", None) };
        let manifest = Manifest { files: [entry("a", None), unread].map(|e| (e.file.clone(), e)).into() };
        let check = |file, size, modified| manifest.is_current(file, size, modified);
        assert!(check("a", 9, 5));
        assert!(!check("a", 8, 5) && !check("a", 9, 6) && !check("b", 9, 5) && !check("c", 9, 5));
    }

    #[test]
    fn damage_is_reported_with_its_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("manifest-1.jsonl");
        let manifest = Manifest { files: [("a".to_owned(), entry("a", None))].into() };
        manifest.write(&path).expect("written");
        let mut bytes = std::fs::read(&path).expect("read");
        bytes.extend_from_slice(b"{}\n");
        std::fs::write(&path, bytes).expect("written");
        let error = Manifest::read(&path).expect_err("damaged").to_string();
        assert!(error.contains("is damaged (line 2: "), "{error}");
    }
}
