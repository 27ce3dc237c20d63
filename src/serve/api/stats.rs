//! `/api/stats`.

use crate::insight::Stats;
use crate::present::Versioned;

use super::super::ask::{Ask, Reply};
use super::super::problem::Problem;
use super::json;

/// Counts and sizes of the archive.
#[utoipa::path(
    get,
    path = "/api/stats",
    responses((status = 200, description = "Counts and sizes", body = Versioned<Stats>))
)]
pub(super) fn stats(ask: &Ask) -> Result<Reply, Problem> {
    json(&Versioned::new(ask.searcher().stats()?))
}
