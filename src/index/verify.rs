//! Checks that every byte of an index is as it was written.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tantivy::index::SegmentComponent;
use tantivy::{Index, SegmentMeta, SegmentReader};

use crate::link::AliasLedger;

use super::commit::{CommitInfo, commit_info, open_tantivy};
use super::error::IndexError;
use super::folder::folder_bytes;
use super::names::findings_are_sound;
use super::positions;

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
}

/// Attempts while a writer replaces files, and the pause between them.
const ATTEMPTS: usize = 5;
const PAUSE: Duration = Duration::from_millis(3);
/// What is wrong with most damaged files.
const WRONG: &str = "its checksum is wrong";

/// Reads every file of the last commit and compares it with its checksum.
///
/// Segments have a CRC-32 each from tantivy; names, links, duplicates and the
/// manifest have theirs in the commit, which has its own; the list of segments
/// must be as tantivy writes it and agree with the segments.
///
/// # Errors
/// [`IndexError`] where there is no index, or none of this format.
pub fn verify(folder: &Path) -> Result<Verified, IndexError> {
    let mut attempt = 0;
    loop {
        attempt += 1;
        let (index, info) = match open_tantivy(folder) {
            Ok(opened) => opened,
            Err(IndexError::Damaged { path, what }) => {
                let mut verified = Verified::default();
                verified.problem(path, what);
                return Ok(verified);
            }
            Err(error) => return Err(error),
        };
        let verified = verify_commit(folder, &index, &info)?;
        // A writer may have replaced the commit and removed its files.
        let replaced = commit_info(folder, &index).is_ok_and(|now| now != info);
        if verified.problems.is_empty() || !replaced || attempt == ATTEMPTS {
            return Ok(verified);
        }
    }
}

/// An index of at most this many bytes is checked whole whenever it is opened, which
/// takes about a millisecond.
const CHECKED_ALWAYS: u64 = 8 << 20;

/// Checks the files that queries read, if the index is small.
///
/// # Errors
/// [`IndexError::Damaged`] with the first damaged file.
pub fn check_if_small(folder: &Path, index: &Index, info: &CommitInfo) -> Result<(), IndexError> {
    if folder_bytes(folder) > CHECKED_ALWAYS {
        return Ok(());
    }
    let mut attempt = 0;
    loop {
        attempt += 1;
        let mut verified = Verified::default();
        check_own_files(folder, info, &mut verified);
        check_segments(folder, index, &mut verified)?;
        // A merge may have replaced the segments that were checked.
        match verified.problems.into_iter().next() {
            None => return Ok(()),
            Some(Problem { path, what, .. }) if attempt == ATTEMPTS => return Err(IndexError::Damaged { path, what }),
            Some(_) => std::thread::sleep(PAUSE),
        }
    }
}

fn verify_commit(folder: &Path, index: &Index, info: &CommitInfo) -> Result<Verified, IndexError> {
    let mut verified = Verified { generation: info.generation, ..Verified::default() };
    verified.count(&folder.join("meta.json"));
    check_own_files(folder, info, &mut verified);
    check_segments(folder, index, &mut verified)?;
    check_managed(folder, index, &mut verified);
    check_ledger(folder, &mut verified);
    check_findings(folder, &mut verified)?;
    Ok(verified)
}

impl Verified {
    fn problem(&mut self, path: PathBuf, what: String) {
        self.problems.push(Problem { path, what, remedy: Remedy::Rebuild });
    }

    fn count(&mut self, path: &Path) {
        self.files += 1;
        self.bytes += path.metadata().map_or(0, |meta| meta.len());
    }
}

fn check_own_files(folder: &Path, info: &CommitInfo, verified: &mut Verified) {
    for (name, sum) in &info.checks {
        let path = folder.join(name);
        verified.count(&path);
        match std::fs::read(&path) {
            Ok(bytes) if crc32fast::hash(&bytes) == *sum => {}
            Ok(_) => verified.problem(path, WRONG.to_owned()),
            Err(error) => verified.problem(path, error.to_string()),
        }
    }
}

fn check_segments(folder: &Path, index: &Index, verified: &mut Verified) -> Result<(), IndexError> {
    let directory = index.directory();
    for segment in index.searchable_segments().map_err(IndexError::tantivy("listing its segments"))? {
        let meta = segment.meta();
        let mut sound = true;
        for file in files_of(meta) {
            verified.count(&folder.join(&file));
            match directory.validate_checksum(&file) {
                Ok(true) => continue,
                Ok(false) => verified.problem(folder.join(&file), WRONG.to_owned()),
                Err(error) => verified.problem(folder.join(&file), error.to_string()),
            }
            sound = false;
        }
        if sound && let Err(what) = check_counts(&SegmentReader::open(&segment)) {
            verified.problem(folder.join("meta.json"), format!("segment {}: {what}", meta.id().uuid_string()));
        }
    }
    Ok(())
}

/// The files that a segment may have.
fn files_of(meta: &SegmentMeta) -> impl Iterator<Item = PathBuf> {
    use SegmentComponent::{Delete, FastFields, FieldNorms, Positions, Postings, Store, Terms};
    [Postings, Positions, Terms, Store, FastFields, FieldNorms, positions::component()]
        .into_iter()
        .chain(meta.has_deletes().then_some(Delete))
        .map(|component| meta.relative_path(component))
}

/// Checks that the list of segments and a segment agree on how many articles it
/// holds.
fn check_counts(segment: &tantivy::Result<SegmentReader>) -> Result<(), String> {
    let segment = segment.as_ref().map_err(ToString::to_string)?;
    let held = segment.fast_fields().u64("tie").map_err(|error| error.to_string())?.num_docs();
    if held != segment.max_doc() {
        return Err(format!("it holds {held} articles, the list says {}", segment.max_doc()));
    }
    let alive = segment.doc_ids_alive().count();
    if alive != segment.num_docs() as usize {
        return Err(format!("{alive} of its articles are not deleted, the list says {}", segment.num_docs()));
    }
    Ok(())
}

/// Checks tantivy's list of the files it manages, by which it removes old ones.
fn check_managed(folder: &Path, index: &Index, verified: &mut Verified) {
    let path = folder.join(".managed.json");
    verified.count(&path);
    let read = std::fs::read(&path).map_err(|error| error.to_string());
    let listed = read.and_then(|bytes| serde_json::from_slice::<BTreeSet<PathBuf>>(&bytes).map_err(|e| e.to_string()));
    match listed {
        Err(what) => verified.problem(path, what),
        Ok(listed) => {
            let segments = index.searchable_segment_metas().unwrap_or_default();
            let files = segments.iter().flat_map(files_of).chain([PathBuf::from("meta.json")]);
            let mut files = files.filter(|file| folder.join(file).exists());
            if let Some(file) = files.find(|file| !listed.contains(file)) {
                verified.problem(path, format!("it does not list {}", file.display()));
            }
        }
    }
}

fn check_findings(folder: &Path, verified: &mut Verified) -> Result<(), IndexError> {
    let path = folder.join("findings.toml");
    verified.count(&path);
    if !findings_are_sound(folder)? {
        verified.problem(path, "it is not as it was written".to_owned());
    }
    Ok(())
}

fn check_ledger(folder: &Path, verified: &mut Verified) {
    let path = folder.join("aliases.toml");
    match AliasLedger::read(folder) {
        Ok(ledger) => {
            for problem in ledger.problems {
                let what = problem.to_string();
                verified.problems.push(Problem { path: path.clone(), what, remedy: Remedy::EditLedger });
            }
        }
        Err(error) => {
            verified.problems.push(Problem { path, what: error.to_string(), remedy: Remedy::MakeReadable });
        }
    }
}
