//! What every step of a search needs.

use crate::index::IndexSchema;
use crate::search::exec::bm25f::Scoring;
use crate::search::plan::tree::Plan;
use crate::search::snapshot::reader::Snapshot;

/// A commit and what is asked of it.
#[derive(Clone, Copy)]
pub(crate) struct SearchContext<'a> {
    pub snapshot: &'a Snapshot,
    pub schema: &'a IndexSchema,
    pub plan: &'a Plan,
    pub scoring: &'a Scoring,
    pub fresh: bool,
}
