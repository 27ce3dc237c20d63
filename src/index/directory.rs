//! The folder of an index as tantivy sees it: files are memory-mapped, read
//! without any right to write, and written with the modes that the umask says.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

use crate::files::write_renamed;

use super::meta_checksum::{with_checksum, without_checksum};

/// tantivy's list of segments.
const META: &str = "meta.json";

/// tantivy's folder of memory-mapped files, with three differences: readers who
/// may not write get the lock that keeps files from being removed while they are
/// opened, small files that are replaced get the modes of new files, and the list
/// of segments has a checksum.
#[derive(Debug, Clone)]
pub struct IndexDirectory {
    folder: PathBuf,
    files: MmapDirectory,
}

impl IndexDirectory {
    /// Opens a folder, which must exist.
    ///
    /// # Errors
    /// What the system says.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let files = MmapDirectory::open(folder).map_err(|error| match error {
            OpenDirectoryError::IoError { io_error, .. } => io::Error::new(io_error.kind(), io_error),
            error => io::Error::other(error),
        })?;
        Ok(Self { folder: folder.canonicalize()?, files })
    }

    /// The lock that readers hold while they open files, for those who may not
    /// write: shared with other readers. Where there is no file to lock, or the file
    /// system knows no locks, a reader whose files a writer removes meanwhile sees
    /// that the commit was replaced, and opens the next one.
    fn reader_lock(&self, name: &Path) -> DirectoryLock {
        let locked = File::open(self.folder.join(name)).and_then(|file| file.lock_shared().map(|()| file));
        DirectoryLock::from(Box::new(locked.ok()))
    }
}

impl Directory for IndexDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.files.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let bytes = self.files.atomic_read(path)?;
        if path != Path::new(META) {
            return Ok(bytes);
        }
        let damaged =
            |what| OpenReadError::wrap_io_error(io::Error::new(io::ErrorKind::InvalidData, what), path.into());
        without_checksum(bytes).map_err(damaged)
    }

    /// tantivy's own would give the file the mode of a temporary one, which only
    /// its owner reads.
    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let path = self.folder.join(path);
        if path.file_name() == Some(OsStr::new(META)) {
            return write_renamed(&path, &with_checksum(data));
        }
        write_renamed(&path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.files.acquire_lock(lock) {
            Err(LockError::IoError(_)) if lock.filepath == META_LOCK.filepath => Ok(self.reader_lock(&lock.filepath)),
            locked => locked,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tantivy::directory::INDEX_WRITER_LOCK;

    use super::*;

    fn open() -> (tempfile::TempDir, IndexDirectory) {
        let folder = tempfile::tempdir().expect("a folder");
        let directory = IndexDirectory::open(folder.path()).expect("opened");
        (folder, directory)
    }

    #[test]
    fn readers_get_their_lock_where_its_file_cannot_be_made() {
        let (folder, directory) = open();
        // A folder of that name refuses even the superuser.
        for lock in [&*META_LOCK, &*INDEX_WRITER_LOCK] {
            fs::create_dir(folder.path().join(&lock.filepath)).expect("made");
        }
        assert!(directory.acquire_lock(&META_LOCK).is_ok());
        assert!(directory.acquire_lock(&INDEX_WRITER_LOCK).is_err(), "writers need theirs");
    }

    #[test]
    fn locks_of_readers_keep_writers_out() {
        let (folder, directory) = open();
        let file = File::create(folder.path().join(&META_LOCK.filepath)).expect("made");
        let held = directory.reader_lock(&META_LOCK.filepath);
        assert!(file.try_lock().is_err(), "a reader holds it");
        let other = directory.reader_lock(&META_LOCK.filepath);
        drop((held, other));
        assert!(file.try_lock().is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn replaced_files_have_the_mode_of_new_ones() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, directory) = open();
        let mode = |name: &str| folder.path().join(name).metadata().expect("there").permissions().mode();
        fs::write(folder.path().join("new"), "").expect("written");
        for name in ["meta.json", ".managed.json"] {
            directory.atomic_write(Path::new(name), b"{}").expect("written");
            assert_eq!(mode(name), mode("new"), "{name}");
        }
    }

    #[test]
    fn a_folder_must_be_there() {
        let error = IndexDirectory::open(Path::new("no/such/folder")).expect_err("none");
        assert!(error.to_string().contains("no/such/folder"), "{error}");
    }
}
