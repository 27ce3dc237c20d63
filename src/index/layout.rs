//! The files of an index folder, and what a commit says of them.
//!
//! tantivy's `meta.json` is replaced atomically; its payload names the
//! manifest, names, links and copies that belong to it, with their checksums,
//! so that segments and all these change together.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
use tantivy::{Index, IndexBuilder, IndexMeta};

use super::IndexError;
use super::codec::Unpacking;
use super::copies::Copies;
use super::moved::Moved;
use super::positions::PositionsPlugin;
use super::postings::{TOKENIZER, TermTokenizer};
use super::schema::IndexSchema;

/// The version of the folder's format; an index of another one is refused.
pub const FORMAT_VERSION: u32 = 7;

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
    /// The commit whose links and copies are in force; 0 for none.
    #[serde(default)]
    pub links: u64,
    /// The commit whose codec packs the articles; 0 for none.
    #[serde(default)]
    pub codec: u64,
    /// Whether a file of moved files belongs to this commit.
    #[serde(default)]
    pub moved: bool,
    /// Bytes of article text indexed.
    #[serde(default)]
    pub text_bytes: u64,
    /// CRC-32 (IEEE) of the files that belong to this commit, by name.
    #[serde(default)]
    pub checks: BTreeMap<String, u32>,
}

impl CommitInfo {
    /// The file of names that belongs to this commit.
    pub fn names_path(&self, folder: &Path) -> PathBuf {
        folder.join(format!("names-{}.bin", self.generation))
    }

    /// The file of written forms that belongs to this commit.
    pub fn forms_path(&self, folder: &Path) -> PathBuf {
        folder.join(format!("forms-{}.bin", self.generation))
    }

    /// The codec of the articles.
    pub fn codec_path(&self, folder: &Path) -> PathBuf {
        folder.join(format!("codec-{}.bin", self.codec))
    }

    /// What reads the articles.
    ///
    /// # Errors
    /// [`IndexError`] where the codec cannot be read or is damaged.
    pub fn open_codec(&self, folder: &Path) -> Result<Unpacking, IndexError> {
        if self.codec > 0 { Unpacking::open(&self.codec_path(folder)) } else { Ok(Unpacking::plain()) }
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

    /// The moved files that belong to this commit.
    pub fn moved_path(&self, folder: &Path) -> PathBuf {
        folder.join(format!("moved-{}.json", self.generation))
    }

    /// The moved files; none where the commit has no such file.
    ///
    /// # Errors
    /// [`IndexError`] where the file cannot be read or is damaged.
    pub fn open_moved(&self, folder: &Path) -> Result<Moved, IndexError> {
        if self.moved { Moved::read(&self.moved_path(folder)) } else { Ok(Moved::default()) }
    }

    /// Notes the checksum of a file of this commit.
    pub(super) fn check(&mut self, path: &Path, sum: u32) {
        if let Some(name) = path.file_name() {
            self.checks.insert(name.to_string_lossy().into_owned(), sum);
        }
    }

    /// The payload as it is written: this, and its own checksum.
    pub(super) fn to_payload(&self) -> Result<String, serde_json::Error> {
        let info = serde_json::to_string(self)?;
        serde_json::to_string(&Payload { sum: crc32fast::hash(info.as_bytes()), info })
    }

    /// Reads a payload; the payloads of formats before the fourth have no
    /// checksum, and only their version is of interest.
    fn from_payload(payload: &str) -> Result<Self, String> {
        match serde_json::from_str::<Payload>(payload) {
            Ok(Payload { info, sum }) if crc32fast::hash(info.as_bytes()) == sum => {
                serde_json::from_str(&info).map_err(|error| error.to_string())
            }
            Ok(_) => Err("its payload does not have its checksum".to_owned()),
            Err(_) => serde_json::from_str(payload).map_err(|error| error.to_string()),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Payload {
    info: String,
    sum: u32,
}

/// Opens the tantivy index in a folder, with what its last commit says.
///
/// # Errors
/// [`IndexError`] where there is no index, another program's, another
/// version's, or a damaged one.
pub fn open_tantivy(folder: &Path) -> Result<(Index, CommitInfo), IndexError> {
    let path = folder.join("meta.json");
    if !path.is_file() {
        let missing = !folder.exists() || is_vacant(folder)?;
        return Err(if missing { IndexError::Missing(folder.into()) } else { IndexError::Foreign(folder.into()) });
    }
    let damaged = |what: String| IndexError::Damaged { path: path.clone(), what };
    let mut index = Index::open_in_dir(folder).map_err(|error| damaged(error.to_string()))?;
    let info = commit_info(folder, &index)?;
    if info.format != FORMAT_VERSION {
        return Err(IndexError::Version { path: folder.into(), found: info.format, expected: FORMAT_VERSION });
    }
    check_meta(&path, &index).map_err(damaged)?;
    add_tokenizer(index.tokenizers());
    index.register_plugin(Arc::new(PositionsPlugin));
    Ok((index, info))
}

/// What the last commit of an open index says, as the folder has it now.
///
/// # Errors
/// [`IndexError`] where the folder is another program's or damaged.
pub fn commit_info(folder: &Path, index: &Index) -> Result<CommitInfo, IndexError> {
    let meta = index.load_metas()?;
    match meta.payload {
        Some(payload) => CommitInfo::from_payload(&payload).map_err(|what| match payload.contains("generation") {
            true => IndexError::Damaged { path: folder.join("meta.json"), what },
            false => IndexError::Foreign(folder.into()),
        }),
        // Made, but stopped before its first commit.
        None if meta.schema == IndexSchema::new().schema => {
            Ok(CommitInfo { format: FORMAT_VERSION, ..CommitInfo::default() })
        }
        None => Err(IndexError::Foreign(folder.into())),
    }
}

/// tantivy's list of segments has no checksum: it must at least be, byte for
/// byte, what tantivy writes, with the schema of this format.
pub(super) fn check_meta(path: &Path, index: &Index) -> Result<(), String> {
    let (written, meta) = read_meta(path, index)?;
    let expected = serde_json::to_string_pretty(&meta).map_err(|error| error.to_string())?;
    if written.strip_suffix('\n') != Some(&expected) {
        return Err("it is not as tantivy writes it".to_owned());
    }
    if meta.schema != IndexSchema::new().schema {
        return Err("its schema is not that of this format".to_owned());
    }
    Ok(())
}

/// The list of segments as written and as read, both of one state though a
/// writer may replace it meanwhile.
fn read_meta(path: &Path, index: &Index) -> Result<(String, IndexMeta), String> {
    loop {
        let before = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
        let meta = index.load_metas().map_err(|error| error.to_string())?;
        if std::fs::read_to_string(path).is_ok_and(|after| after == before) {
            return Ok((before, meta));
        }
    }
}

/// Makes an index with what cuts its fields and keeps their positions.
pub fn index_builder(schema: &IndexSchema) -> IndexBuilder {
    let tokenizers = TokenizerManager::default();
    add_tokenizer(&tokenizers);
    let builder = Index::builder().schema(schema.schema.clone()).tokenizers(tokenizers);
    builder.register_plugin(Arc::new(PositionsPlugin))
}

fn add_tokenizer(tokenizers: &TokenizerManager) {
    tokenizers.register(TOKENIZER, TextAnalyzer::from(TermTokenizer::default()));
}

/// Whether a folder holds nothing but hidden files, the ledger and the
/// standing queries, which outlive the index.
pub(super) fn is_vacant(folder: &Path) -> Result<bool, IndexError> {
    let entries = std::fs::read_dir(folder).map_err(IndexError::io(folder))?;
    for entry in entries {
        let entry = entry.map_err(IndexError::io(folder))?;
        let name = entry.file_name();
        if !name.to_string_lossy().starts_with('.') && name != "aliases.toml" && name != super::alerts::FILE {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Writes a file of a commit, waits until it is on disk, and returns its
/// CRC-32.
pub(super) fn write_synced(path: &Path, bytes: &[u8]) -> Result<u32, IndexError> {
    let mut file = File::create(path).map_err(IndexError::io(path))?;
    file.write_all(bytes).map_err(IndexError::io(path))?;
    file.sync_all().map_err(IndexError::io(path))?;
    Ok(crc32fast::hash(bytes))
}

/// Waits until the names of new files are on disk too; systems that cannot
/// open folders keep them safe themselves.
pub(super) fn sync_folder(folder: &Path) {
    let _ = File::open(folder).and_then(|open| open.sync_all());
}

/// The bytes of the files in an index folder.
pub fn folder_bytes(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries.flatten().filter_map(|entry| entry.metadata().ok()).map(|meta| meta.len()).sum()
}
