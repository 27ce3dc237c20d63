//! What is asked of a cluster, and what comes back.

use tantivy::schema::Field;

use crate::index::{ArticleRecord, DuplicateClusters, IndexSchema};
use crate::search::exec::bm25f::Scoring;
use crate::search::exec::match_requirement::MatchRequirement;
use crate::search::plan::tree::Plan;
use crate::search::query::sort::Sort;

/// Articles fetched in one request where all of them are wanted, and the most at
/// once.
pub(super) const ALL: usize = 400;

/// A term whose articles are counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct CountedTerm {
    pub field: Field,
    pub term: String,
    /// A stem, rather than a word as it is written.
    pub stem: bool,
}

/// What the archive holds in all.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct CollectionTotals {
    pub articles: u64,
    /// Terms of all titles, and of all bodies.
    pub words: (u64, u64),
}

/// What articles must have.
#[derive(Clone, Copy)]
pub(super) struct MatchSpec<'a> {
    pub plan: &'a Plan,
    pub scoring: &'a Scoring,
    pub requirement: &'a MatchRequirement,
    pub schema: &'a IndexSchema,
    /// The latest day of publication, where what is new is preferred.
    pub newest: Option<u64>,
    /// For `is:duplicate`.
    pub copies: &'a DuplicateClusters,
}

/// Where a page of articles ends: the sort values of its last.
pub(super) type After = serde_json::Value;

/// Which of the wanted articles to bring.
#[derive(Debug, Clone, Default)]
pub(super) struct CandidateBatch {
    /// By the most they can score, or by date.
    pub sort: Sort,
    /// Those after this place.
    pub after: Option<After>,
    pub size: usize,
    /// Only articles of these ties.
    pub only: Option<Vec<u64>>,
    /// Only articles of other ties than these.
    pub without: Vec<u64>,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct FetchedBatch {
    /// How many articles match.
    pub total: usize,
    /// The articles of the batch, with the commit each came with.
    pub articles: Vec<(ArticleRecord, u64)>,
    /// The most that those after them can score.
    pub bound: f32,
    /// Where the next batch begins; none where this was the last.
    pub next: Option<After>,
}
