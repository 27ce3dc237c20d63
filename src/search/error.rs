//! Queries that cannot be answered.

use std::error::Error;

use crate::index::IndexError;

/// A query that cannot be answered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The query does not parse.
    #[error("cannot read the query at byte {at}: {expected}\n  {around}\n  {caret:>column$}", caret = '^')]
    Syntax {
        /// The query, or the part of a long one around the error.
        around: String,
        /// The 1-based character of `around` with the error.
        column: usize,
        /// The byte offset of the error in the query.
        at: usize,
        /// What is wrong and what to write instead.
        expected: String,
    },
    /// Several articles have an id, with different texts.
    #[error("several articles have the id {id}: {}", listed(.choices))]
    SharedId {
        /// The id.
        id: String,
        /// The id that each has alone, and its title.
        choices: Vec<(String, String)>,
    },
    /// The query goes beyond one of the limits of a query.
    #[error("the query is too large: it has {found} {what}, at most {most} are searched; shorten it, or ask in parts")]
    TooLarge {
        /// What is limited, in the plural.
        what: &'static str,
        /// How many the query has.
        found: usize,
        /// The limit.
        most: usize,
    },
    /// The cluster takes fewer conditions than the query has.
    #[error(
        "the query has more conditions than the cluster takes ({0}); shorten it, ask in parts, or raise the setting indices.query.bool.max_clause_count of its nodes"
    )]
    TooManyClauses(String),
    /// Neither words nor filters.
    #[error("the query is empty; give words, or a filter")]
    Empty,
    /// An invalid filter.
    #[error("{0}")]
    Filter(String),
    /// The time limit was reached.
    #[error("the query timed out; use fewer words or narrower wildcards")]
    Late,
    /// Work that depends on the statistics of a cluster requested more of them
    /// every time.
    #[error("the counts that scores depend on could not be gathered from the cluster; try again")]
    Unsettled,
    /// The index failed.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The postings, columns or files of the index could not be read.
    #[error("cannot read the index: {0}")]
    Read(#[source] Box<dyn Error + Send + Sync>),
}

/// Choices that an error lists.
const LISTED: usize = 8;

fn listed(choices: &[(String, String)]) -> String {
    let shown: Vec<String> = choices.iter().take(LISTED).map(|(id, title)| format!("{id} ({title})")).collect();
    let more = if choices.len() > LISTED { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// Characters of a long query that an error quotes before and after its offset.
const AROUND: usize = 60;

impl SearchError {
    /// The postings, columns or files of the index could not be read.
    pub(crate) fn read(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Read(error.into())
    }

    /// An error at byte `at` of a query.
    pub(crate) fn syntax(query: &str, at: usize, expected: &str) -> Self {
        let (before, after) = query.split_at(at);
        let skipped = before.chars().count().saturating_sub(AROUND);
        let mut around = if skipped > 0 { "…".to_owned() } else { String::new() };
        around.extend(before.chars().skip(skipped));
        let column = around.chars().count() + 1;
        around.extend(after.chars().take(AROUND));
        if after.chars().nth(AROUND).is_some() {
            around.push('…');
        }
        let around = around.replace(char::is_control, " ");
        Self::Syntax { around, column, at, expected: expected.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syntax_errors_point_at_their_place() {
        let check = |query: &str, at: usize, expected: &str| {
            assert_eq!(SearchError::syntax(query, at, "a word").to_string(), expected);
        };
        check("(low", 0, "cannot read the query at byte 0: a word\n  (low\n  ^");
        check("é (low", 3, "cannot read the query at byte 3: a word\n  é (low\n    ^");
        let long = format!("{}({}", "a".repeat(70), "b".repeat(70));
        let quoted = format!("…{}({}…", "a".repeat(60), "b".repeat(59));
        let caret = format!("{}^", " ".repeat(61));
        check(&long, 70, &format!("cannot read the query at byte 70: a word\n  {quoted}\n  {caret}"));
    }

    #[test]
    fn sources_are_printed_with_advice() {
        let error = SearchError::read(std::io::Error::other("no disk"));
        assert_eq!(error.to_string(), "cannot read the index: no disk");
        assert!(error.source().is_some());
    }
}
