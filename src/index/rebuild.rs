//! A new index built beside the old one, and put in its place at once.

use std::fs;
use std::path::{Path, PathBuf};

use crate::link::AliasLedger;

use super::alerts::Alerts;
use super::layout::sync_folder;
use super::{IndexError, WriterLock};

/// A folder to build in; it goes away unless it is swapped in.
#[derive(Debug)]
pub struct Rebuild {
    /// Where the index will stand.
    target: PathBuf,
    /// Where it is built.
    aside: PathBuf,
    _lock: Option<WriterLock>,
}

impl Rebuild {
    /// Makes the folder beside the index, with the index's ledger in it, and
    /// keeps other writers from the index.
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
            // Left by a run that was stopped, maybe while it cleared it away;
            // anything else is not ours.
            if !holds_index_files_only(&aside)? {
                return Err(IndexError::Foreign(aside));
            }
            fs::remove_dir_all(&aside).map_err(IndexError::io(&aside))?;
        }
        fs::create_dir_all(&aside).map_err(IndexError::io(&aside))?;
        let rebuild = Self { target: target.into(), aside, _lock: lock };
        rebuild.copy_what_stays()?;
        Ok(rebuild)
    }

    /// Copies what users keep in the folder: decisions and standing queries.
    fn copy_what_stays(&self) -> Result<(), IndexError> {
        AliasLedger::copy(&self.target, &self.aside).map_err(IndexError::io(&self.target))?;
        Alerts::copy(&self.target, &self.aside).map_err(IndexError::io(&self.target))
    }

    /// Where to build.
    pub fn folder(&self) -> &Path {
        &self.aside
    }

    /// Puts the new index in place of the old one, and drops the old one. Where
    /// nothing was built, as when no path could be read, the old one stays.
    ///
    /// # Errors
    /// What the system says; one of the two is in place all the same.
    pub fn swap(self) -> Result<(), IndexError> {
        if !self.aside.join("meta.json").is_file() {
            return Ok(());
        }
        // Decisions made since the copy must not be lost.
        self.copy_what_stays()?;
        sync_folder(&self.aside);
        if !self.target.exists() {
            return fs::rename(&self.aside, &self.target).map_err(IndexError::io(&self.target));
        }
        exchange(&self.aside, &self.target).map_err(IndexError::io(&self.target))?;
        if let Some(parent) = self.target.parent() {
            sync_folder(parent);
        }
        // Dropping removes what now stands aside.
        Ok(())
    }
}

impl Drop for Rebuild {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.aside);
    }
}

/// Whether all that a folder holds bears names of an index's files.
fn holds_index_files_only(folder: &Path) -> Result<bool, IndexError> {
    const WHOLE: &[&str] =
        &["meta.json", "findings.toml", "findings.new", "aliases.toml", "aliases.new", "alerts.json", "alerts.new"];
    const STARTS: &[&str] = &["names-", "links-", "copies-", "manifest-", "forms-", "codec-", "moved-", "."];
    let is_segment = |name: &str| name.len() > 32 && name.bytes().take(32).all(|byte| byte.is_ascii_hexdigit());
    for entry in fs::read_dir(folder).map_err(IndexError::io(folder))? {
        let name = entry.map_err(IndexError::io(folder))?.file_name().to_string_lossy().into_owned();
        if !WHOLE.contains(&name.as_str()) && !STARTS.iter().any(|start| name.starts_with(start)) && !is_segment(&name)
        {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Exchanges two folders in one step, where the system can.
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
        for name in ["names-3.bin", ".writer.lock", "0123456789abcdef0123456789abcdef.store"] {
            fs::write(aside.join(name), "x").expect("written");
        }
        assert!(Rebuild::beside(&target).is_ok(), "half cleared away by a run that was stopped");
        fs::create_dir(&aside).expect("made");
        fs::write(aside.join("thesis.txt"), "x").expect("written");
        assert!(matches!(Rebuild::beside(&target), Err(IndexError::Foreign(_))));
        assert!(aside.join("thesis.txt").exists());
    }
}
