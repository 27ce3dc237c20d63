//! `/api/search`.

use std::time::Instant;

use crate::present::{Answer, AnswerJson};
use crate::search::{Query, QueryRequest};

use super::super::ask::{Ask, Reply};
use super::super::problem::Problem;
use super::{MOST_NAMES, json};

/// The longest query, in characters.
const LONGEST: usize = 1000;
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
    let query = bounded(ask.settings::<QueryRequest>()?.apply(&Query::new(""))?)?;
    let results = ask.searcher().search(&query)?;
    json(&AnswerJson::new(&Answer { id: None, query: &query.text, took: began.elapsed(), results: &results }))
}

/// A query that asks for no more than one request may.
pub(in crate::serve) fn bounded(query: Query) -> Result<Query, Problem> {
    let within = |what: &str, number: usize, most: usize| match number <= most {
        true => Ok(()),
        false => Err(Problem::bad(format!("{what}: {number} is too much; expected at most {most}"))),
    };
    within("characters of the query", query.text.chars().count(), LONGEST)?;
    within("limit", query.limit, MOST_HITS)?;
    within("offset", query.offset, MOST_SKIPPED)?;
    within("snippets", query.snippets, MOST_SNIPPETS)?;
    within("filters", query.filters.names.len() + query.filters.sources.len(), MOST_FILTERS)?;
    within("facets", query.facets.len(), MOST_FILTERS)?;
    query.facets.iter().try_for_each(|facet| within("names of a facet", facet.limit, MOST_NAMES))?;
    Ok(query)
}
