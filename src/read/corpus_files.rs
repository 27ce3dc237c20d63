//! Lists the files of a corpus: every file under the given folders that may
//! hold articles.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use ignore::WalkBuilder;

use super::error::{ReadError, ReadErrorKind};
use super::file_name::{absolute_name, path_of_name};
use super::format::{self, NameHint};
use super::sniff;

/// A file that holds articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path to open.
    pub path: PathBuf,
    /// Its absolute path as text, unique within a [`CorpusFiles`].
    pub name: String,
    /// Bytes on disk.
    pub size: u64,
    /// Modification time in nanoseconds since 1970; 0 if unknown, or so recent that a
    /// later change might have the same time.
    pub modified: u64,
    /// When its inode was changed, as by renaming it, in the same unit; 0 if unknown.
    pub changed: u64,
    /// Whether the user named the file itself. If so it is always read.
    pub(super) explicit: bool,
}

impl SourceFile {
    /// A file that may not be under the listed paths; `None` if it is not there.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let path = path_of_name(name);
        let meta = std::fs::metadata(&path).ok().filter(std::fs::Metadata::is_file)?;
        Some(Self::new(&path, &meta, true, now()))
    }

    fn new(path: &Path, meta: &Metadata, explicit: bool, listed: u64) -> Self {
        let (modified, changed) = (nanos(meta.modified()), inode_change(meta));
        let recent = modified.max(changed) + RECENT > listed;
        let modified = if recent { 0 } else { modified };
        Self { path: path.to_owned(), name: absolute_name(path), size: meta.len(), modified, changed, explicit }
    }
}

/// Two changes of a file within this time, in nanoseconds, may have the same time:
/// some systems count in ticks of 10 ms, some file systems in seconds.
const RECENT: u64 = 2_000_000_000;

/// A file or folder that the user named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// Its absolute path as text.
    pub name: String,
    /// Whether nothing at all was found in it.
    pub is_empty: bool,
}

/// A file that was found and is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedFile {
    /// Its absolute path as text.
    pub name: String,
    /// Its extension, or what it is: “named pipe”, “no extension”.
    pub kind: String,
}

/// The files under a list of paths.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct CorpusFiles {
    /// Files to read, in name order, each once.
    pub files: Vec<SourceFile>,
    /// The given paths that exist.
    pub roots: Vec<Root>,
    /// The names of given paths that do not exist.
    pub missing: Vec<String>,
    /// Given paths that are no files and cannot be read twice, such as named pipes.
    pub pipes: Vec<PathBuf>,
    /// Paths that could not be listed.
    pub errors: Vec<ReadError>,
    /// Files that hold no articles by name and content, in name order.
    pub skipped: Vec<SkippedFile>,
}

/// Lists the files under `paths`; folders that hold an index, and the folder
/// `without`, are left out.
pub(super) fn list(paths: &[PathBuf], without: Option<&Path>) -> CorpusFiles {
    let mut listing = Listing { corpus: CorpusFiles::default(), without: without.map(absolute_name), listed: now() };
    for root in paths {
        listing.add_root(root);
    }
    let mut corpus = listing.corpus;
    corpus.files.sort_by(|a, b| a.name.cmp(&b.name).then(b.explicit.cmp(&a.explicit)));
    corpus.files.dedup_by(|a, b| a.name == b.name);
    corpus.skipped.sort_by(|a, b| a.name.cmp(&b.name));
    corpus.skipped.dedup();
    // What one path names is read, even if it is found under another.
    let files = &corpus.files;
    corpus.skipped.retain(|file| files.binary_search_by(|read| read.name.cmp(&file.name)).is_err());
    corpus
}

struct Listing {
    corpus: CorpusFiles,
    without: Option<String>,
    /// When listing began, in nanoseconds since 1970.
    listed: u64,
}

impl Listing {
    fn add_root(&mut self, root: &Path) {
        let name = absolute_name(root);
        let meta = match std::fs::metadata(root) {
            Ok(meta) => meta,
            Err(error) => {
                if error.kind() == io::ErrorKind::NotFound {
                    self.corpus.missing.push(name.clone());
                }
                self.corpus.errors.push(ReadError { path: name, place: None, kind: error.into() });
                return;
            }
        };
        if !meta.is_dir() && !meta.is_file() {
            self.corpus.pipes.push(root.to_owned());
            return;
        }
        if meta.is_dir() && holds_index(root) {
            let error = io::Error::other("it holds an index; give the folder of the articles");
            self.corpus.errors.push(ReadError { path: name, place: None, kind: error.into() });
            return;
        }
        let before = self.corpus.files.len() + self.corpus.skipped.len() + self.corpus.errors.len();
        // A file that the user names is always read. Within folders the name
        // decides, or the content if the name has no known extension.
        self.add_entries(root, meta.is_file());
        let after = self.corpus.files.len() + self.corpus.skipped.len() + self.corpus.errors.len();
        self.corpus.roots.push(Root { name, is_empty: before == after });
    }

    fn add_entries(&mut self, root: &Path, explicit: bool) {
        let without = self.without.clone();
        let walker = WalkBuilder::new(root)
            .standard_filters(false)
            .hidden(true)
            .follow_links(true)
            .filter_entry(move |entry| {
                let path = entry.path();
                !entry.file_type().is_some_and(|kind| kind.is_dir())
                    || !is_page_assets(path)
                        && !holds_index(path)
                        && without.as_ref().is_none_or(|without| *without != absolute_name(path))
            })
            .build();
        for entry in walker {
            match entry {
                Ok(entry) => match entry.file_type() {
                    Some(kind) if kind.is_dir() => {}
                    Some(kind) if kind.is_file() => self.add_file(entry.path(), explicit),
                    _ => self.skip(entry.path(), "no file"),
                },
                Err(error) => self.corpus.errors.push(list_error(root, error)),
            }
        }
    }

    fn add_file(&mut self, path: &Path, explicit: bool) {
        match std::fs::metadata(path) {
            Ok(meta) if explicit || holds_articles(path) => {
                self.corpus.files.push(SourceFile::new(path, &meta, explicit, self.listed));
            }
            Ok(_) => {
                self.skip(path, &format::kind_of_other(&path.to_string_lossy()));
            }
            Err(error) => {
                self.corpus.errors.push(ReadError { path: absolute_name(path), place: None, kind: error.into() });
            }
        }
    }

    fn skip(&mut self, path: &Path, kind: &str) {
        self.corpus.skipped.push(SkippedFile { name: absolute_name(path), kind: kind_of_special(path, kind) });
    }
}

/// What a file is that is neither a regular file nor a folder.
#[cfg(unix)]
fn kind_of_special(path: &Path, otherwise: &str) -> String {
    use std::os::unix::fs::FileTypeExt;
    let kind = match std::fs::metadata(path).map(|meta| meta.file_type()) {
        Ok(kind) if kind.is_fifo() => "named pipe",
        Ok(kind) if kind.is_socket() => "socket",
        Ok(kind) if kind.is_char_device() || kind.is_block_device() => "device",
        _ => otherwise,
    };
    kind.to_owned()
}

#[cfg(not(unix))]
fn kind_of_special(_: &Path, otherwise: &str) -> String {
    otherwise.to_owned()
}

/// Whether a folder holds an index of newsearch or another one of tantivy.
fn holds_index(path: &Path) -> bool {
    path.join(".managed.json").is_file() && path.join("meta.json").is_file()
}

/// Whether a folder holds the images and scripts that a browser saved with a
/// page: `Review_files` beside `Review.html`.
fn is_page_assets(path: &Path) -> bool {
    let Some(stem) = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix("_files"))
    else {
        return false;
    };
    ["html", "htm", "xhtml"].iter().any(|end| path.with_file_name(format!("{stem}.{end}")).is_file())
}

/// Whether a file in a folder may hold articles, by its name or else by its
/// first bytes. True for one that cannot be opened: reading it reports why.
fn holds_articles(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    match format::by_name(&name) {
        NameHint::Is(_) => true,
        NameHint::NoArticle => false,
        NameHint::Unknown => {
            let mut head = Vec::new();
            let opened = File::open(path).and_then(|file| file.take(sniff::HEAD as u64).read_to_end(&mut head));
            opened.is_err() || sniff::guess(&head).is_some()
        }
    }
}

fn now() -> u64 {
    nanos(Ok(SystemTime::now()))
}

fn nanos(time: io::Result<SystemTime>) -> u64 {
    time.ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .and_then(|since| u64::try_from(since.as_nanos()).ok())
        .unwrap_or(0)
}

/// When the inode of a file was changed, in nanoseconds since 1970.
#[cfg(unix)]
fn inode_change(meta: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    let nanos = i128::from(meta.ctime()) * 1_000_000_000 + i128::from(meta.ctime_nsec());
    u64::try_from(nanos).unwrap_or(0)
}

#[cfg(not(unix))]
fn inode_change(_: &Metadata) -> u64 {
    0
}

fn list_error(root: &Path, error: ignore::Error) -> ReadError {
    let path = match &error {
        ignore::Error::WithPath { path, .. } => path.clone(),
        ignore::Error::Loop { child, .. } => child.clone(),
        _ => root.to_owned(),
    };
    let message = error.to_string();
    let kind = match error.into_io_error() {
        Some(io) => ReadErrorKind::Io(io),
        None => ReadErrorKind::Io(std::io::Error::other(message)),
    };
    ReadError { path: absolute_name(&path), place: None, kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_root_is_an_error_and_the_others_are_listed() {
        let corpus = list(&["no-such-folder".into(), "corpus".into()], None);
        assert_eq!(corpus.errors.len(), 1);
        assert_eq!(corpus.errors[0].kind.reason(), "not found");
        assert!(!corpus.files.is_empty());
        assert_eq!(corpus.missing, [absolute_name(Path::new("no-such-folder"))]);
    }

    #[test]
    fn folders_are_filtered_by_name_and_content() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, content: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, content).expect("a file");
        };
        write("a.txt", "The film opens.");
        write("style.css", "p { color: red }");
        write("no-extension", "The film opens in every theater.");
        write("numbers", "0,1,2,3,4");
        write(".hidden.txt", "The film opens.");
        write("page.html", "<p>The film opens.");
        write("page_files/script.txt", "The film opens.");
        write("other_files/b.txt", "The film opens.");
        let corpus = list(&[folder.path().to_owned()], None);
        let names: Vec<_> = corpus.files.iter().map(|f| f.path.strip_prefix(folder.path()).expect("inside")).collect();
        let expected = ["a.txt", "no-extension", "other_files/b.txt", "page.html"];
        assert_eq!(names, expected.map(Path::new));
        let skipped: Vec<&str> = corpus.skipped.iter().map(|file| &*file.kind).collect();
        assert_eq!((&skipped[..], corpus.errors.len()), (&["no extension", ".css"][..], 0));
        let explicit = list(&[folder.path().join("style.css")], None);
        assert!(explicit.files.len() == 1 && explicit.files[0].explicit);
    }

    #[test]
    fn indexes_are_no_articles() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, "The film opens.").expect("a file");
        };
        ["a.txt", "index/meta.json", "index/.managed.json", "index/b.txt", "later/c.txt"].into_iter().for_each(write);
        let names = |without: Option<&Path>| -> Vec<PathBuf> {
            list(&[folder.path().to_owned()], without).files.into_iter().map(|file| file.path).collect()
        };
        let paths = |names: &[&str]| names.iter().map(|name| folder.path().join(name)).collect::<Vec<_>>();
        assert_eq!(names(None), paths(&["a.txt", "later/c.txt"]));
        assert_eq!(names(Some(&folder.path().join("later"))), paths(&["a.txt"]));
        let named = list(&[folder.path().join("index")], None);
        assert_eq!((named.files.len(), named.errors.len()), (0, 1));
    }

    #[test]
    fn empty_and_missing_roots_are_told_apart() {
        let folder = tempfile::tempdir().expect("a folder");
        let corpus = list(&[folder.path().to_owned(), folder.path().join("none")], None);
        assert!(corpus.roots.len() == 1 && corpus.roots[0].is_empty);
        assert_eq!(corpus.missing.len(), 1);
        std::fs::write(folder.path().join("a.css"), "p").expect("a file");
        assert!(!list(&[folder.path().to_owned()], None).roots[0].is_empty);
    }
}
