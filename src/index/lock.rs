//! One writer at a time, and who it is. The lock is the system's own on an
//! open file: it goes with the process that holds it, however it ends.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use super::commit::open_tantivy;
use super::error::IndexError;
use super::folder::{holds_index_files_only, last_number};

/// The file that is locked; it says who holds the lock.
const NAME: &str = ".writer.lock";

/// How long a lock that is held is tried again.
const PATIENCE: Duration = Duration::from_millis(1000);

/// The right to write to an index, for as long as the value lives.
#[derive(Debug)]
pub struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock of an index folder, which must exist.
    ///
    /// # Errors
    /// [`IndexError::Foreign`] where the folder holds something else, which is
    /// left as it is; [`IndexError::Locked`] with the holder; what the system says.
    pub fn take(folder: &Path) -> Result<Self, IndexError> {
        if let Err(error @ IndexError::Foreign(_)) = open_tantivy(folder) {
            return Err(error);
        }
        Self::take_any(folder)
    }

    /// Takes the lock of an index folder that will be rebuilt: its list of segments may
    /// be lost.
    ///
    /// # Errors
    /// As for [`WriterLock::take`].
    pub fn take_to_rebuild(folder: &Path) -> Result<Self, IndexError> {
        match open_tantivy(folder) {
            // Without its list of segments, it is known by the names of its other files.
            Err(error @ IndexError::Foreign(_)) => {
                let exists = |name: &str| folder.join(name).exists();
                let is_ours = last_number(folder)? > 0 && exists(".managed.json") || holds_index_files_only(folder)?;
                if is_ours && !exists("meta.json") { Self::take_any(folder) } else { Err(error) }
            }
            Err(IndexError::Damaged { .. }) if last_number(folder)? == 0 => Err(IndexError::Foreign(folder.into())),
            _ => Self::take_any(folder),
        }
    }

    fn take_any(folder: &Path) -> Result<Self, IndexError> {
        let path = folder.join(NAME);
        let opened = File::options().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = opened.map_err(IndexError::io(&path))?;
        match retry_while(|| file.try_lock(), |tried| matches!(tried, Err(TryLockError::WouldBlock))) {
            Ok(()) => {
                let holder = format!("process {} since {}\n", std::process::id(), now());
                let written =
                    file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(holder.as_bytes()));
                // The lock holds without its note, as on a full disk.
                drop(written);
                Ok(Self { _file: file })
            }
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let _ = file.read_to_string(&mut holder);
                Err(IndexError::Locked { folder: folder.into(), holder: holder.trim().to_owned() })
            }
            Err(TryLockError::Error(error)) => Err(IndexError::io(&path)(error)),
        }
    }
}

/// Tries again for a second while `is_blocked`. A lock outlives its holder until
/// a child that the holder was just starting has begun to run, and a writer that
/// was asked to end may take a moment.
pub(super) fn retry_while<T>(attempt: impl Fn() -> T, is_blocked: impl Fn(&T) -> bool) -> T {
    let started = Instant::now();
    loop {
        let tried = attempt();
        if !is_blocked(&tried) || started.elapsed() > PATIENCE {
            return tried;
        }
        std::thread::sleep(PATIENCE / 50);
    }
}

fn now() -> String {
    jiff::Zoned::now().strftime("%Y-%m-%d %H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_second_writer_is_refused_until_the_first_ends() {
        let folder = tempfile::tempdir().expect("a folder");
        let held = WriterLock::take(folder.path()).expect("free");
        match WriterLock::take(folder.path()) {
            Err(IndexError::Locked { holder, .. }) => {
                assert!(holder.starts_with(&format!("process {} since ", std::process::id())), "{holder}");
            }
            other => panic!("{other:?}"),
        }
        drop(held);
        assert!(WriterLock::take(folder.path()).is_ok());
        std::fs::write(folder.path().join("thesis.txt"), "x").expect("written");
        assert!(matches!(WriterLock::take(folder.path()), Err(IndexError::Foreign(_))));
    }

    #[test]
    fn attempts_end_with_the_first_that_is_not_blocked() {
        let tries = Cell::new(0);
        let attempt = || tries.replace(tries.get() + 1);
        assert_eq!(retry_while(attempt, |tried| *tried < 2), 2);
    }
}
