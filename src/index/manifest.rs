//! Which files the index holds, so that unchanged ones are not read again.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::article::is_under;
use crate::files::write_synced;

use super::error::IndexError;
use super::folder::last_numbered;

/// A file whose articles are in the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestEntry {
    /// Its absolute path; see [`crate::read::file_name`] for bytes that are not UTF-8.
    pub file: String,
    /// Its number in the index; 0 before it has one.
    #[serde(default)]
    pub number: u64,
    /// Bytes on disk.
    pub size: u64,
    /// Modification time in nanoseconds since 1970; 0 where a later change may have
    /// the same time.
    pub modified: u64,
    /// When its inode was changed, as by renaming it; 0 where the system does not say.
    #[serde(default)]
    pub changed: u64,
    /// CRC-32 (IEEE) of its bytes.
    pub hash: u32,
    /// How many articles it gave.
    pub articles: u64,
    /// Whether it is to be read again though it has not changed: the system refused
    /// to read some of it, or a run was stopped.
    pub unread: bool,
    /// Files that hold articles of it in its place.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub yields_to: BTreeSet<String>,
    /// Of a cluster's files: the number of the indexing run that read it, and its
    /// place in that run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_by: Option<(u64, u64)>,
}

/// The files of the index by name, and the roots under which they were found; on disk
/// one JSON object a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Absolute paths of the folders and files that were given to index.
    pub roots: BTreeSet<String>,
    /// The files.
    pub files: BTreeMap<String, ManifestEntry>,
}

/// A line of the file.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line<'a> {
    Root { root: Cow<'a, str> },
    File(Cow<'a, ManifestEntry>),
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// [`IndexError::Io`], or [`IndexError::Damaged`] with the line.
    pub fn read(path: &Path) -> Result<Self, IndexError> {
        let file = File::open(path).map_err(IndexError::io(path))?;
        let mut manifest = Self::default();
        for (number, line) in BufReader::new(file).lines().enumerate() {
            let entry = line.and_then(|line| Ok(serde_json::from_str::<Line<'static>>(&line)?));
            let entry = entry.map_err(|error| IndexError::damaged(path, format!("line {}: {error}", number + 1)))?;
            match entry {
                Line::Root { root } => _ = manifest.roots.insert(root.into_owned()),
                Line::File(entry) => _ = manifest.files.insert(entry.file.clone(), entry.into_owned()),
            }
        }
        Ok(manifest)
    }

    /// Reads the last manifest of a folder whose commit may be lost; `None` where none can
    /// be read.
    pub fn read_last(folder: &Path) -> Option<Self> {
        last_numbered(folder, "manifest-").and_then(|path| Self::read(&path).ok())
    }

    /// The files under a root, in path order.
    pub fn files_under<'m>(&'m self, root: &'m str) -> impl Iterator<Item = &'m ManifestEntry> {
        self.files.values().filter(move |entry| is_under(&entry.file, root))
    }

    /// Writes it, waits until it is on disk, and returns its CRC-32.
    ///
    /// # Errors
    /// [`IndexError::Io`].
    pub fn write(&self, path: &Path) -> Result<u32, IndexError> {
        let mut lines = Vec::with_capacity(self.files.len() * 160);
        let roots = self.roots.iter().map(|root| Line::Root { root: root.into() });
        for line in roots.chain(self.files.values().map(|entry| Line::File(Cow::Borrowed(entry)))) {
            serde_json::to_writer(&mut lines, &line).map_err(|error| IndexError::io(path)(error.into()))?;
            lines.push(b'\n');
        }
        write_synced(path, &lines).map_err(IndexError::io(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(file: &str, yields_to: &[&str]) -> ManifestEntry {
        let yields_to = yields_to.iter().map(|file| (*file).to_owned()).collect();
        let (number, changed, unread, read_by) = (3, 6, false, None);
        let (size, modified, hash, articles) = (9, 5, 1, 2);
        ManifestEntry {
            file: file.to_owned(),
            number,
            size,
            modified,
            changed,
            hash,
            articles,
            unread,
            yields_to,
            read_by,
        }
    }

    #[test]
    fn roots_and_files_come_back_a_line_each() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("manifest-1.jsonl");
        let entries = [entry("/in/a.txt", &[]), entry("/in/b.txt", &["/in/c.txt"])];
        let files = entries.map(|entry| (entry.file.clone(), entry)).into();
        let manifest = Manifest { roots: ["/in".to_owned()].into(), files };
        let sum = manifest.write(&path).expect("written");
        let bytes = std::fs::read(&path).expect("read");
        assert_eq!(sum, crc32fast::hash(&bytes));
        let text = String::from_utf8_lossy(&bytes);
        let expected = [
            r#"{"root":"/in"}"#,
            r#"{"file":"/in/a.txt","number":3,"size":9,"modified":5,"changed":6,"hash":1,"articles":2,"unread":false}"#,
        ];
        assert_eq!(text.lines().take(2).collect::<Vec<_>>(), expected);
        assert_eq!(Manifest::read(&path).expect("read"), manifest);
    }

    #[test]
    fn damage_is_reported_with_its_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("manifest-1.jsonl");
        let manifest = Manifest { files: [("a".to_owned(), entry("a", &[]))].into(), ..Manifest::default() };
        manifest.write(&path).expect("written");
        let mut bytes = std::fs::read(&path).expect("read");
        bytes.extend_from_slice(b"{}\n");
        std::fs::write(&path, bytes).expect("written");
        let error = Manifest::read(&path).expect_err("damaged").to_string();
        assert!(error.contains("is damaged (line 2: "), "{error}");
    }
}
