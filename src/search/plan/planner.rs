//! The input of planning.

use crate::article::FieldName;
use crate::index::{Entities, IndexSchema};
use crate::search::snapshot::reader::Snapshot;

/// Plans queries against one commit.
pub(crate) struct Planner<'a> {
    pub snapshot: &'a Snapshot,
    pub schema: &'a IndexSchema,
    pub entities: &'a Entities,
    /// The fields of the user.
    pub fields: &'a [FieldName],
}
