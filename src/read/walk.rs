//! Folders to files, through the `ignore` crate.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use ignore::WalkBuilder;

use super::format::{self, Promise};
use super::sniff;
use super::{ReadError, ReadErrorKind};

/// A file that holds articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its name in results: the path as the user gave it, cleaned of `.` and,
    /// below the working folder, relative to it. Unique within a walk.
    pub name: String,
    /// Bytes on disk.
    pub size: u64,
    /// Modification time in nanoseconds since 1970; 0 where unknown.
    pub modified: u64,
    /// Whether the user named it, so that it is read whatever its name.
    pub(super) named: bool,
}

/// What walking found.
#[derive(Debug, Default)]
pub struct Walked {
    /// Files to read, in name order, each once.
    pub files: Vec<SourceFile>,
    /// The cleaned names of the paths that were asked for and exist.
    pub roots: Vec<String>,
    /// What could not be listed.
    pub errors: Vec<ReadError>,
    /// Files passed over because neither name nor content is that of articles.
    pub skipped: usize,
}

pub(super) fn walk(paths: &[PathBuf]) -> Walked {
    let mut walked = Walked::default();
    for root in paths {
        walk_root(root, &mut walked);
    }
    walked.files.sort_by(|a, b| a.name.cmp(&b.name));
    walked.files.dedup_by(|a, b| a.name == b.name);
    walked
}

fn walk_root(root: &Path, walked: &mut Walked) {
    if let Err(error) = std::fs::metadata(root) {
        walked.errors.push(ReadError { path: root.display().to_string(), place: None, kind: error.into() });
        return;
    }
    walked.roots.push(display_name(root));
    // A file the user names is read whatever its name; in folders the name
    // decides, and the content where the name says nothing.
    let named = root.is_file();
    let walker = WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .filter_entry(|entry| !is_parts_of_a_page(entry.path()))
        .build();
    for entry in walker {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                add_file(entry.path(), named, walked);
            }
            Ok(_) => {}
            Err(error) => walked.errors.push(walk_error(root, error)),
        }
    }
}

/// Whether a folder holds the pictures and scripts that a browser saved beside
/// a page: `Story_files` beside `Story.html`.
fn is_parts_of_a_page(path: &Path) -> bool {
    let Some(stem) = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix("_files"))
    else {
        return false;
    };
    ["html", "htm", "xhtml"].iter().any(|end| path.with_file_name(format!("{stem}.{end}")).is_file())
}

fn add_file(path: &Path, named: bool, walked: &mut Walked) {
    let added = match std::fs::metadata(path) {
        Ok(meta) if named || holds_articles(path) => {
            walked.files.push(SourceFile {
                path: path.to_owned(),
                name: display_name(path),
                size: meta.len(),
                modified: modified_nanos(&meta),
                named,
            });
            Ok(())
        }
        Ok(_) => {
            walked.skipped += 1;
            Ok(())
        }
        Err(error) => Err(error),
    };
    if let Err(error) = added {
        walked.errors.push(ReadError { path: path.display().to_string(), place: None, kind: error.into() });
    }
}

/// Whether a file in a folder may hold articles, by its name or else by its
/// first bytes. One that cannot be opened is taken, to be reported when read.
fn holds_articles(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    match format::by_name(&name) {
        Promise::Of(_) => true,
        Promise::NoArticle => false,
        Promise::Unknown => {
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

fn walk_error(root: &Path, error: ignore::Error) -> ReadError {
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
/// working folder where it lies below it, so that `index corpus`,
/// `index ./corpus/` and the absolute path name the same articles.
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
    fn one_file_has_one_name_however_it_is_asked_for() {
        let absolute = std::env::current_dir().expect("a working folder").join("corpus");
        for path in [Path::new("corpus"), Path::new("./corpus/"), &absolute] {
            assert_eq!(display_name(path), "corpus");
        }
    }

    #[test]
    fn a_missing_root_is_an_error_beside_the_good_ones() {
        let walked = walk(&["no-such-folder".into(), "corpus".into()]);
        assert_eq!(walked.errors.len(), 1);
        assert_eq!(walked.errors[0].kind.reason(), "not found");
        assert!(!walked.files.is_empty());
    }
}
