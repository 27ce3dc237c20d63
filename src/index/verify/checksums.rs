//! Checksums of files, read piece by piece: not through memory maps, whose reader
//! ends with a file that is shortened meanwhile, and not into memory as a whole.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use tantivy::HasLen;
use tantivy::directory::FileSlice;
use tantivy::directory::footer::Footer;

use super::{Remedy, Run};

/// Bytes that are read at once.
const PIECE: usize = 1 << 20;
/// A segment's file ends with its checksum, within this many bytes.
const TAIL: u64 = 64 << 10;
/// What is wrong with most damaged files.
const WRONG: &str = "its checksum is wrong";

/// Checks a file of a commit against its checksum.
pub(super) fn check_own_file(run: &mut Run, name: &str, sum: u32) {
    check(run, name.as_ref(), |run, file| {
        let bytes = file.metadata()?.len();
        Ok(crc(run, file, bytes)?.is_none_or(|found| found == sum))
    });
}

/// Checks a file of a segment against the checksum at its end. Whether it is sound.
pub(super) fn check_segment_file(run: &mut Run, name: &Path) -> bool {
    check(run, name, |run, file| {
        let bytes = file.metadata()?.len();
        let tail = bytes.min(TAIL);
        file.seek(SeekFrom::Start(bytes - tail))?;
        let mut end = Vec::new();
        file.by_ref().take(tail).read_to_end(&mut end)?;
        let (footer, rest) = Footer::extract_footer(FileSlice::from(end))?;
        file.rewind()?;
        let found = crc(run, file, bytes - tail + rest.len() as u64)?;
        Ok(found.is_none_or(|found| found == footer.crc))
    })
}

fn check(run: &mut Run, name: &Path, is_sound: impl FnOnce(&mut Run, &mut File) -> io::Result<bool>) -> bool {
    if run.stopped {
        return true;
    }
    let path = run.path(name);
    run.verified.count(&path);
    let what = match File::open(&path).and_then(|mut file| is_sound(run, &mut file)) {
        Ok(true) => return true,
        Ok(false) => WRONG.to_owned(),
        Err(error) => error.to_string(),
    };
    run.verified.problem(path, what, Remedy::Rebuild);
    false
}

/// The CRC-32 (IEEE) of the next bytes of a file; `None` where the run is stopped.
fn crc(run: &mut Run, file: &mut File, mut bytes: u64) -> io::Result<Option<u32>> {
    let mut hasher = crc32fast::Hasher::new();
    let mut piece = vec![0; PIECE.min(bytes as usize)];
    while bytes > 0 {
        let part = &mut piece[..PIECE.min(bytes as usize)];
        file.read_exact(part)?;
        hasher.update(part);
        bytes -= part.len() as u64;
        if !run.goes_on() {
            return Ok(None);
        }
    }
    Ok(Some(hasher.finalize()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;
    use std::ops::ControlFlow;

    use tantivy::Directory;
    use tantivy::directory::{ManagedDirectory, TerminatingWrite};

    use crate::index::directory::IndexDirectory;
    use crate::index::verify::Verified;

    use super::*;

    /// How many steps a check takes, and what it finds.
    fn check(folder: &Path, limit: usize, check: impl FnOnce(&mut Run)) -> (usize, Vec<String>) {
        let mut steps = 0;
        let mut step = || {
            steps += 1;
            if steps < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let mut run = Run { folder, step: &mut step, verified: Verified::default(), stopped: false };
        check(&mut run);
        let problems = run.verified.problems.into_iter().map(|problem| problem.what).collect();
        (steps, problems)
    }

    #[test]
    fn files_are_read_piece_by_piece() {
        let folder = tempfile::tempdir().expect("a folder");
        let bytes: Vec<u8> = (0..2 * PIECE + 3).map(|at| (at * 7 % 251) as u8).collect();
        let sum = crc32fast::hash(&bytes);
        fs::write(folder.path().join("names-1.bin"), &bytes).expect("written");
        let of = |name: &str, sum, limit| check(folder.path(), limit, |run| check_own_file(run, name, sum));
        assert_eq!(of("names-1.bin", sum, 99), (3, vec![]));
        assert_eq!(of("names-1.bin", sum ^ 1, 99), (3, vec![WRONG.to_owned()]));
        assert_eq!(of("names-1.bin", sum ^ 1, 2), (2, vec![]), "stopped");
        assert_eq!(of("names-2.bin", sum, 99).1.len(), 1, "missing");
        fs::write(folder.path().join("names-3.bin"), "").expect("written");
        assert_eq!(of("names-3.bin", 0, 99), (0, vec![]));
    }

    #[test]
    fn files_of_segments_end_with_their_checksum() {
        let folder = tempfile::tempdir().expect("a folder");
        let directory = IndexDirectory::open(folder.path()).expect("opened");
        let directory = ManagedDirectory::wrap(Box::new(directory)).expect("wrapped");
        for (name, size) in [("a.store", 0), ("b.store", 1), ("c.store", PIECE + 1)] {
            let mut file = directory.open_write(Path::new(name)).expect("created");
            file.write_all(&vec![7; size]).expect("written");
            file.terminate().expect("ended");
            let of = || {
                check(folder.path(), 99, |run| {
                    let _ = check_segment_file(run, Path::new(name));
                })
                .1
            };
            assert_eq!(of(), Vec::<String>::new(), "{name}");
            let path = folder.path().join(name);
            let written = fs::read(&path).expect("read");
            for at in [0, size / 2, written.len() - 1] {
                let mut damaged = written.clone();
                damaged[at] ^= 1;
                fs::write(&path, damaged).expect("written");
                assert_eq!(of().len(), 1, "{name} at {at}");
            }
            fs::write(&path, &written[..written.len() / 2]).expect("written");
            assert_eq!(of().len(), 1, "{name} cut");
        }
    }
}
