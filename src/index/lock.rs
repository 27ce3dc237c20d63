//! One writer at a time, and who it is. The lock is the system's own on an
//! open file: it goes with the process that holds it, however that ends.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use super::IndexError;

/// The file that is locked; it says who holds the lock.
const NAME: &str = ".writer.lock";

/// Held as long as the value lives.
#[derive(Debug)]
pub struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock of an index folder, which must exist.
    ///
    /// # Errors
    /// [`IndexError::Locked`] with the holder, or what the system says.
    pub fn take(folder: &Path) -> Result<Self, IndexError> {
        let path = folder.join(NAME);
        let opened = File::options().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = opened.map_err(IndexError::io(&path))?;
        match file.try_lock() {
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

fn now() -> String {
    jiff::Zoned::now().strftime("%Y-%m-%d %H:%M:%S").to_string()
}
