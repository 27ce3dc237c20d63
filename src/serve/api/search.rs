//! `/api/search`.

use std::time::Instant;

use utoipa::openapi::path::Parameter;
use utoipa::openapi::{RefOr, Schema};

use crate::present::{Answer, AnswerJson};
use crate::search::{FacetRequest, Query, QueryRequest};

use super::super::handler::{Request, Response};
use super::super::problem::Problem;
use super::parameters::{MAX_NAMES, MAX_QUERY_CHARS, at_most, check_length, json};

/// The maximum of `limit`.
const MAX_HITS: usize = 100;
/// The maximum of `offset`.
const MAX_OFFSET: usize = 10_000;
/// The maximum of `snippets`.
const MAX_SNIPPETS: usize = 10;
/// The maximum number of names, sources and tags, and of facets.
const MAX_FILTERS: usize = 50;

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
pub(super) fn search(request: &Request) -> Result<Response, Problem> {
    let began = Instant::now();
    let asked: QueryRequest = request.parameters()?;
    let id = asked.id_text();
    let query = bounded(request, asked.apply(&Query::new(""))?)?;
    let results = request.searcher().search(&query)?;
    json(&AnswerJson::new(&Answer { id: id.as_deref(), query: &query.text, took: began.elapsed(), results: &results }))
}

/// Checks a query against the bounds of one request, and sets its deadline.
pub(in crate::serve) fn bounded(request: &Request, query: Query) -> Result<Query, Problem> {
    check_length(&query.text)?;
    at_most(Some(query.limit), 0, MAX_HITS)?;
    let within = |what: &str, number: usize, max: usize, problem: fn(String) -> Problem| match number <= max {
        true => Ok(()),
        false => Err(problem(format!("{what} {number}: expected at most {max}"))),
    };
    within("offset", query.offset, MAX_OFFSET, Problem::bad)?;
    within("snippets", query.snippets, MAX_SNIPPETS, Problem::bad)?;
    within("since_commit", query.filters.since_commit.unwrap_or(0) as usize, i64::MAX as usize, Problem::bad)?;
    let filters = query.filters.names.len() + query.filters.sources.len() + query.filters.tags.len();
    within("filters", filters, MAX_FILTERS, Problem::unreadable)?;
    within("facets", query.facets.len(), MAX_FILTERS, Problem::unreadable)?;
    let names = |facet: &FacetRequest| within("names of a facet", facet.limit, MAX_NAMES, Problem::unreadable);
    query.facets.iter().try_for_each(names)?;
    Ok(Query { deadline: request.deadline, ..query })
}

/// Adds the bounds of [`bounded`] to the description of a parameter.
pub(super) fn describe_bounds(parameter: &mut Parameter) {
    let max = match parameter.name.as_str() {
        "limit" => MAX_HITS,
        "offset" => MAX_OFFSET,
        "snippets" => MAX_SNIPPETS,
        "q" => MAX_QUERY_CHARS,
        _ => return,
    };
    if let Some(RefOr::T(Schema::Object(object))) = &mut parameter.schema {
        match parameter.name.as_str() {
            "q" => object.max_length = Some(max),
            _ => object.maximum = Some(max.into()),
        }
    }
}
