//! `/api/timeline`.

use serde::Deserialize;
use utoipa::IntoParams;

use crate::insight::{Timeline, TimelineRequest};
use crate::present::Versioned;
use crate::report::EventKind;
use crate::search::Filters;

use super::super::handler::{Request, Response};
use super::super::problem::Problem;
use super::parameters::{json, unknown};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Parameters {
    /// The work or person, under any spelling.
    name: String,
    /// Only statements of this; releases include premieres and streaming.
    #[param(inline)]
    what: Option<EventKind>,
    /// Only what articles published on this day or later state.
    since: Option<String>,
    /// Only what articles published on this day or earlier state.
    until: Option<String>,
}

/// What articles stated of a work or person, and when.
#[utoipa::path(
    get,
    path = "/api/timeline",
    params(Parameters),
    responses(
        (status = 200, description = "Statements in the order of the articles, perhaps none", body = Versioned<Timeline>),
        (status = "4XX", description = "No such name, or a setting that makes no sense", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) fn timeline(request: &Request) -> Result<Response, Problem> {
    let Parameters { name, what, since, until } = request.parameters()?;
    let mut days = Filters::default();
    since.iter().try_for_each(|date| days.since(date))?;
    until.iter().try_for_each(|date| days.until(date))?;
    let entity = request.searcher().work_or_other(&name).ok_or_else(|| unknown(&name))?;
    json(&Versioned::new(request.searcher().timeline(entity, &TimelineRequest { what, days })?))
}
