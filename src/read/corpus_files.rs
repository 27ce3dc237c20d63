//! Lists the files of a corpus: every file under the given folders that may
//! hold articles.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use ignore::WalkBuilder;

use super::error::{ReadError, ReadErrorKind};
use super::format::{self, NameHint};
use super::sniff;

/// A file that holds articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path to open.
    pub path: PathBuf,
    /// Its name in results: the path as the user gave it, without `.` parts
    /// and relative to the working folder if it is below it. Unique within a
    /// [`CorpusFiles`].
    pub name: String,
    /// Bytes on disk.
    pub size: u64,
    /// Modification time in nanoseconds since 1970; 0 if unknown.
    pub modified: u64,
    /// Whether the user named the file itself. If so it is always read.
    pub(super) explicit: bool,
}

/// The files under a list of paths.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct CorpusFiles {
    /// Files to read, in name order, each once.
    pub files: Vec<SourceFile>,
    /// The names of the given paths that exist, as in [`SourceFile::name`].
    pub roots: Vec<String>,
    /// Paths that could not be listed.
    pub errors: Vec<ReadError>,
    /// Number of files skipped because neither name nor content is that of an
    /// article.
    pub skipped: usize,
}

pub(super) fn list(paths: &[PathBuf]) -> CorpusFiles {
    let mut corpus = CorpusFiles::default();
    for root in paths {
        add_root(root, &mut corpus);
    }
    corpus.files.sort_by(|a, b| a.name.cmp(&b.name));
    corpus.files.dedup_by(|a, b| a.name == b.name);
    corpus
}

fn add_root(root: &Path, corpus: &mut CorpusFiles) {
    if let Err(error) = std::fs::metadata(root) {
        corpus.errors.push(ReadError { path: root.display().to_string(), place: None, kind: error.into() });
        return;
    }
    corpus.roots.push(display_name(root));
    // A file that the user names is always read. Within folders the name
    // decides, or the content if the name has no known extension.
    let explicit = root.is_file();
    let walker = WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .filter_entry(|entry| !is_page_assets(entry.path()))
        .build();
    for entry in walker {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                add_file(entry.path(), explicit, corpus);
            }
            Ok(_) => {}
            Err(error) => corpus.errors.push(list_error(root, error)),
        }
    }
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

fn add_file(path: &Path, explicit: bool, corpus: &mut CorpusFiles) {
    let added = match std::fs::metadata(path) {
        Ok(meta) if explicit || holds_articles(path) => {
            corpus.files.push(SourceFile {
                path: path.to_owned(),
                name: display_name(path),
                size: meta.len(),
                modified: modified_nanos(&meta),
                explicit,
            });
            Ok(())
        }
        Ok(_) => {
            corpus.skipped += 1;
            Ok(())
        }
        Err(error) => Err(error),
    };
    if let Err(error) = added {
        corpus.errors.push(ReadError { path: path.display().to_string(), place: None, kind: error.into() });
    }
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

fn modified_nanos(meta: &std::fs::Metadata) -> u64 {
    meta.modified()
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .and_then(|since| u64::try_from(since.as_nanos()).ok())
        .unwrap_or(0)
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
    ReadError { path: path.display().to_string(), place: None, kind }
}

/// The name of a path in results: without `.` components, and relative to the
/// working folder if it is below it. So `corpus`, `./corpus/` and the absolute
/// path name the same articles.
fn display_name(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let path = path.strip_prefix(&here).unwrap_or(path);
    let cleaned: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    if cleaned.as_os_str().is_empty() { ".".to_owned() } else { cleaned.to_string_lossy().into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_path_have_one_name() {
        let absolute = std::env::current_dir().expect("a working folder").join("corpus");
        for path in [Path::new("corpus"), Path::new("./corpus/"), &absolute] {
            assert_eq!(display_name(path), "corpus");
        }
    }

    #[test]
    fn a_missing_root_is_an_error_and_the_others_are_listed() {
        let corpus = list(&["no-such-folder".into(), "corpus".into()]);
        assert_eq!(corpus.errors.len(), 1);
        assert_eq!(corpus.errors[0].kind.reason(), "not found");
        assert!(!corpus.files.is_empty());
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
        let corpus = list(&[folder.path().to_owned()]);
        let names: Vec<_> = corpus.files.iter().map(|f| f.path.strip_prefix(folder.path()).expect("inside")).collect();
        let expected = ["a.txt", "no-extension", "other_files/b.txt", "page.html"];
        assert_eq!(names, expected.map(Path::new));
        assert_eq!((corpus.skipped, corpus.errors.len()), (2, 0));
        let explicit = list(&[folder.path().join("style.css")]);
        assert!(explicit.files.len() == 1 && explicit.files[0].explicit);
    }
}
