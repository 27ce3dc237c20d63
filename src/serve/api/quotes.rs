//! `/api/quotes`.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::insight::{QuoteHit, QuoteRequest};
use crate::present::Versioned;
use crate::search::Filters;

use super::super::handler::{Request, Response};
use super::super::problem::Problem;
use super::parameters::{at_most, json, unknown};

/// The maximum of `limit`.
const MAX_QUOTES: usize = 500;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Parameters {
    /// Only quotes of this person or organization, under any spelling.
    by: Option<String>,
    /// Only quotes that speak of this name, or have these words.
    about: Option<String>,
    /// Only from articles published on this day or later.
    since: Option<String>,
    /// Only from articles published on this day or earlier.
    until: Option<String>,
    /// Only from this source.
    #[serde(default)]
    source: Vec<String>,
    /// Quotes to return, the newest: 20 where it is left out, at most 500.
    #[param(maximum = 500)]
    limit: Option<usize>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Quotes {
    /// The quotes, newest first.
    quotes: Vec<QuoteHit>,
}

/// What people said, word for word, with the article and place. `by` or `about` is
/// needed.
#[utoipa::path(
    get,
    path = "/api/quotes",
    params(Parameters),
    responses(
        (status = 200, description = "Quotes, perhaps none", body = Versioned<Quotes>),
        (status = "4XX", description = "No such name, or a setting that makes no sense", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) fn quotes(request: &Request) -> Result<Response, Problem> {
    let Parameters { by, about, since, until, source, limit } = request.parameters()?;
    if by.is_none() && about.is_none() {
        return Err(Problem::unreadable("whose quotes? give by, about, or both"));
    }
    let limit = at_most(limit, 20, MAX_QUOTES)?;
    let mut filters = Filters { sources: source, ..Filters::default() };
    since.iter().try_for_each(|date| filters.since(date))?;
    until.iter().try_for_each(|date| filters.until(date))?;
    let by =
        by.map(|name| request.searcher().entity_named_or_written(&name).ok_or_else(|| unknown(&name))).transpose()?;
    let mut quotes = request.searcher().quotes(&QuoteRequest { by, about, filters, limit: limit.max(1) })?;
    quotes.truncate(limit);
    json(&Versioned::new(Quotes { quotes }))
}
