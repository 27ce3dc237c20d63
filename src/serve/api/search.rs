//! `/api/search`.

use std::time::Instant;

use utoipa::openapi::path::Parameter;
use utoipa::openapi::{RefOr, Schema};

use crate::present::{Answer, AnswerJson};
use crate::search::{FacetRequest, Query, QueryRequest};

use super::super::ask::{Ask, Reply};
use super::super::problem::Problem;
use super::{LONGEST, MOST_NAMES, at_most, json, short};

/// Hits of a page, and hits before it, at most.
const MOST_HITS: usize = 100;
const MOST_SKIPPED: usize = 10_000;
/// Snippets of a hit, at most.
const MOST_SNIPPETS: usize = 10;
/// Names that must be there, and facets to count, at most.
const MOST_FILTERS: usize = 50;

/// Articles that match a query: ranked, with snippets, facets and a suggestion.
#[utoipa::path(
    get,
    path = "/api/search",
    params(QueryRequest),
    responses(
        (status = 200, description = "What was found, perhaps nothing", body = AnswerJson),
        (status = 304, description = "As `If-None-Match` says"),
        (status = "4XX", description = "A query or setting that makes no sense", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many requests, or too slow", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) fn search(ask: &Ask) -> Result<Reply, Problem> {
    let began = Instant::now();
    let request: QueryRequest = ask.settings()?;
    let id = request.id_text();
    let query = bounded(ask, request.apply(&Query::new(""))?)?;
    let results = ask.searcher().search(&query)?;
    json(&AnswerJson::new(&Answer { id: id.as_deref(), query: &query.text, took: began.elapsed(), results: &results }))
}

/// A query that asks for no more than one request may.
pub(in crate::serve) fn bounded(ask: &Ask, query: Query) -> Result<Query, Problem> {
    short(&query.text)?;
    at_most(Some(query.limit), 0, MOST_HITS)?;
    let within = |what: &str, number: usize, most: usize, problem: fn(String) -> Problem| match number <= most {
        true => Ok(()),
        false => Err(problem(format!("{what} {number}: expected at most {most}"))),
    };
    within("offset", query.offset, MOST_SKIPPED, Problem::bad)?;
    within("snippets", query.snippets, MOST_SNIPPETS, Problem::bad)?;
    within("since_commit", query.filters.since_commit.unwrap_or(0) as usize, i64::MAX as usize, Problem::bad)?;
    within("filters", query.filters.names.len() + query.filters.sources.len(), MOST_FILTERS, Problem::unreadable)?;
    within("facets", query.facets.len(), MOST_FILTERS, Problem::unreadable)?;
    let names = |facet: &FacetRequest| within("names of a facet", facet.limit, MOST_NAMES, Problem::unreadable);
    query.facets.iter().try_for_each(names)?;
    Ok(Query { deadline: ask.deadline, ..query })
}

/// Writes the bounds of [`bounded`] into the description of the settings.
pub(super) fn describe_bounds(parameter: &mut Parameter) {
    let most = match parameter.name.as_str() {
        "limit" => MOST_HITS,
        "offset" => MOST_SKIPPED,
        "snippets" => MOST_SNIPPETS,
        "q" => LONGEST,
        _ => return,
    };
    if let Some(RefOr::T(Schema::Object(object))) = &mut parameter.schema {
        match parameter.name.as_str() {
            "q" => object.max_length = Some(most),
            _ => object.maximum = Some(most.into()),
        }
    }
}
