//! Requests to a cluster, and their results.

use tantivy::schema::Field;

use crate::index::{ArticleRecord, DuplicateClusters, IndexSchema};
use crate::search::exec::bm25f::Scoring;
use crate::search::exec::match_requirement::MatchRequirement;
use crate::search::plan::tree::Plan;
use crate::search::query::sort::Sort;

/// Articles fetched in one request where all are wanted; also the most in one.
pub(super) const ALL: usize = 400;

/// Terms of which the documents with any are counted: the forms of a word.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct CountedTerms {
    pub field: Field,
    pub terms: Vec<String>,
}

/// Collection statistics.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct CollectionTotals {
    pub articles: u64,
    /// Words of all titles, and of all bodies.
    pub words: (u64, u64),
}

/// The condition that articles must meet.
#[derive(Clone, Copy)]
pub(super) struct MatchSpec<'a> {
    pub plan: &'a Plan,
    pub scoring: &'a Scoring,
    pub requirement: &'a MatchRequirement,
    /// What articles must not meet: those of the tier before.
    pub without: Option<&'a MatchRequirement>,
    pub schema: &'a IndexSchema,
    /// The latest day of publication, where recent articles are preferred.
    pub newest: Option<u64>,
    /// For `is:duplicate`.
    pub copies: &'a DuplicateClusters,
}

/// Where a batch ends: the sort values of its last article.
pub(super) type After = serde_json::Value;

/// Which of the matching articles to fetch.
#[derive(Debug, Clone, Default)]
pub(super) struct CandidateBatch {
    /// By their score bounds, or by date.
    pub sort: Sort,
    /// Only those after this position.
    pub after: Option<After>,
    pub size: usize,
    /// Only articles of these keys.
    pub only: Option<Vec<u64>>,
    /// Only articles of other keys than these.
    pub without: Vec<u64>,
}

/// The fetched articles.
#[derive(Debug, Default)]
pub(super) struct FetchedBatch {
    /// How many articles match.
    pub total: usize,
    /// The articles of the batch, each with its indexing run.
    pub articles: Vec<(ArticleRecord, u64)>,
    /// The score bound of the articles after them.
    pub bound: f32,
    /// Where the next batch begins; `None` after the last.
    pub next: Option<After>,
}
