//! What plans are made against.

use crate::index::{Entities, IndexSchema};
use crate::search::snapshot::reader::Snapshot;

/// Makes plans against one commit.
pub(crate) struct Planner<'a> {
    pub snapshot: &'a Snapshot,
    pub schema: &'a IndexSchema,
    pub entities: &'a Entities,
}
