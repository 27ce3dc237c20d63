//! Checks that every byte of an index is as it was written.

mod checksums;
mod segments;
mod user_files;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tantivy::Index;

use super::commit::{CommitInfo, commit_info, open_tantivy};
use super::error::IndexError;
use super::folder::folder_bytes;

use checksums::check_own_file;
use segments::{check_managed, check_segments, check_small_parts};
use user_files::{check_alerts, check_findings, check_ledger};

/// What [`verify`] found.
#[derive(Debug, Default)]
pub struct Verified {
    /// Files that were checked.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Which commit is in force.
    pub generation: u64,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What is worth knowing, and not wrong.
    pub notes: Vec<String>,
}

/// A file that is not as it should be.
#[derive(Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub what: String,
    /// What to do.
    pub remedy: Remedy,
}

/// What to do about a [`Problem`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remedy {
    /// Rebuild the index from its articles.
    Rebuild,
    /// Edit the alias ledger; its other decisions are in force.
    EditLedger,
    /// See that the file can be read.
    MakeReadable,
    /// Accept the alerts as they are, or get them from a copy.
    MendAlerts,
}

/// Attempts while a writer replaces files, and the pause between them.
const ATTEMPTS: usize = 5;
const PAUSE: Duration = Duration::from_millis(3);

/// Reads every file of the last commit and compares it with its checksum.
///
/// Segments have a CRC-32 each from tantivy; names, links, duplicates and the
/// manifest have theirs in the commit, which has its own, as the list of segments
/// has. Files of users are checked as far as they can be.
///
/// # Errors
/// [`IndexError`] where there is no index, or none of this format.
pub fn verify(folder: &Path) -> Result<Verified, IndexError> {
    let verified = verify_in_steps(folder, &mut || ControlFlow::Continue(()))?;
    // It is never stopped.
    Ok(verified.unwrap_or_default())
}

/// The same in steps of about a megabyte, for a program that does other work
/// meanwhile: `step` is called after each, and stops it. Memory is that of a step.
///
/// # Errors
/// As for [`verify`]; `None` where it was stopped.
pub fn verify_in_steps(
    folder: &Path,
    step: &mut dyn FnMut() -> ControlFlow<()>,
) -> Result<Option<Verified>, IndexError> {
    let mut attempt = 0;
    loop {
        attempt += 1;
        let (index, info) = match open_tantivy(folder) {
            Ok(opened) => opened,
            Err(IndexError::Damaged { path, what }) => {
                let mut verified = Verified::default();
                verified.problem(path, what, Remedy::Rebuild);
                return Ok(Some(verified));
            }
            Err(error) => return Err(error),
        };
        let mut run = Run { folder, step, verified: Verified::default(), stopped: false };
        run.check_commit(&index, &info)?;
        let Run { verified, stopped, .. } = run;
        if stopped {
            return Ok(None);
        }
        // A writer may have replaced the commit and removed its files.
        let replaced = commit_info(folder, &index).is_ok_and(|now| now != info);
        if verified.problems.is_empty() || !replaced || attempt == ATTEMPTS {
            return Ok(Some(verified));
        }
    }
}

/// An index of at most this many bytes is checked whole whenever it is opened, which
/// takes about a millisecond.
const CHECKED_ALWAYS: u64 = 8 << 20;
/// The names, links, duplicates, inflections and codec of a larger one are checked
/// if they have at most this many bytes, which takes some milliseconds.
const OWN_CHECKED: u64 = 16 << 20;

/// Checks the files that queries read, as far as that costs little.
///
/// # Errors
/// [`IndexError::Damaged`] with the first damaged file.
pub fn check_if_small(folder: &Path, index: &Index, info: &CommitInfo) -> Result<(), IndexError> {
    let is_small = folder_bytes(folder) <= CHECKED_ALWAYS;
    let mut attempt = 0;
    loop {
        attempt += 1;
        let mut step = || ControlFlow::Continue(());
        let mut run = Run { folder, step: &mut step, verified: Verified::default(), stopped: false };
        if is_small {
            run.check_own_files(info);
            check_segments(&mut run, index)?;
        } else {
            run.check_read_files(info);
            check_small_parts(&mut run, index)?;
        }
        // A merge may have replaced the segments that were checked.
        match run.verified.problems.into_iter().next() {
            None => return Ok(()),
            Some(Problem { path, what, .. }) if attempt == ATTEMPTS => return Err(IndexError::Damaged { path, what }),
            Some(_) => std::thread::sleep(PAUSE),
        }
    }
}

/// A verification that is running.
struct Run<'a> {
    folder: &'a Path,
    step: &'a mut dyn FnMut() -> ControlFlow<()>,
    verified: Verified,
    stopped: bool,
}

impl Run<'_> {
    fn check_commit(&mut self, index: &Index, info: &CommitInfo) -> Result<(), IndexError> {
        self.verified.generation = info.generation;
        // Its checksum was checked when it was opened.
        self.verified.count(&self.folder.join("meta.json"));
        self.check_own_files(info);
        check_segments(self, index)?;
        check_managed(self, index);
        check_ledger(self);
        check_alerts(self);
        check_findings(self)
    }

    fn check_own_files(&mut self, info: &CommitInfo) {
        info.checks.iter().for_each(|(name, sum)| check_own_file(self, name, *sum));
    }

    /// Checks those of them that queries read, unless they are large.
    fn check_read_files(&mut self, info: &CommitInfo) {
        let read = info.checks.iter().filter(|(name, _)| !name.starts_with("manifest-"));
        let size = |name: &str| self.folder.join(name).metadata().map_or(0, |metadata| metadata.len());
        if read.clone().map(|(name, _)| size(name)).sum::<u64>() <= OWN_CHECKED {
            read.for_each(|(name, sum)| check_own_file(self, name, *sum));
        }
    }

    /// Whether to go on after a step.
    fn goes_on(&mut self) -> bool {
        self.stopped = self.stopped || (self.step)().is_break();
        !self.stopped
    }

    fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.join(name)
    }
}

impl Verified {
    fn problem(&mut self, path: PathBuf, what: impl Into<String>, remedy: Remedy) {
        self.problems.push(Problem { path, what: what.into(), remedy });
    }

    fn count(&mut self, path: &Path) {
        self.files += 1;
        self.bytes += path.metadata().map_or(0, |meta| meta.len());
    }
}
