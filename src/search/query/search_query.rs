//! What is asked.

use crate::article::EntityKind;
use crate::search::query::deadline::Deadline;
use crate::search::query::facet_request::{FacetKind, FacetRequest};
use crate::search::query::filters::Filters;
use crate::search::query::sort::{Duplicates, Sort};

/// A question to an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// In the query language; may be empty where a filter is set.
    pub text: String,
    /// Conditions that every hit meets.
    pub filters: Filters,
    /// The order of hits.
    pub sort: Sort,
    /// Hits to return.
    pub limit: usize,
    /// Hits to skip.
    pub offset: usize,
    /// Facets to count.
    pub facets: Vec<FacetRequest>,
    /// Snippets for each hit.
    pub snippets: usize,
    /// What to do with copies.
    pub duplicates: Duplicates,
    /// Take words as they stand: no stems, no names noticed.
    pub exact: bool,
    /// Prefer what is new, gently.
    pub fresh: bool,
    /// Count only names of facets that begin so, or a word of theirs.
    pub facet_prefix: String,
    /// Say how the query was understood and what each hit's score is made of.
    pub explain: bool,
    /// When to give up.
    pub deadline: Deadline,
}

impl Query {
    /// The question that these words ask: ten hits, one snippet each, ten
    /// names of each kind.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            filters: Filters::default(),
            sort: Sort::default(),
            limit: 10,
            offset: 0,
            facets: EntityKind::ALL
                .into_iter()
                .map(|kind| FacetRequest { kind: FacetKind::Names(kind), limit: FacetRequest::LIMIT })
                .collect(),
            snippets: 1,
            duplicates: Duplicates::default(),
            exact: false,
            fresh: false,
            facet_prefix: String::new(),
            explain: false,
            deadline: Deadline::default(),
        }
    }
}
