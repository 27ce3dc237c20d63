//! The files of an index folder, and what a commit says of them.
//!
//! tantivy's `meta.json` is replaced atomically; its payload names the
//! manifest and names files that belong to it, so that segments, manifest and
//! names change together.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::Index;
use tantivy::tokenizer::TextAnalyzer;

use super::IndexError;
use super::copies::Copies;
use super::postings::{TOKENIZER, TermTokenizer};
use super::schema::IndexSchema;

/// The version of the folder's format; an index of another one is refused.
pub const FORMAT_VERSION: u32 = 3;

/// The payload of a commit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitInfo {
    /// [`FORMAT_VERSION`] of the writer.
    pub format: u32,
    /// Counts commits; names the files that belong to this one.
    pub generation: u64,
    /// The commit whose links and copies are in force; 0 for none.
    pub links: u64,
    /// Bytes of article text indexed.
    pub text_bytes: u64,
}

impl CommitInfo {
    /// The file of names that belongs to this commit.
    pub fn names_path(&self, folder: &Path) -> PathBuf {
        folder.join(format!("names-{}.bin", self.generation))
    }

    /// The links that are in force with this commit.
    pub fn links_path(&self, folder: &Path) -> PathBuf {
        folder.join(format!("links-{}.bin", self.links))
    }

    /// The copies that are in force with this commit.
    pub fn copies_path(&self, folder: &Path) -> PathBuf {
        folder.join(format!("copies-{}.bin", self.links))
    }

    /// The copies that are in force with this commit; none before they are found.
    ///
    /// # Errors
    /// [`IndexError`] where the file cannot be read or is damaged.
    pub fn open_copies(&self, folder: &Path) -> Result<Copies, IndexError> {
        if self.links > 0 { Copies::open(folder, &self.copies_path(folder)) } else { Ok(Copies::default()) }
    }

    /// The manifest that belongs to this commit.
    pub fn manifest_path(&self, folder: &Path) -> PathBuf {
        folder.join(format!("manifest-{}.jsonl", self.generation))
    }
}

/// Opens the tantivy index in a folder, with what its last commit says.
///
/// # Errors
/// [`IndexError`] where there is no index, another program's, another
/// version's, or a damaged one.
pub fn open_tantivy(folder: &Path) -> Result<(Index, CommitInfo), IndexError> {
    let meta = folder.join("meta.json");
    if !meta.is_file() {
        let missing = !folder.exists() || is_vacant(folder)?;
        return Err(if missing { IndexError::Missing(folder.into()) } else { IndexError::Foreign(folder.into()) });
    }
    let index = Index::open_in_dir(folder)
        .map_err(|error| IndexError::Damaged { path: meta.clone(), what: error.to_string() })?;
    let info: CommitInfo = match index.load_metas()?.payload {
        Some(payload) => serde_json::from_str(&payload).map_err(|_| IndexError::Foreign(folder.into()))?,
        // Made, but stopped before its first commit.
        None if index.schema() == IndexSchema::new().schema => {
            CommitInfo { format: FORMAT_VERSION, ..CommitInfo::default() }
        }
        None => return Err(IndexError::Foreign(folder.into())),
    };
    if info.format != FORMAT_VERSION {
        return Err(IndexError::Version { path: folder.into(), found: info.format, expected: FORMAT_VERSION });
    }
    register(&index);
    Ok((index, info))
}

pub(super) fn register(index: &Index) {
    index.tokenizers().register(TOKENIZER, TextAnalyzer::from(TermTokenizer::default()));
}

/// Whether a folder holds nothing but hidden files and the ledger, which
/// outlives the index.
pub(super) fn is_vacant(folder: &Path) -> Result<bool, IndexError> {
    let entries = std::fs::read_dir(folder).map_err(IndexError::io(folder))?;
    for entry in entries {
        let entry = entry.map_err(IndexError::io(folder))?;
        let name = entry.file_name();
        if !name.to_string_lossy().starts_with('.') && name != "aliases.toml" {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Writes a file of a commit and waits until it is on disk.
pub(super) fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), IndexError> {
    let mut file = File::create(path).map_err(IndexError::io(path))?;
    file.write_all(bytes).map_err(IndexError::io(path))?;
    file.sync_all().map_err(IndexError::io(path))
}

/// The bytes of the files in an index folder.
pub fn folder_bytes(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries.flatten().filter_map(|entry| entry.metadata().ok()).map(|meta| meta.len()).sum()
}
