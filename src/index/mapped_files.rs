//! Whether the memory-mapped files of an index are still as long as they were.
//!
//! The system ends a process that reads a mapped page behind the end of its file
//! (SIGBUS). newsearch never shortens a file; another program may, as a restore or
//! a copy into the folder does.

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};

use super::folder::is_mapped;

/// The files of a folder that may be mapped, as they were at one time.
#[derive(Debug, Default)]
pub struct MappedFiles {
    files: Vec<MappedFile>,
}

#[derive(Debug)]
struct MappedFile {
    path: PathBuf,
    place: Place,
    bytes: u64,
}

impl MappedFiles {
    /// Notes the files of an index folder. Call it when they are open.
    ///
    /// # Errors
    /// What the system says.
    pub fn of(folder: &Path) -> io::Result<Self> {
        let mut files = Vec::new();
        for entry in folder.read_dir()? {
            let entry = entry?;
            // Files may go meanwhile; then they cannot be shortened.
            let Ok(metadata) = entry.metadata() else { continue };
            let name = entry.file_name();
            if let Some(place) = place(&metadata).filter(|_| name.to_str().is_some_and(is_mapped)) {
                files.push(MappedFile { path: entry.path(), place, bytes: metadata.len() });
            }
        }
        Ok(Self { files })
    }

    /// A file that is shorter than it was. One that was removed or replaced is not:
    /// what was mapped stays.
    pub fn shortened(&self) -> Option<&Path> {
        let is_shorter = |file: &&MappedFile| {
            let now = file.path.metadata().ok().filter(|now| place(now) == Some(file.place));
            now.is_some_and(|now| now.len() < file.bytes)
        };
        self.files.iter().find(is_shorter).map(|file| &*file.path)
    }
}

/// The number of a device, and that of a file on it.
type Place = (u64, u64);

#[cfg(unix)]
fn place(metadata: &Metadata) -> Option<Place> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

/// Elsewhere the system does not let a mapped file be shortened.
#[cfg(not(unix))]
fn place(_: &Metadata) -> Option<Place> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::{self, File};

    use super::*;

    const SEGMENT: &str = "0123456789abcdef0123456789abcdef.store";

    #[test]
    fn files_that_are_shortened_in_place_are_seen() {
        let check = |name: &str, change: &dyn Fn(&Path), seen: bool| {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join(name);
            fs::write(&path, "1234").expect("written");
            let files = MappedFiles::of(folder.path()).expect("read");
            assert_eq!(files.shortened(), None);
            change(&path);
            assert_eq!(files.shortened().is_some(), seen, "{name}");
        };
        let shorten = |path: &Path| File::options().write(true).open(path).expect("open").set_len(3).expect("cut");
        let grow = |path: &Path| fs::write(path, "12345").expect("written");
        let remove = |path: &Path| fs::remove_file(path).expect("removed");
        let replace = |path: &Path| {
            fs::write(path.with_extension("new"), "").expect("written");
            fs::rename(path.with_extension("new"), path).expect("renamed");
        };
        for name in [SEGMENT, "names-3.bin"] {
            check(name, &shorten, true);
            check(name, &grow, false);
            check(name, &remove, false);
            check(name, &replace, false);
        }
        // These are read whole.
        for name in ["aliases.toml", "manifest-3.jsonl", "meta.json", ".writer.lock"] {
            check(name, &shorten, false);
        }
        assert!(MappedFiles::of(Path::new("no/such/folder")).is_err());
    }
}
