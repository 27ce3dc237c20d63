//! A query with its options.

use crate::article::EntityKind;
use crate::search::query::deadline::Deadline;
use crate::search::query::facet_request::{FacetKind, FacetOrder, FacetRequest};
use crate::search::query::filters::Filters;
use crate::search::query::sort::{Duplicates, Sort};

/// A query to an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Query {
    /// In the query language; may be empty if a filter is set.
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
    /// The order of the names of facets.
    pub facet_order: FacetOrder,
    /// Snippets for each hit.
    pub snippets: usize,
    /// How duplicates are shown.
    pub duplicates: Duplicates,
    /// Match words exactly as typed: no stems, no entity linking.
    pub exact: bool,
    /// Rank articles that are near in meaning higher.
    pub meaning: bool,
    /// Answer a corrected query where no article has all of this one.
    pub correct: bool,
    /// Prefer recent articles, gently.
    pub fresh: bool,
    /// Count only facet names with this prefix, in the name or one of its words.
    pub facet_prefix: String,
    /// Explain the plan and the parts of each score.
    pub explain: bool,
    /// When the query times out.
    pub deadline: Deadline,
}

impl Query {
    /// A query with defaults: ten hits, one snippet each, ten names of each kind.
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
            facet_order: FacetOrder::default(),
            snippets: 1,
            duplicates: Duplicates::default(),
            exact: false,
            meaning: true,
            correct: true,
            fresh: false,
            facet_prefix: String::new(),
            explain: false,
            deadline: Deadline::default(),
        }
    }

    /// The same query with at most `limit` hits.
    #[must_use]
    pub fn limit(self, limit: usize) -> Self {
        Self { limit, ..self }
    }

    /// The same query with these facets.
    #[must_use]
    pub fn facets(self, facets: impl IntoIterator<Item = FacetRequest>) -> Self {
        Self { facets: facets.into_iter().collect(), ..self }
    }

    /// The same query with facets in another order.
    #[must_use]
    pub fn facet_order(self, facet_order: FacetOrder) -> Self {
        Self { facet_order, ..self }
    }

    /// The same query with at most so many snippets for each hit.
    #[must_use]
    pub fn snippets(self, snippets: usize) -> Self {
        Self { snippets, ..self }
    }

    /// The same query with other filters.
    #[must_use]
    pub fn filters(self, filters: Filters) -> Self {
        Self { filters, ..self }
    }

    /// The same query in another order.
    #[must_use]
    pub fn sort(self, sort: Sort) -> Self {
        Self { sort, ..self }
    }

    /// The same query that collapses or shows duplicates.
    #[must_use]
    pub fn duplicates(self, duplicates: Duplicates) -> Self {
        Self { duplicates, ..self }
    }

    /// The same query with a deadline.
    #[must_use]
    pub fn deadline(self, deadline: Deadline) -> Self {
        Self { deadline, ..self }
    }
}
