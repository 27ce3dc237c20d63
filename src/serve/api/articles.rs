//! `/api/articles/{id}` and `/api/similar/{id}`.

use std::time::Instant;

use serde::Deserialize;
use utoipa::IntoParams;

use crate::present::{Answer, AnswerJson, ShownArticle};
use crate::search::Results;

use super::super::handler::{Request, Response};
use super::super::problem::Problem;
use super::parameters::{at_most, json};

/// The maximum of `limit`.
const MAX_SIMILAR: usize = 100;

/// One article, whole: its text and names.
#[utoipa::path(
    get,
    path = "/api/articles/{id}",
    params(("id" = String, Path, description = "The article's id, as hits have it; percent-encoded")),
    responses(
        (status = 200, description = "The article", body = ShownArticle),
        (status = "4XX", description = "No article has this id", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) fn article(request: &Request) -> Result<Response, Problem> {
    let id = request.variable(0);
    let article = request.searcher().article(id)?.ok_or_else(|| missing(id))?;
    let entities = request.searcher().entities_of(&article, usize::MAX);
    json(&ShownArticle::new(&article, &entities, request.searcher().entity_table()))
}

/// The problem of an id that no article has.
pub(in crate::serve) fn missing(id: &str) -> Problem {
    Problem::missing(format!("no article has the id {id:?}"))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Parameters {
    /// Articles to return: 10 where it is left out, at most 100.
    #[param(maximum = 100)]
    limit: Option<usize>,
}

/// Articles like another: by the names they share, and by rare words.
#[utoipa::path(
    get,
    path = "/api/similar/{id}",
    params(("id" = String, Path, description = "The article's id; percent-encoded"), Parameters),
    responses(
        (status = 200, description = "Articles, best first", body = AnswerJson),
        (status = "4XX", description = "No article has this id", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) fn similar(request: &Request) -> Result<Response, Problem> {
    let began = Instant::now();
    let parameters: Parameters = request.parameters()?;
    let (id, limit) = (request.variable(0), at_most(parameters.limit, 10, MAX_SIMILAR)?);
    let hits = request.searcher().similar(id, limit)?.ok_or_else(|| missing(id))?;
    let results =
        Results { total: hits.len(), complete: hits.len(), hits, copies_counted: false, ..Results::default() };
    json(&AnswerJson::new(&Answer { id: None, query: id, took: began.elapsed(), results: &results }))
}
