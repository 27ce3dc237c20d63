//! `/api/compare`.

use serde::Deserialize;
use utoipa::IntoParams;

use crate::insight::{By, Comparison};
use crate::present::Versioned;
use crate::search::Query;

use super::super::ask::{Ask, Reply};
use super::super::problem::Problem;
use super::{json, short};

/// Queries side by side, at most.
const MOST: usize = 10;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Settings {
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
    /// Take words as they stand.
    #[serde(default)]
    exact: bool,
}

/// Articles about several things over time, side by side.
#[utoipa::path(
    get,
    path = "/api/compare",
    params(Settings),
    responses(
        (status = 200, description = "Counts by time", body = Versioned<Comparison>),
        (status = "4XX", description = "A query or setting that makes no sense", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) fn compare(ask: &Ask) -> Result<Reply, Problem> {
    let Settings { q, by, since, until, exact } = ask.settings()?;
    if q.is_empty() || q.len() > MOST {
        return Err(Problem::bad(format!("q is given {} times: expected 1 to {MOST} queries", q.len())));
    }
    let mut base = Query { exact, deadline: ask.deadline, ..Query::new("") };
    since.iter().try_for_each(|date| base.filters.since(date))?;
    until.iter().try_for_each(|date| base.filters.until(date))?;
    q.iter().try_for_each(|text| short(text))?;
    json(&Versioned::new(ask.searcher().compare(&q, &base, by)?))
}
