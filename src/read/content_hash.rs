//! A checksum that detects changed files.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// CRC-32 (IEEE 802.3) of a file's bytes.
///
/// # Errors
/// If the file cannot be opened or read, or is not a regular one: a pipe can be
/// read only once.
///
/// ```
/// use newsearch::internals::read::content_hash;
/// let folder = std::env::temp_dir().join(format!("newsearch-hash-{}", std::process::id()));
/// std::fs::write(&folder, "123456789")?;
/// assert_eq!(content_hash(&folder)?, 0xcbf4_3926);
/// # std::fs::remove_file(&folder)?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn content_hash(path: &Path) -> io::Result<u32> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    let mut file = File::open(path)?;
    let mut hasher = crc32fast::Hasher::new();
    let mut buffer = vec![0; 256 << 10];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.finalize()),
            count => hasher.update(&buffer[..count]),
        }
    }
}
