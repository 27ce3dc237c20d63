//! `/api/compare`.

use serde::Deserialize;
use utoipa::IntoParams;

use crate::insight::{By, Comparison};
use crate::present::Versioned;
use crate::search::Query;

use super::super::handler::{Request, Response};
use super::super::problem::Problem;
use super::parameters::{check_length, json};

/// Queries of a comparison, at most.
const MAX_QUERIES: usize = 10;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Parameters {
    /// The queries, each in the query language; 1 to 10.
    #[serde(default)]
    #[param(required = true, min_items = 1, max_items = 10)]
    q: Vec<String>,
    /// The length of time to count by; `month` where it is left out.
    #[serde(default)]
    #[param(inline)]
    by: By,
    /// Only articles published on this day or later.
    since: Option<String>,
    /// Only articles published on this day or earlier.
    until: Option<String>,
    /// Match words exactly, without other word forms.
    #[serde(default)]
    exact: bool,
}

/// Articles about several things over time, side by side.
#[utoipa::path(
    get,
    path = "/api/compare",
    params(Parameters),
    responses(
        (status = 200, description = "Counts by time", body = Versioned<Comparison>),
        (status = "4XX", description = "A query or setting that makes no sense", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) fn compare(request: &Request) -> Result<Response, Problem> {
    let Parameters { q, by, since, until, exact } = request.parameters()?;
    if q.is_empty() || q.len() > MAX_QUERIES {
        return Err(Problem::bad(format!("q is given {} times: expected 1 to {MAX_QUERIES} queries", q.len())));
    }
    let mut base = Query { exact, deadline: request.deadline, ..Query::new("") };
    since.iter().try_for_each(|date| base.filters.since(date))?;
    until.iter().try_for_each(|date| base.filters.until(date))?;
    q.iter().try_for_each(|text| check_length(text))?;
    json(&Versioned::new(request.searcher().compare(&q, &base, by)?))
}
