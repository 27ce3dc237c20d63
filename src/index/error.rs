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
        "the index at {path} has format {found}, this newsearch reads {expected}; remove all in it but aliases.toml, and index again"
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
    #[error("{path} is damaged ({what}); remove all in the index folder but aliases.toml, and index again")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found wrong.
        what: String,
    },
    /// Another process writes.
    #[error("another newsearch is writing to {0}; wait for it to end")]
    Locked(PathBuf),
    /// The system refused.
    #[error("cannot access {path}: {error}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: std::io::Error,
    },
    /// tantivy failed.
    #[error("the index failed: {0}; run `newsearch verify`, or index again into another folder")]
    Tantivy(#[from] tantivy::TantivyError),
}

impl IndexError {
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |error| Self::Io { path, error }
    }
}
