//! The catalog's files in a folder.

use std::fs;
use std::path::Path;

use crate::cluster::catalog::catalog_file::CatalogVersion;
use crate::index::IndexError;

/// Names the version that a folder is a copy of.
const COPY_OF: &str = ".copy-of.json";

/// The version that a folder is a copy of, if it is one.
pub(super) fn copied_version(folder: &Path) -> Option<CatalogVersion> {
    serde_json::from_slice(&fs::read(folder.join(COPY_OF)).ok()?).ok()
}

/// Records that a folder is a copy of a version.
pub(super) fn record_version(folder: &Path, version: &CatalogVersion) -> Result<(), IndexError> {
    let path = folder.join(COPY_OF);
    fs::write(&path, serde_json::to_vec(version).unwrap_or_default()).map_err(IndexError::io(&path))
}

/// Records that a folder is no longer a copy.
pub(super) fn forget_version(folder: &Path) {
    let _ = fs::remove_file(folder.join(COPY_OF));
}

/// Size and CRC-32 (IEEE) of a file.
pub(super) fn measure(path: &Path) -> Result<(u64, u32), IndexError> {
    let bytes = fs::read(path).map_err(IndexError::io(path))?;
    Ok((bytes.len() as u64, crc32fast::hash(&bytes)))
}

/// The names of the catalog's files in a folder: without those of its users,
/// locks and unfinished downloads.
pub(super) fn files_of(folder: &Path) -> Result<Vec<String>, IndexError> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(IndexError::io(folder))? {
        let entry = entry.map_err(IndexError::io(folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let of_users = ["aliases.toml", "alerts.json"].contains(&name.as_str());
        let hidden = name.starts_with('.') && name != ".managed.json";
        if !of_users && !hidden && entry.path().is_file() {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Removes a catalog that the cluster no longer has from a folder.
pub(super) fn clear(folder: &Path) -> Result<(), IndexError> {
    for name in files_of(folder)? {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(IndexError::io(&path))?;
    }
    forget_version(folder);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_files_of_the_catalog_are_listed_and_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        for name in ["meta.json", ".managed.json", "aliases.toml", "alerts.json", ".a.idx.part", ".lock", "a.idx"] {
            fs::write(folder.join(name), name).expect("written");
        }
        assert_eq!(files_of(folder).expect("listed"), [".managed.json", "a.idx", "meta.json"]);
        let version = CatalogVersion { index: "film".to_owned(), seq_no: 1, primary_term: 2 };
        record_version(folder, &version).expect("recorded");
        assert_eq!(copied_version(folder), Some(version));
        clear(folder).expect("cleared");
        assert_eq!((files_of(folder).expect("listed"), copied_version(folder)), (Vec::new(), None));
        assert!(folder.join("aliases.toml").is_file());
    }

    #[test]
    fn sizes_and_checksums_are_measured() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("digits");
        fs::write(&path, "123456789").expect("written");
        assert_eq!(measure(&path).expect("measured"), (9, 0xcbf4_3926));
    }
}
