//! Which files of a folder are an index's own.

use std::fs;
use std::path::Path;

use super::alerts;
use super::error::IndexError;

/// Files that users keep in an index folder; they outlive the index. Earlier
/// versions wrote them through files beside them that end in `.new`, which a
/// crash may have left.
const OF_USERS: [&str; 4] = ["aliases.toml", "aliases.new", alerts::FILE, "alerts.new"];
/// Other files with names of their own, and what a crash may have left of them.
const OF_INDEX: [&str; 3] = ["meta.json", "findings.toml", "findings.new"];
/// How the names of numbered files begin.
const NUMBERED: [&str; 7] = ["names-", "links-", "copies-", "manifest-", "forms-", "codec-", "moved-"];
/// Hexadecimal digits that the name of a segment's file begins with.
const SEGMENT_ID: usize = 32;

/// Hidden files are locks, tantivy's list of files, and temporary files.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.')
}

/// Whether a folder holds nothing but hidden files and those of users.
pub(super) fn is_vacant(folder: &Path) -> Result<bool, IndexError> {
    all_files(folder, |name| is_hidden(name) || OF_USERS.contains(&name))
}

/// Whether a file of this name belongs to a segment.
fn is_segment(name: &str) -> bool {
    name.len() > SEGMENT_ID && name.bytes().take(SEGMENT_ID).all(|byte| byte.is_ascii_hexdigit())
}

/// Whether readers map the file of this name to memory.
#[cfg(feature = "serve")]
pub(super) fn is_mapped(name: &str) -> bool {
    is_segment(name) || name.ends_with(".bin")
}

/// Whether every file of a folder has a name that an index gives its files.
pub(super) fn holds_index_files_only(folder: &Path) -> Result<bool, IndexError> {
    all_files(folder, |name| {
        is_hidden(name)
            || OF_USERS.contains(&name)
            || OF_INDEX.contains(&name)
            || NUMBERED.iter().any(|start| name.starts_with(start))
            || is_segment(name)
    })
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
        for name in [".writer.lock", ".managed.json", ".aliases.toml.new", ".names-1.bin.new"] {
            check(name, true, true);
        }
        for name in OF_USERS {
            check(name, true, true);
        }
        for name in ["meta.json", "findings.toml", "findings.new", "names-3.bin", "moved-2.json", SEGMENT] {
            check(name, false, true);
        }
        for name in ["thesis.txt", "aliases.txt", "name-1.bin", "0123.store", "other.new"] {
            check(name, false, false);
        }
    }
}
