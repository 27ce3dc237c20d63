//! Opening the tantivy index of a folder, and what its last commit says.

use std::path::Path;
use std::sync::Arc;

use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
use tantivy::{Index, IndexBuilder};

use crate::index::directory::IndexDirectory;
use crate::index::error::IndexError;
use crate::index::folder::is_vacant;
use crate::index::meta_checksum::has_checksum;
use crate::index::positions::PositionsPlugin;
use crate::index::pretokenized::{TOKENIZER, TermTokenizer};
use crate::index::schema::IndexSchema;

use super::info::{CommitInfo, FORMAT_VERSION};

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
    let directory = IndexDirectory::open(folder).map_err(IndexError::io(folder))?;
    let mut index = Index::open(directory).map_err(IndexError::opening(&path))?;
    let info = commit_info(folder, &index)?;
    if info.format != FORMAT_VERSION {
        return Err(IndexError::Version { path: folder.into(), found: info.format, expected: FORMAT_VERSION });
    }
    check_meta(&path, &index)?;
    add_tokenizer(index.tokenizers());
    index.register_plugin(Arc::new(PositionsPlugin));
    Ok((index, info))
}

/// What the last commit of an open index says, as the folder has it now.
///
/// # Errors
/// [`IndexError`] where the folder is another program's or damaged.
pub fn commit_info(folder: &Path, index: &Index) -> Result<CommitInfo, IndexError> {
    let meta = index.load_metas().map_err(IndexError::opening(&folder.join("meta.json")))?;
    match meta.payload {
        Some(payload) => CommitInfo::from_payload(&payload).map_err(|what| match payload.contains("generation") {
            true => IndexError::damaged(&folder.join("meta.json"), what),
            false => IndexError::Foreign(folder.into()),
        }),
        // Made, but stopped before its first commit.
        None if meta.schema == IndexSchema::new().schema => {
            Ok(CommitInfo { format: FORMAT_VERSION, ..CommitInfo::default() })
        }
        None => Err(IndexError::Foreign(folder.into())),
    }
}

/// Checks that `meta.json` has a checksum, which was checked when it was read, and
/// the schema of this format.
fn check_meta(path: &Path, index: &Index) -> Result<(), IndexError> {
    let written = std::fs::read(path).map_err(IndexError::io(path))?;
    if !has_checksum(&written) {
        return Err(IndexError::damaged(path, "it has no checksum"));
    }
    if index.schema() != IndexSchema::new().schema {
        return Err(IndexError::damaged(path, "its schema is not that of this format"));
    }
    Ok(())
}

/// Builds indexes with the tokenizer of ready-made terms and the positions
/// plugin.
pub fn index_builder(schema: &IndexSchema) -> IndexBuilder {
    let tokenizers = TokenizerManager::default();
    add_tokenizer(&tokenizers);
    let builder = Index::builder().schema(schema.schema.clone()).tokenizers(tokenizers);
    builder.register_plugin(Arc::new(PositionsPlugin))
}

fn add_tokenizer(tokenizers: &TokenizerManager) {
    tokenizers.register(TOKENIZER, TextAnalyzer::from(TermTokenizer::default()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        files.iter().for_each(|(name, text)| std::fs::write(folder.path().join(name), text).expect("written"));
        folder
    }

    #[test]
    fn a_folder_without_an_index_is_empty_or_foreign() {
        let is_missing = |files: &[(&str, &str)]| match open_tantivy(folder_with(files).path()) {
            Err(IndexError::Missing(_)) => true,
            Err(IndexError::Foreign(_)) => false,
            other => panic!("{:?}", other.map(|(_, info)| info)),
        };
        assert!(is_missing(&[]));
        assert!(is_missing(&[("aliases.toml", ""), ("alerts.json", "{}"), (".writer.lock", "")]));
        // What a crash leaves of a ledger that was just being written.
        assert!(is_missing(&[("aliases.new", ""), (".aliases.toml.new", "")]));
        assert!(!is_missing(&[("notes.txt", "")]));
        assert!(matches!(open_tantivy(Path::new("no/such/folder")), Err(IndexError::Missing(_))));
    }

    #[test]
    fn what_newsearch_would_not_write_is_damage() {
        let folder = folder_with(&[]);
        let builder = index_builder(&IndexSchema::new());
        builder.open_or_create(IndexDirectory::open(folder.path()).expect("a folder")).expect("an index");
        let (_, info) = open_tantivy(folder.path()).expect("before its first commit");
        assert_eq!((info.format, info.generation), (FORMAT_VERSION, 0));
        let path = folder.path().join("meta.json");
        let sound = std::fs::read_to_string(&path).expect("read");
        let check = |text: &str| {
            std::fs::write(&path, text).expect("written");
            matches!(open_tantivy(folder.path()), Err(IndexError::Damaged { .. } | IndexError::Foreign(_)))
        };
        assert!(check("{"));
        assert!(check(&sound.replace("  ", "   ")));
        assert!(check(&sound.replace("checksum", "other")));
        for damaged in [sound.replace("16384", "16385"), sound.replace("\"opstamp\": 0", "\"opstamp\": 1")] {
            assert!(damaged != sound && check(&damaged));
        }
        assert!(!check(&sound));
    }
}
