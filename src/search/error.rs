//! Queries that cannot be answered.

use crate::index::IndexError;

/// A query that cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The query does not parse.
    #[error("cannot read the query at byte {at}: {expected}\n  {around}\n  {caret:>column$}", caret = '^')]
    Syntax {
        /// The query, or the stretch of a long one where it goes wrong.
        around: String,
        /// The character of `around` where it goes wrong, from 1.
        column: usize,
        /// Byte of the query where it goes wrong.
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
    /// It took longer than was allowed.
    #[error("no answer in the time that was given; ask for fewer words, or for fewer that stand for many others")]
    Late,
    /// The statistics of a cluster were asked for again and again.
    #[error("the counts that scores depend on could not be gathered from the cluster; try again")]
    Unsettled,
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

/// Characters of a long query that an error shows before and after its place.
const SHOWN: usize = 60;

impl SearchError {
    /// What is wrong at byte `at` of a query.
    pub(crate) fn syntax(query: &str, at: usize, expected: &str) -> Self {
        let (before, after) = query.split_at(at);
        let skipped = before.chars().count().saturating_sub(SHOWN);
        let mut around = if skipped > 0 { "…".to_owned() } else { String::new() };
        around.extend(before.chars().skip(skipped));
        let column = around.chars().count() + 1;
        around.extend(after.chars().take(SHOWN));
        if after.chars().nth(SHOWN).is_some() {
            around.push('…');
        }
        let around = around.replace(char::is_control, " ");
        Self::Syntax { around, column, at, expected: expected.to_owned() }
    }
}
