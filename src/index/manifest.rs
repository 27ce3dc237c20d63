//! Which files the index holds, so that unchanged ones are not read again.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::IndexError;
use super::layout::write_synced;

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
    /// Whether the system kept us from reading some of it; such a file is
    /// read again though it has not changed.
    pub unread: bool,
    /// Of a cluster's files: the run that read it, and its place in that run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_by: Option<(u64, u64)>,
}

impl ManifestEntry {
    /// The name that its articles bear in the index.
    pub fn key(&self) -> &str {
        self.key.as_deref().unwrap_or(&self.file)
    }
}

/// The files of the index by name; one JSON object a line.
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
            let damaged = |what: String| IndexError::Damaged { path: path.into(), what };
            let line = line.map_err(|error| damaged(format!("line {}: {error}", number + 1)))?;
            let entry: ManifestEntry =
                serde_json::from_str(&line).map_err(|error| damaged(format!("line {}: {error}", number + 1)))?;
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
        write_synced(path, &lines)
    }
}
