//! Which files of a folder are an index's own.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::alerts;
use super::commit::CommitInfo;
use super::error::IndexError;

/// Files that users keep in an index folder; they outlive the index. Earlier
/// versions wrote them through files beside them that end in `.new`, which a
/// crash may have left.
const OF_USERS: [&str; 4] = ["aliases.toml", "aliases.new", alerts::FILE, "alerts.new"];
/// Other files with names of their own, and what a crash may have left of them.
const OF_INDEX: [&str; 3] = ["meta.json", "findings.toml", "findings.new"];
/// How the names of numbered files begin and end.
const NUMBERED: [(&str, &str); 7] = [
    ("names-", ".bin"),
    ("links-", ".bin"),
    ("copies-", ".bin"),
    ("manifest-", ".jsonl"),
    ("forms-", ".bin"),
    ("codec-", ".bin"),
    // Written by versions before 0.2.
    ("moved-", ".json"),
];
/// Hexadecimal digits that the name of a segment's file begins with.
const SEGMENT_ID: usize = 32;
/// Locks, tantivy's list of files, and the folder of a rebuild.
const HIDDEN: [&str; 8] = [
    ".writer.lock",
    ".alerts.lock",
    ".aliases.lock",
    ".aliases.sum",
    ".managed.json",
    ".tantivy-writer.lock",
    ".tantivy-meta.lock",
    ".rebuild",
];

/// What version control and file managers put into an empty folder.
const PLACEHOLDERS: [&str; 4] = [".gitkeep", ".gitignore", ".keep", ".DS_Store"];

/// Whether a name is that of a lock, a list or a temporary file of newsearch or
/// tantivy, or of a placeholder.
fn is_hidden(name: &str) -> bool {
    HIDDEN.contains(&name)
        || PLACEHOLDERS.contains(&name)
        || name.starts_with(".tmp")
        || name.starts_with('.') && name.ends_with(".new")
}

/// The digits of the name of a numbered file.
fn number_of(name: &str) -> Option<u64> {
    let digits = NUMBERED.iter().find_map(|(start, end)| name.strip_prefix(start)?.strip_suffix(end))?;
    digits.parse().ok()
}

/// The id of the segment that a file belongs to.
fn segment_of(name: &str) -> Option<&str> {
    let id = name.get(..SEGMENT_ID)?;
    (name.len() > SEGMENT_ID && id.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(id)
}

/// Whether a folder holds nothing but what newsearch hides and files of users.
pub(super) fn is_vacant(folder: &Path) -> Result<bool, IndexError> {
    all_files(folder, |name| is_hidden(name) || OF_USERS.contains(&name))
}

/// Whether readers map the file of this name to memory.
#[cfg(feature = "serve")]
pub(super) fn is_mapped(name: &str) -> bool {
    segment_of(name).is_some() || name.ends_with(".bin")
}

/// Whether every file of a folder has a name that an index gives its files.
pub(super) fn holds_index_files_only(folder: &Path) -> Result<bool, IndexError> {
    all_files(folder, |name| {
        is_hidden(name)
            || OF_USERS.contains(&name)
            || OF_INDEX.contains(&name)
            || number_of(name).is_some()
            || segment_of(name).is_some()
    })
}

/// Whether a file belongs to a commit; `None` if it is none of an index's numbered files
/// and segments.
pub(super) fn is_of_commit(name: &str, info: &CommitInfo, segments: &BTreeSet<String>) -> Option<bool> {
    if let Some(segment) = segment_of(name) {
        return Some(segments.contains(segment));
    }
    number_of(name).map(|_| info.checks.contains_key(name))
}

/// The file of a folder with the highest number among those whose names begin with
/// `start`.
pub(super) fn last_numbered(folder: &Path, start: &str) -> Option<PathBuf> {
    let names = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let numbered = names.filter(|name| name.starts_with(start)).filter_map(|name| Some((number_of(&name)?, name)));
    numbered.max().map(|(_, name)| folder.join(name))
}

/// The highest number of a folder's numbered files; 0 where it has none.
pub(super) fn last_number(folder: &Path) -> Result<u64, IndexError> {
    let entries = fs::read_dir(folder).map_err(IndexError::io(folder))?;
    let numbers = entries.flatten().filter_map(|entry| number_of(&entry.file_name().to_string_lossy()));
    Ok(numbers.max().unwrap_or(0))
}

fn all_files(folder: &Path, fits: impl Fn(&str) -> bool) -> Result<bool, IndexError> {
    for entry in fs::read_dir(folder).map_err(IndexError::io(folder))? {
        let entry = entry.map_err(IndexError::io(folder))?;
        if !fits(&entry.file_name().to_string_lossy()) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The bytes of all files in an index folder; 0 where it cannot be read.
pub fn folder_bytes(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries.flatten().filter_map(|entry| entry.metadata().ok()).map(|meta| meta.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_knows_its_own_files() {
        const SEGMENT: &str = "0123456789abcdef0123456789abcdef.store";
        let check = |name: &str, vacant: bool, own: bool| {
            let folder = tempfile::tempdir().expect("a folder");
            fs::write(folder.path().join(name), "x").expect("written");
            let found = (is_vacant(folder.path()).expect("read"), holds_index_files_only(folder.path()).expect("read"));
            assert_eq!(found, (vacant, own), "{name}");
            assert_eq!(folder_bytes(folder.path()), 1);
        };
        for name in [".gitkeep", ".writer.lock", ".managed.json", ".aliases.toml.new", ".names-1.bin.new"] {
            check(name, true, true);
        }
        for name in OF_USERS {
            check(name, true, true);
        }
        for name in ["meta.json", "findings.toml", "findings.new", "names-3.bin", "moved-2.json", SEGMENT] {
            check(name, false, true);
        }
        for name in
            ["thesis.txt", "aliases.txt", "name-1.bin", "0123.store", "other.new", ".ssh", "names-x.bin", "names-1.txt"]
        {
            check(name, false, false);
        }
    }
}
