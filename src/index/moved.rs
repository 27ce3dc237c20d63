//! Files that were moved after they were read: their articles keep the names
//! they were indexed under, and are shown under the present ones.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use super::IndexError;
use super::layout::write_synced;
use super::manifest::Manifest;

/// From the name a file was read under to its present name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moved(BTreeMap<String, String>);

impl Moved {
    /// The moved files of a manifest.
    pub fn of(manifest: &Manifest) -> Self {
        let moved = manifest.files.values().filter_map(|entry| Some((entry.key.clone()?, entry.file.clone())));
        Self(moved.collect())
    }

    /// Whether no file was moved.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The path to show for one that an article was indexed under; of a member
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
        let map = serde_json::from_slice(&bytes);
        map.map(Self).map_err(|error| IndexError::Damaged { path: path.into(), what: error.to_string() })
    }

    pub(super) fn write(&self, path: &Path) -> Result<u32, IndexError> {
        let bytes = serde_json::to_vec(&self.0).map_err(|error| IndexError::io(path)(error.into()))?;
        write_synced(path, &bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_move_with_their_archive() {
        let moved = Moved(BTreeMap::from([("a.zip".to_owned(), "old/b.zip".to_owned())]));
        assert_eq!(moved.current("a.zip!/x.html"), "old/b.zip!/x.html");
        assert_eq!(moved.current("c.txt"), "c.txt");
    }
}
