//! What can be wrong with an index, and what to do.

use std::path::PathBuf;

/// An index that could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// Nothing there.
    #[error("no index at {0}; make one with `newsearch index PATH… --index {0}`")]
    Missing(PathBuf),
    /// A folder that holds something else.
    #[error("{0} is not a newsearch index, and not empty; choose another folder with --index")]
    Foreign(PathBuf),
    /// Written by another version.
    #[error(
        "the index at {path} has format {found}, this newsearch reads {expected}; run `newsearch index --rebuild PATH… --index {path}`"
    )]
    Version {
        /// The index folder.
        path: PathBuf,
        /// The format it has.
        found: u32,
        /// The format this version reads.
        expected: u32,
    },
    /// A file that does not hold what it should.
    #[error("{path} is damaged ({what}); run `newsearch index --rebuild PATH…`, which keeps aliases.toml")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found wrong.
        what: String,
    },
    /// Another process writes.
    #[error("another newsearch is writing to {folder}{}; wait for it to end", holder_note(.holder))]
    Locked {
        /// The index folder.
        folder: PathBuf,
        /// Who holds the lock, as the holder wrote it; may be empty.
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
    /// The cluster failed that holds the articles.
    #[error("{0}")]
    Engine(String),
    /// tantivy failed.
    #[error("the index failed: {}; run `newsearch verify`", tantivy_reason(.0))]
    Tantivy(tantivy::TantivyError),
    /// A thread that writes gave up: the system refused to write.
    #[error(
        "the index could not be written, most likely for want of room on the disk; the last commit is intact: make room, then index again"
    )]
    WriterStopped,
}

impl From<tantivy::TantivyError> for IndexError {
    fn from(error: tantivy::TantivyError) -> Self {
        match error {
            // tantivy keeps what its thread found to itself.
            tantivy::TantivyError::ErrorInThread(_) => Self::WriterStopped,
            error => Self::Tantivy(error),
        }
    }
}

fn tantivy_reason(error: &tantivy::TantivyError) -> String {
    use std::error::Error as _;
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

fn holder_note(holder: &str) -> String {
    if holder.is_empty() { String::new() } else { format!(" ({holder})") }
}

impl IndexError {
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |error| Self::Io { path, error }
    }
}
