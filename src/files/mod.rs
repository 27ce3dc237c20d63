//! Writing files atomically: readers see the old content or the new one, also
//! after a crash, never a part of it.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// What the names of temporary files end in; they begin with a dot.
const SUFFIX: &str = ".new";

/// The byte order mark of UTF-8, which some editors put at the start of a file.
pub const BOM: &[u8] = "\u{feff}".as_bytes();

/// The most symbolic links that are followed, as on Linux.
const MAX_LINKS: usize = 40;

/// Replaces a file's content at once: the bytes go to a temporary file beside
/// it, which is synced and renamed over it. A symbolic link is replaced, not
/// followed.
///
/// # Errors
/// What the system says; the old content stays, and no temporary file.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = WholeFile::create(path)?;
    file.write_all(bytes)?;
    file.finish()
}

/// The same without syncing the folder, for callers that call [`sync_folder`]
/// after several files: a crash before that may bring the old content back.
///
/// # Errors
/// What the system says; the old content stays, and no temporary file.
pub fn write_renamed(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = WholeFile::create(path)?;
    file.write_all(bytes)?;
    file.rename()
}

/// As [`write_whole`] for a file that a user has named or keeps: symbolic links are
/// followed and stay, the permissions of a replaced file are kept, and a device or pipe
/// is written to.
///
/// # Errors
/// What the system says; the old content of a regular file stays.
pub fn write_output(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = link_target(path);
    if !target.is_file() && target.symlink_metadata().is_ok() {
        return fs::write(path, bytes);
    }
    let mut file = WholeFile::create(&target)?;
    if let Ok(replaced) = target.metadata() {
        file.out.get_ref().set_permissions(replaced.permissions())?;
    }
    file.write_all(bytes)?;
    file.finish()
}

/// Where a path leads when symbolic links are followed; the last one may lead to
/// nothing. The path itself where it is no link.
pub fn link_target(path: &Path) -> PathBuf {
    let mut target = path.to_path_buf();
    for _ in 0..MAX_LINKS {
        let Ok(next) = fs::read_link(&target) else { break };
        target = target.parent().unwrap_or(Path::new("")).join(next);
    }
    target
}

/// The content of a file that a user keeps; `None` where there is none.
///
/// # Errors
/// What the system says, and a link that leads to nothing: its content is missing,
/// and must not be taken for empty.
pub fn read_kept(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Err(_) if path.is_symlink() => Err(io::Error::new(
            io::ErrorKind::NotFound,
            format!(
                "it is a link to {}, which is missing; restore that file, or remove the link",
                link_target(path).display()
            ),
        )),
        Err(_) => Ok(None),
    }
}

/// Writes a file whose name no reader knows yet, waits until it is on disk, and
/// returns its CRC-32 (IEEE). The folder is not synced: call [`sync_folder`] once
/// for all such files, before readers learn their names.
///
/// # Errors
/// What the system says.
pub fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<u32> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(crc32fast::hash(bytes))
}

/// Waits until the names of new files are on disk too. Errors are ignored:
/// systems that cannot open folders keep names safe themselves.
pub fn sync_folder(folder: &Path) {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let _ = File::open(folder).and_then(|open| open.sync_all());
}

/// A file that is written piece by piece and replaces another when it is
/// finished; dropped before that, it leaves nothing.
#[derive(Debug)]
pub struct WholeFile {
    path: PathBuf,
    temporary: PathBuf,
    out: BufWriter<File>,
    finished: bool,
}

impl WholeFile {
    /// Creates the temporary file beside `path`.
    ///
    /// # Errors
    /// What the system says.
    pub fn create(path: &Path) -> io::Result<Self> {
        let name = path.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::IsADirectory))?;
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(SUFFIX);
        let temporary = path.with_file_name(hidden);
        let out = BufWriter::new(File::create(&temporary)?);
        Ok(Self { path: path.into(), temporary, out, finished: false })
    }

    /// Puts the file in its place, on disk.
    ///
    /// # Errors
    /// What the system says; the old content stays.
    pub fn finish(mut self) -> io::Result<()> {
        self.rename()?;
        sync_folder(self.path.parent().unwrap_or(Path::new("")));
        Ok(())
    }

    fn rename(&mut self) -> io::Result<()> {
        self.out.flush()?;
        self.out.get_ref().sync_all()?;
        fs::rename(&self.temporary, &self.path)?;
        self.finished = true;
        Ok(())
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        if !self.finished {
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_in(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn content_is_replaced_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("notes.toml");
        for write in [write_whole, write_renamed, write_output] {
            for text in ["a long first text", "short", ""] {
                write(&path, text.as_bytes()).expect("written");
                assert_eq!(fs::read_to_string(&path).expect("read"), text);
                assert_eq!(names_in(folder.path()), ["notes.toml"]);
            }
        }
    }

    #[test]
    fn a_failure_leaves_the_old_content_and_no_temporary_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("kept.txt");
        fs::write(&path, "old").expect("written");
        let mut file = WholeFile::create(&path).expect("created");
        file.write_all(b"new").expect("written");
        drop(file);
        assert_eq!(fs::read_to_string(&path).expect("read"), "old");
        // A folder cannot be replaced by a file.
        let taken = folder.path().join("taken");
        fs::create_dir(&taken).expect("made");
        assert!(write_whole(&taken, b"new").is_err());
        assert_eq!(names_in(folder.path()), ["kept.txt", "taken"]);
        assert!(write_whole(&folder.path().join("missing/x"), b"new").is_err());
        assert!(write_whole(Path::new("/"), b"new").is_err());
    }

    #[test]
    fn a_crash_before_the_rename_is_overwritten_next_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x");
        fs::write(folder.path().join(".x.new"), "half writ").expect("written");
        write_whole(&path, b"whole").expect("written");
        assert_eq!(names_in(folder.path()), ["x"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_replaced_and_those_of_users_followed() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "old").expect("written");
        fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).expect("set");
        symlink(&target, &link).expect("linked");
        write_output(&link, b"through").expect("written");
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&target).expect("read"), "through");
        assert_eq!(target.metadata().expect("there").permissions().mode() & 0o777, 0o640);
        write_whole(&link, b"instead").expect("written");
        assert!(!link.is_symlink());
        assert_eq!(fs::read_to_string(&target).expect("read"), "through");
        let dangling = folder.path().join("dangling");
        symlink(folder.path().join("made"), &dangling).expect("linked");
        assert!(read_kept(&dangling).expect_err("no target").to_string().contains("made, which is missing"));
        write_output(&dangling, b"made").expect("written");
        assert_eq!(fs::read_to_string(folder.path().join("made")).expect("read"), "made");
        write_output(Path::new("/dev/null"), b"nowhere").expect("written");
    }

    #[cfg(unix)]
    #[test]
    fn links_between_files_of_users_are_kept() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        ["git", "index"].iter().for_each(|name| fs::create_dir(path(name)).expect("made"));
        assert!(read_kept(&path("index/a")).expect("none").is_none());
        fs::write(path("git/a"), "old").expect("written");
        symlink("../git/b", path("index/a")).expect("linked");
        symlink("a", path("git/b")).expect("linked");
        assert_eq!(link_target(&path("index/a")), path("index/../git/a"));
        write_output(&path("index/a"), b"new").expect("written");
        assert_eq!(read_kept(&path("git/a")).expect("read").as_deref(), Some(&b"new"[..]));
        assert_eq!(names_in(&path("git")), ["a", "b"]);
        // Links in a circle are an error, not a loop.
        symlink("y", path("x")).expect("linked");
        symlink("x", path("y")).expect("linked");
        assert!(read_kept(&path("x")).is_err() && write_output(&path("x"), b"z").is_err());
    }

    #[test]
    fn new_files_give_their_checksum() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("names-1.bin");
        assert_eq!(write_synced(&path, b"123456789").expect("written"), 0xcbf4_3926);
        assert_eq!(fs::read(&path).expect("read"), b"123456789");
        sync_folder(Path::new(""));
        sync_folder(folder.path());
    }
}
