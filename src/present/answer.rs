//! The answer to a query, as all formats take it.

use std::time::Duration;

use crate::search::Results;

/// The answer to one query, with what is printed along with it.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The query's id in a batch.
    pub id: Option<&'a str>,
    /// The query, as it was asked.
    pub query: &'a str,
    /// How long the search took.
    pub took: Duration,
    /// The results.
    pub results: &'a Results,
}
