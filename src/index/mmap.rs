//! Files of a commit as memory maps.

use std::path::Path;

use tantivy::Directory;
use tantivy::directory::{FileSlice, OwnedBytes};

use super::directory::IndexDirectory;
use super::error::IndexError;

/// Maps the file `path` of an index folder.
///
/// # Errors
/// [`IndexError::Damaged`] where the file is missing; [`IndexError::Io`].
pub(super) fn map_file(folder: &Path, path: &Path) -> Result<OwnedBytes, IndexError> {
    let directory = IndexDirectory::open(folder).map_err(IndexError::io(folder))?;
    let name = Path::new(path.file_name().unwrap_or_default());
    let handle = directory.get_file_handle(name).map_err(IndexError::opening_file(path))?;
    FileSlice::new(handle).read_bytes().map_err(IndexError::io(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_is_damage() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("names-1.bin");
        assert!(matches!(map_file(folder.path(), &path), Err(IndexError::Damaged { .. })));
        std::fs::write(&path, b"bytes").expect("written");
        assert_eq!(&*map_file(folder.path(), &path).expect("mapped"), b"bytes");
    }
}
