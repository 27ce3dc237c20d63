//! Files that were moved after they were read: their articles stay indexed
//! under the old names and are shown under the present ones.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use crate::files::write_synced;

use super::error::IndexError;
use super::manifest::Manifest;

/// From the name a file was read under to its present name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MovedFiles(BTreeMap<String, String>);

impl MovedFiles {
    /// The moved files of a manifest.
    pub fn of(manifest: &Manifest) -> Self {
        let moved = manifest.files.values().filter_map(|entry| Some((entry.key.clone()?, entry.file.clone())));
        Self(moved.collect())
    }

    /// Whether no file was moved.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The present path of one that an article was indexed under; of a member
    /// of an archive, only the archive's own name may have changed.
    pub fn current<'p>(&self, path: &'p str) -> Cow<'p, str> {
        if self.0.is_empty() {
            return Cow::Borrowed(path);
        }
        let (file, member) = path.find("!/").map_or((path, ""), |at| path.split_at(at));
        self.0.get(file).map_or(Cow::Borrowed(path), |now| Cow::Owned(format!("{now}{member}")))
    }

    pub(super) fn read(path: &Path) -> Result<Self, IndexError> {
        let bytes = std::fs::read(path).map_err(IndexError::io(path))?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| IndexError::damaged(path, error.to_string()))
    }

    pub(super) fn write(&self, path: &Path) -> Result<u32, IndexError> {
        let bytes = serde_json::to_vec(&self.0).map_err(|error| IndexError::io(path)(error.into()))?;
        write_synced(path, &bytes).map_err(IndexError::io(path))
    }
}

#[cfg(test)]
mod tests {
    use super::super::manifest::ManifestEntry;
    use super::*;

    #[test]
    fn paths_are_shown_as_they_are_now() {
        let moved = MovedFiles(BTreeMap::from([("a.zip".to_owned(), "old/b.zip".to_owned())]));
        let check = |path, expected| assert_eq!(moved.current(path), expected);
        check("a.zip", "old/b.zip");
        check("a.zip!/x.html", "old/b.zip!/x.html");
        check("c.txt", "c.txt");
        check("c.zip!/a.zip", "c.zip!/a.zip");
        assert_eq!(MovedFiles::default().current("a.zip"), "a.zip");
    }

    #[test]
    fn moved_files_are_those_with_an_old_name() {
        let entry = |file: &str, key: Option<&str>| {
            let (file, key) = (file.to_owned(), key.map(str::to_owned));
            let entry =
                ManifestEntry { file, key, size: 0, modified: 0, hash: 0, articles: 1, unread: false, read_by: None };
            (entry.file.clone(), entry)
        };
        let mut manifest = Manifest { files: [entry("a", None)].into() };
        assert!(MovedFiles::of(&manifest).is_empty());
        manifest.files.extend([entry("new/b", Some("b"))]);
        let moved = MovedFiles::of(&manifest);
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("moved-1.json");
        moved.write(&path).expect("written");
        assert_eq!(std::fs::read_to_string(&path).expect("read"), r#"{"b":"new/b"}"#);
        assert_eq!(MovedFiles::read(&path).expect("read"), moved);
        std::fs::write(&path, "{").expect("written");
        assert!(matches!(MovedFiles::read(&path), Err(IndexError::Damaged { .. })));
    }
}
