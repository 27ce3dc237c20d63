//! Building a new index beside the old one, in the same folder, then replacing the old
//! one at once.
//!
//! The new index is built in a hidden folder within the index folder, so that it is on
//! the same file system whatever the folder is: a mount point, a symbolic link, the
//! working folder. At the end its files are moved into the index folder, which holds
//! both for a moment, and `meta.json` is replaced, which switches from one to the
//! other. Nothing but files of newsearch is touched: what users keep in the folder
//! stays where it is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::files::{sync_folder, write_whole};

use super::commit::open_tantivy;
use super::error::IndexError;
use super::folder::{holds_index_files_only, is_of_commit, last_number};
use super::lock::WriterLock;

/// The hidden folder that is built in.
const ASIDE: &str = ".rebuild";
const META: &str = "meta.json";
/// tantivy's list of its files.
const MANAGED: &str = ".managed.json";

/// A new index under construction; it is removed unless it is put in place.
#[derive(Debug)]
pub struct Rebuild {
    /// The folder of the index.
    target: PathBuf,
    /// The folder where the new one is built.
    aside: PathBuf,
    _lock: WriterLock,
}

impl Rebuild {
    /// Locks the index for writing, and makes the folder to build in.
    ///
    /// # Errors
    /// [`IndexError`] where the folder holds something else, another process
    /// writes, or the system refuses.
    pub fn within(target: &Path) -> Result<Self, IndexError> {
        fs::create_dir_all(target).map_err(IndexError::io(target))?;
        let lock = WriterLock::take_to_rebuild(target)?;
        let aside = target.join(ASIDE);
        if aside.exists() {
            // Left by a process that was stopped; anything else is not ours.
            if !holds_index_files_only(&aside)? {
                return Err(IndexError::Foreign(aside));
            }
            fs::remove_dir_all(&aside).map_err(IndexError::io(&aside))?;
        }
        fs::create_dir(&aside).map_err(IndexError::io(&aside))?;
        Ok(Self { target: target.into(), aside, _lock: lock })
    }

    /// Where to build.
    pub fn folder(&self) -> &Path {
        &self.aside
    }

    /// The number after which commits of the new index are counted, so that its files
    /// have other names than those of the old one.
    ///
    /// # Errors
    /// What the system says.
    pub fn last_commit(&self) -> Result<u64, IndexError> {
        last_number(&self.target)
    }

    /// Puts the new index in place of the old one, and removes the files of the old one.
    /// Where nothing was built, as when no path could be read, the old one stays.
    ///
    /// # Errors
    /// What the system says; one of the two is in place all the same.
    pub fn put_in_place(self) -> Result<(), IndexError> {
        if !self.aside.join(META).is_file() {
            return Ok(());
        }
        let new = managed(&self.aside);
        let all: BTreeSet<PathBuf> = managed(&self.target).into_iter().chain(new.iter().cloned()).collect();
        self.write_managed(&all)?;
        for entry in fs::read_dir(&self.aside).map_err(IndexError::io(&self.aside))? {
            let name = entry.map_err(IndexError::io(&self.aside))?.file_name();
            if name != META && !name.as_encoded_bytes().starts_with(b".") {
                self.move_file(Path::new(&name))?;
            }
        }
        sync_folder(&self.target);
        self.move_file(Path::new(META))?;
        sync_folder(&self.target);
        self.write_managed(&new)?;
        self.remove_old_files()
    }

    fn move_file(&self, name: &Path) -> Result<(), IndexError> {
        let to = self.target.join(name);
        fs::rename(self.aside.join(name), &to).map_err(IndexError::io(&to))
    }

    fn write_managed(&self, files: &BTreeSet<PathBuf>) -> Result<(), IndexError> {
        let path = self.target.join(MANAGED);
        let list = serde_json::to_vec(files).map_err(|error| IndexError::io(&path)(error.into()))?;
        write_whole(&path, &list).map_err(IndexError::io(&path))
    }

    /// Removes the files of the index that was replaced.
    fn remove_old_files(&self) -> Result<(), IndexError> {
        let (index, info) = open_tantivy(&self.target)?;
        let metas = index.searchable_segment_metas().map_err(IndexError::tantivy("listing its segments"))?;
        let segments: BTreeSet<String> = metas.iter().map(|meta| meta.id().uuid_string()).collect();
        for entry in fs::read_dir(&self.target).map_err(IndexError::io(&self.target))?.flatten() {
            let name = entry.file_name();
            if is_of_commit(&name.to_string_lossy(), &info, &segments) == Some(false) {
                // What cannot be removed now costs room, nothing else.
                let _ = fs::remove_file(entry.path());
            }
        }
        Ok(())
    }
}

/// The files that tantivy manages in a folder; none if its list cannot be read.
fn managed(folder: &Path) -> BTreeSet<PathBuf> {
    let read = fs::read(folder.join(MANAGED)).ok();
    read.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

impl Drop for Rebuild {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.aside);
    }
}

#[cfg(test)]
mod tests {
    use super::super::commit::index_builder;
    use super::super::directory::IndexDirectory;
    use super::super::schema::IndexSchema;
    use super::*;

    fn make_index(folder: &Path) {
        let directory = IndexDirectory::open(folder).expect("a folder");
        index_builder(&IndexSchema::new()).open_or_create(directory).expect("an index");
    }

    #[test]
    fn remains_of_a_rebuild_are_removed_and_nothing_else_is() {
        let parent = tempfile::tempdir().expect("a folder");
        let target = parent.path().join("index");
        let aside = target.join(ASIDE);
        fs::create_dir_all(&aside).expect("made");
        for name in ["names-3.bin", ".writer.lock", "0123456789abcdef0123456789abcdef.store"] {
            fs::write(aside.join(name), "x").expect("written");
        }
        assert!(Rebuild::within(&target).is_ok(), "half built by a run that was stopped");
        fs::create_dir(&aside).expect("made");
        fs::write(aside.join("thesis.txt"), "x").expect("written");
        assert!(matches!(Rebuild::within(&target), Err(IndexError::Foreign(_))));
        assert!(aside.join("thesis.txt").exists());
    }

    #[test]
    fn folders_of_others_are_refused() {
        let check = |name: &str, free: bool| {
            let folder = tempfile::tempdir().expect("a folder");
            fs::write(folder.path().join(name), "x").expect("written");
            assert_eq!(Rebuild::within(folder.path()).is_ok(), free, "{name}");
            assert!(folder.path().join(name).exists());
        };
        check("thesis.txt", false);
        check(".ssh", false);
        check("aliases.toml", true);
        check("names-3.bin", true);
        check("meta.json", false);
    }

    #[test]
    fn the_new_index_takes_the_place_of_the_old_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path();
        make_index(target);
        let keep = ["aliases.toml", "notes.txt"];
        keep.iter().for_each(|name| fs::write(target.join(name), "# mine").expect("written"));
        fs::write(target.join("names-7.bin"), "old").expect("written");
        let empty = Rebuild::within(target).expect("free");
        assert_eq!(empty.last_commit().expect("read"), 7);
        empty.put_in_place().expect("nothing was built");
        assert!(target.join("names-7.bin").exists());

        let rebuild = Rebuild::within(target).expect("free");
        make_index(rebuild.folder());
        fs::write(rebuild.folder().join("names-8.bin"), "new").expect("written");
        rebuild.put_in_place().expect("put in place");
        let has = |name: &str| target.join(name).exists();
        assert!(!has("names-7.bin") && !has(ASIDE) && keep.iter().all(|name| has(name)));
        assert!(open_tantivy(target).is_ok());
    }
}
