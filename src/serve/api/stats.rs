//! `/api/stats`.

use crate::insight::Stats;
use crate::present::Versioned;

use super::super::handler::{Request, Response};
use super::super::problem::Problem;
use super::parameters::json;

/// Counts and sizes of the archive.
#[utoipa::path(
    get,
    path = "/api/stats",
    responses((status = 200, description = "Counts and sizes", body = Versioned<Stats>))
)]
pub(super) fn stats(request: &Request) -> Result<Response, Problem> {
    json(&Versioned::new(request.searcher().stats()?))
}
