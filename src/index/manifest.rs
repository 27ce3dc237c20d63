//! Which files the index holds, so that unchanged ones are not read again.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::IndexError;

/// A file whose articles are in the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestEntry {
    /// Its name in results.
    pub file: String,
    /// Bytes on disk.
    pub size: u64,
    /// Modification time in nanoseconds since 1970.
    pub modified: u64,
    /// How many articles it gave.
    pub articles: u64,
    /// Whether the system kept us from reading some of it; such a file is
    /// read again though it has not changed.
    pub unread: bool,
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
            let line = line.map_err(IndexError::io(path))?;
            let entry: ManifestEntry = serde_json::from_str(&line).map_err(|error| IndexError::Damaged {
                path: path.into(),
                what: format!("line {}: {error}", number + 1),
            })?;
            manifest.files.insert(entry.file.clone(), entry);
        }
        Ok(manifest)
    }

    /// Writes it and waits until it is on disk.
    ///
    /// # Errors
    /// [`IndexError::Io`].
    pub fn write(&self, path: &Path) -> Result<(), IndexError> {
        let file = File::create(path).map_err(IndexError::io(path))?;
        let mut out = BufWriter::new(file);
        for entry in self.files.values() {
            serde_json::to_writer(&mut out, entry).map_err(|e| IndexError::io(path)(e.into()))?;
            out.write_all(b"\n").map_err(IndexError::io(path))?;
        }
        let file = out.into_inner().map_err(|e| IndexError::io(path)(e.into_error()))?;
        file.sync_all().map_err(IndexError::io(path))
    }
}
