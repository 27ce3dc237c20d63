//! What can be wrong with an index.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::TantivyError;
use tantivy::directory::error::OpenReadError;

/// An index that could not be opened, read or written.
///
/// Messages say what is wrong. Hints on what to do are left to the caller, who
/// finds in the fields what they need.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// There is no index in this folder.
    #[error("no index at {0}")]
    Missing(PathBuf),
    /// The folder holds something else.
    #[error("{0} is not a newsearch index, and not empty")]
    Foreign(PathBuf),
    /// Written by another version.
    #[error("the index at {path} has format {found}, this newsearch reads {expected}")]
    Version {
        /// The index folder.
        path: PathBuf,
        /// The format it has.
        found: u32,
        /// The format this version reads.
        expected: u32,
    },
    /// A file does not hold what it should.
    #[error("{path} is damaged ({what})")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found wrong.
        what: String,
    },
    /// The ids of an index are one within something else than was asked.
    #[error("the index at {folder} was made with ids that are one within {}, not {}", scope(.before), scope(.asked))]
    OtherIds {
        /// The index folder.
        folder: PathBuf,
        /// [`IdScope::as_str`](crate::IdScope::as_str) of the index.
        before: &'static str,
        /// That which was asked.
        asked: &'static str,
    },
    /// The fields of an index are others than were asked.
    #[error("the index at {folder} was made with the fields {before}, not {asked}")]
    OtherFields {
        /// The index folder.
        folder: PathBuf,
        /// The fields that it has.
        before: String,
        /// Those which were asked.
        asked: String,
    },
    /// A new index would lack articles that this one has.
    #[error("a new index in place of {folder} would lose {what}; it is as it was")]
    WouldLose {
        /// The index folder.
        folder: PathBuf,
        /// What would be lost.
        what: String,
    },
    /// It is not known what an index was made of.
    #[error("it is not known which paths the index at {0} was made of; name them")]
    NoRoots(PathBuf),
    /// Another process writes.
    #[error("another newsearch is writing to {folder}{}; wait for it to end", holder_note(.holder))]
    Locked {
        /// The index folder.
        folder: PathBuf,
        /// The holder of the lock, as it wrote itself down; may be empty.
        holder: String,
    },
    /// The system refused.
    #[error("cannot access {path}: {error}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: std::io::Error,
    },
    /// The engine that holds the articles failed: a cluster.
    #[error("{0}")]
    Engine(#[source] Box<dyn Error + Send + Sync>),
    /// The library that keeps the segments failed.
    #[error("the index failed while {doing}: {}", reason(.source.as_ref()))]
    Library {
        /// What was being done, such as “adding an article”.
        doing: &'static str,
        /// What the library says.
        source: Box<dyn Error + Send + Sync>,
    },
    /// A writing thread stopped: the system refused to write.
    #[error(
        "the index could not be written, most likely for want of room on the disk; the last commit is intact: make room, then index again"
    )]
    WriterStopped,
}

impl IndexError {
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |error| Self::Io { path, error }
    }

    pub(crate) fn damaged(path: &Path, what: impl Into<String>) -> Self {
        Self::Damaged { path: path.into(), what: what.into() }
    }

    /// An error of tantivy that was opening a file: damage, unless the system
    /// refused to read it.
    pub(crate) fn opening(path: &Path) -> impl FnOnce(TantivyError) -> Self {
        move |error| match error {
            TantivyError::OpenReadError(error) => Self::opening_file(path)(error),
            TantivyError::IoError(io_error) if is_of_system(&io_error) => Self::wrapped_io(path, io_error),
            error => Self::damaged(path, error.to_string()),
        }
    }

    /// The same for an error of a single file.
    pub(crate) fn opening_file(path: &Path) -> impl FnOnce(OpenReadError) -> Self {
        move |error| match error {
            OpenReadError::IoError { io_error, .. } if is_of_system(&io_error) => Self::wrapped_io(path, io_error),
            OpenReadError::IoError { io_error, .. } => Self::damaged(path, io_error.to_string()),
            OpenReadError::FileDoesNotExist(_) => Self::damaged(path, "it is missing"),
            error => Self::damaged(path, error.to_string()),
        }
    }

    fn wrapped_io(path: &Path, error: Arc<std::io::Error>) -> Self {
        Self::Io { path: path.into(), error: std::io::Error::new(error.kind(), error) }
    }

    /// An error of tantivy, with what it was doing.
    pub(crate) fn tantivy(doing: &'static str) -> impl FnOnce(TantivyError) -> Self {
        move |error| match error {
            // tantivy does not pass on what its thread found.
            TantivyError::ErrorInThread(_) => Self::WriterStopped,
            error => Self::Library { doing, source: error.into() },
        }
    }
}

/// Whether the system reported an error, rather than a reader of what it read.
fn is_of_system(error: &std::io::Error) -> bool {
    error.raw_os_error().is_some()
}

/// The message of an error and of its sources, those left out that it repeats.
fn reason(error: &(dyn Error + Send + Sync + 'static)) -> String {
    let mut reason = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let inner = error.to_string();
        if !reason.contains(&inner) {
            reason = format!("{reason}: {inner}");
        }
        source = error.source();
    }
    reason
}

fn scope(scope: &str) -> &'static str {
    if scope == "global" { "the whole archive" } else { "their source" }
}

fn holder_note(holder: &str) -> String {
    if holder.is_empty() { String::new() } else { format!(" ({holder})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(error: &IndexError, message: &str) {
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn messages_name_the_place_and_no_flags() {
        let path = || PathBuf::from("index");
        check(&IndexError::Missing(path()), "no index at index");
        check(&IndexError::damaged(&path(), "truncated"), "index is damaged (truncated)");
        let locked = |holder: &str| IndexError::Locked { folder: path(), holder: holder.to_owned() };
        check(&locked(""), "another newsearch is writing to index; wait for it to end");
        check(&locked("process 7"), "another newsearch is writing to index (process 7); wait for it to end");
    }

    #[test]
    fn files_that_the_system_refuses_are_not_damaged() {
        let check_both = |io_error: fn() -> std::io::Error, message: &str| {
            let open = || OpenReadError::wrap_io_error(io_error(), "f".into());
            check(&IndexError::opening_file(Path::new("f"))(open()), message);
            check(&IndexError::opening(Path::new("f"))(TantivyError::OpenReadError(open())), message);
        };
        // 13 is EACCES.
        let refused = || std::io::Error::from_raw_os_error(13);
        check_both(refused, &format!("cannot access f: {}", refused()));
        check_both(|| std::io::Error::other("too short"), "f is damaged (too short)");
        let missing = OpenReadError::FileDoesNotExist("f".into());
        check(&IndexError::opening_file(Path::new("f"))(missing), "f is damaged (it is missing)");
    }

    #[test]
    fn causes_are_kept() {
        let invalid = || TantivyError::InvalidArgument("no such field".to_owned());
        let error = IndexError::tantivy("adding an article")(invalid());
        check(&error, &format!("the index failed while adding an article: {}", invalid()));
        assert!(error.source().is_some_and(|source| source.is::<TantivyError>()));
        let stopped = TantivyError::ErrorInThread(String::new());
        assert!(matches!(IndexError::tantivy("adding an article")(stopped), IndexError::WriterStopped));
        let refused = IndexError::io("x")(std::io::ErrorKind::PermissionDenied.into());
        assert!(refused.source().is_some_and(|source| source.is::<std::io::Error>()));
        check(&IndexError::Engine("no answer".into()), "no answer");
    }
}
