//! Queries that cannot be answered.

use crate::index::IndexError;

/// A query that cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The query does not parse.
    #[error("cannot read the query at byte {at}: {expected}\n  {query}\n  {caret:>width$}", caret = '^', width = query[..*at].chars().count() + 1)]
    Syntax {
        /// The query.
        query: String,
        /// Byte where it goes wrong.
        at: usize,
        /// What is wrong and what to write instead.
        expected: String,
    },
    /// Neither words nor filters.
    #[error("the query is empty; give words, or a filter such as --person \"Tom Cruise\"")]
    Empty,
    /// A filter that makes no sense.
    #[error("{0}")]
    Filter(String),
    /// The index failed.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// tantivy failed.
    #[error("cannot read the index: {0}; run `newsearch verify`")]
    Tantivy(#[from] tantivy::TantivyError),
    /// A file of the index could not be read.
    #[error("cannot read the index: {0}; run `newsearch verify`")]
    Io(#[from] std::io::Error),
    /// A stored article does not decode.
    #[error("the index is damaged: a stored article does not decode ({0}); remove it and index again")]
    Stored(#[from] postcard::Error),
}
