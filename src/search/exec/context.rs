//! The shared input of all steps of a search.

use crate::index::IndexSchema;
use crate::search::exec::bm25f::Scoring;
use crate::search::plan::tree::Plan;
use crate::search::snapshot::reader::Snapshot;

/// A plan, its scoring, and the commit it runs on.
#[derive(Clone, Copy)]
pub(crate) struct SearchContext<'a> {
    pub snapshot: &'a Snapshot,
    pub schema: &'a IndexSchema,
    pub plan: &'a Plan,
    pub scoring: &'a Scoring,
    /// Whether scores decay with age.
    pub recency: bool,
}
