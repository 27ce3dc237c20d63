//! Whether the alias ledger is as newsearch wrote it last. People edit it, so that
//! a checksum within it would be wrong; that of the last state is kept beside it.

use std::fs;
use std::io;
use std::path::Path;

use crate::files::write_whole;

/// The file beside the ledger that has the CRC-32 (IEEE) of its last state.
const FILE: &str = ".aliases.sum";

/// Who changed the alias ledger last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LedgerOrigin {
    /// newsearch.
    Newsearch,
    /// Someone else has edited or removed it since newsearch wrote it.
    Edited,
    /// newsearch has not written it, or not this version.
    Unknown,
}

/// Notes what newsearch has written. Without the note, as on a full disk, the
/// ledger counts as edited.
pub(super) fn note_written(folder: &Path, ledger: &[u8]) {
    let _ = write_whole(&folder.join(FILE), sum_of(ledger).as_bytes());
}

/// Who changed the ledger `path` of a folder last.
pub(super) fn origin(folder: &Path, path: &Path) -> LedgerOrigin {
    let Ok(noted) = fs::read_to_string(folder.join(FILE)) else { return LedgerOrigin::Unknown };
    match fs::read(path) {
        Ok(ledger) if sum_of(&ledger) == noted => LedgerOrigin::Newsearch,
        Err(error) if error.kind() != io::ErrorKind::NotFound => LedgerOrigin::Unknown,
        _ => LedgerOrigin::Edited,
    }
}

fn sum_of(ledger: &[u8]) -> String {
    format!("{:08x}\n", crc32fast::hash(ledger))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_told_from_what_newsearch_wrote() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("aliases.toml");
        let check = |expected| assert_eq!(origin(folder.path(), &path), expected);
        check(LedgerOrigin::Unknown);
        fs::write(&path, "# mine").expect("written");
        check(LedgerOrigin::Unknown);
        note_written(folder.path(), b"# mine");
        check(LedgerOrigin::Newsearch);
        fs::write(&path, "# mIne").expect("written");
        check(LedgerOrigin::Edited);
        fs::remove_file(&path).expect("removed");
        check(LedgerOrigin::Edited);
        note_written(Path::new("no/such/folder"), b"");
    }
}
