//! Building a new index beside the old one, then exchanging the two at once.

use std::fs;
use std::path::{Path, PathBuf};

use crate::files::sync_folder;
use crate::link::AliasLedger;

use super::alerts::Alerts;
use super::error::IndexError;
use super::folder::holds_index_files_only;
use super::lock::WriterLock;

/// A folder to build in; it is removed unless it is swapped in.
#[derive(Debug)]
pub struct Rebuild {
    /// The folder of the index.
    target: PathBuf,
    /// The folder where the new one is built.
    aside: PathBuf,
    _lock: Option<WriterLock>,
}

impl Rebuild {
    /// Makes the folder beside the index, with the index's ledger and standing
    /// queries in it, and locks the index for writing.
    ///
    /// # Errors
    /// [`IndexError`] where the folder holds something else, another process
    /// writes, or the system refuses.
    pub fn beside(target: &Path) -> Result<Self, IndexError> {
        let lock = target.exists().then(|| WriterLock::take(target)).transpose()?;
        let mut name = target.file_name().unwrap_or_default().to_os_string();
        name.push(".rebuild");
        let aside = target.with_file_name(name);
        if aside.exists() {
            // Left by a process that was stopped, maybe while removing it;
            // anything else is not ours.
            if !holds_index_files_only(&aside)? {
                return Err(IndexError::Foreign(aside));
            }
            fs::remove_dir_all(&aside).map_err(IndexError::io(&aside))?;
        }
        fs::create_dir_all(&aside).map_err(IndexError::io(&aside))?;
        let rebuild = Self { target: target.into(), aside, _lock: lock };
        rebuild.copy_user_files()?;
        Ok(rebuild)
    }

    /// Copies what users keep in the folder: decisions and standing queries.
    fn copy_user_files(&self) -> Result<(), IndexError> {
        AliasLedger::copy(&self.target, &self.aside).map_err(IndexError::io(&self.target))?;
        Alerts::copy(&self.target, &self.aside).map_err(IndexError::io(&self.target))
    }

    /// Where to build.
    pub fn folder(&self) -> &Path {
        &self.aside
    }

    /// Puts the new index in place of the old one, and removes the old one.
    /// Where nothing was built, as when no path could be read, the old one stays.
    ///
    /// # Errors
    /// What the system says; one of the two is in place all the same.
    pub fn swap(self) -> Result<(), IndexError> {
        if !self.aside.join("meta.json").is_file() {
            return Ok(());
        }
        // Decisions made since the copy must not be lost.
        self.copy_user_files()?;
        sync_folder(&self.aside);
        if !self.target.exists() {
            return fs::rename(&self.aside, &self.target).map_err(IndexError::io(&self.target));
        }
        exchange(&self.aside, &self.target).map_err(IndexError::io(&self.target))?;
        if let Some(parent) = self.target.parent() {
            sync_folder(parent);
        }
        // Dropping removes the old index, which is in `aside` now.
        Ok(())
    }
}

impl Drop for Rebuild {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.aside);
    }
}

/// Exchanges two folders, in one step where the system can.
#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        Err(_) => exchange_in_steps(a, b),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange(a: &Path, b: &Path) -> std::io::Result<()> {
    exchange_in_steps(a, b)
}

/// Three renames; between the first two there is no folder `b`.
fn exchange_in_steps(a: &Path, b: &Path) -> std::io::Result<()> {
    let old = b.with_extension("old");
    fs::rename(b, &old)?;
    fs::rename(a, b)?;
    fs::rename(&old, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remains_of_an_index_are_ours_and_nothing_else_is() {
        let parent = tempfile::tempdir().expect("a folder");
        let (target, aside) = (parent.path().join("index"), parent.path().join("index.rebuild"));
        fs::create_dir(&aside).expect("made");
        for name in ["names-3.bin", ".writer.lock", "aliases.new", "0123456789abcdef0123456789abcdef.store"] {
            fs::write(aside.join(name), "x").expect("written");
        }
        assert!(Rebuild::beside(&target).is_ok(), "half removed by a run that was stopped");
        fs::create_dir(&aside).expect("made");
        fs::write(aside.join("thesis.txt"), "x").expect("written");
        assert!(matches!(Rebuild::beside(&target), Err(IndexError::Foreign(_))));
        assert!(aside.join("thesis.txt").exists());
    }

    #[test]
    fn the_new_index_takes_the_place_of_the_old_one() {
        let parent = tempfile::tempdir().expect("a folder");
        let target = parent.path().join("index");
        fs::create_dir(&target).expect("made");
        fs::write(target.join("aliases.toml"), "# mine").expect("written");
        let meta = |folder: &Path| fs::read_to_string(folder.join("meta.json")).unwrap_or_default();
        let empty = Rebuild::beside(&target).expect("free");
        empty.swap().expect("nothing was built");
        assert_eq!(meta(&target), "");
        let rebuild = Rebuild::beside(&target).expect("free");
        fs::write(rebuild.folder().join("meta.json"), "new").expect("written");
        let aside = rebuild.folder().to_owned();
        rebuild.swap().expect("swapped");
        assert_eq!(meta(&target), "new");
        assert_eq!(fs::read_to_string(target.join("aliases.toml")).expect("kept"), "# mine");
        assert!(!aside.exists());
    }
}
