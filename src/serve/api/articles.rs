//! `/api/articles/{id}` and `/api/similar/{id}`.

use std::time::Instant;

use serde::Deserialize;
use utoipa::IntoParams;

use crate::present::{Answer, AnswerJson, ShownArticle};
use crate::search::Results;

use super::super::ask::{Ask, Reply};
use super::super::problem::Problem;
use super::{at_most, json};

/// Similar articles, at most.
const MOST: usize = 100;

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
pub(super) fn article(ask: &Ask) -> Result<Reply, Problem> {
    let id = ask.variable(0);
    let article = ask.searcher().article(id)?.ok_or_else(|| missing(id))?;
    let entities = ask.searcher().entities_of(&article, usize::MAX);
    json(&ShownArticle::new(&article, &entities, ask.searcher().entity_table()))
}

/// No article has this id.
pub(in crate::serve) fn missing(id: &str) -> Problem {
    Problem::missing(format!("no article has the id {id:?}"))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Settings {
    /// Articles to return: 10 where it is left out, at most 100.
    #[param(maximum = 100)]
    limit: Option<usize>,
}

/// Articles like another: by the names they share, and by rare words.
#[utoipa::path(
    get,
    path = "/api/similar/{id}",
    params(("id" = String, Path, description = "The article's id; percent-encoded"), Settings),
    responses(
        (status = 200, description = "Articles, best first", body = AnswerJson),
        (status = "4XX", description = "No article has this id", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) fn similar(ask: &Ask) -> Result<Reply, Problem> {
    let began = Instant::now();
    let settings: Settings = ask.settings()?;
    let (id, limit) = (ask.variable(0), at_most(settings.limit, 10, MOST)?);
    let hits = ask.searcher().similar(id, limit)?.ok_or_else(|| missing(id))?;
    let results = Results { total: hits.len(), hits, copies_counted: false, ..Results::default() };
    json(&AnswerJson::new(&Answer { id: None, query: id, took: began.elapsed(), results: &results }))
}
