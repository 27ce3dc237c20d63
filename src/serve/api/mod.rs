//! The API: JSON as the command line prints it, problems as RFC 9457 has them.

mod articles;
mod compare;
mod complete;
mod entities;
mod feed;
mod quotes;
mod search;
mod stats;
mod timeline;

use std::sync::LazyLock;

use serde::Serialize;
use utoipa::openapi::RefOr;
use utoipa::{Modify, OpenApi};

use super::ask::{Reply, Work};
use super::problem::Problem;

pub(super) use articles::missing as missing_article;
pub(super) use feed::address as feed_address;
pub(super) use search::bounded;

/// The longest query, in characters.
const LONGEST: usize = 1000;
/// Names that a request asks for, at most.
const MOST_NAMES: usize = 1000;

/// The endpoints of programs.
pub(super) const ENDPOINTS: [(&str, Work); 10] = [
    ("/api/search", search::search),
    ("/api/complete", complete::complete),
    ("/api/entities", entities::entities),
    ("/api/articles/{*id}", articles::article),
    ("/api/similar/{*id}", articles::similar),
    ("/api/compare", compare::compare),
    ("/api/timeline", timeline::timeline),
    ("/api/quotes", quotes::quotes),
    ("/api/stats", stats::stats),
    ("/feed", feed::feed),
];

#[derive(OpenApi)]
#[openapi(
    info(
        title = "newsearch",
        description = "Full-text search over entertainment news: ranked snippets, and the names in them. \
                       Offsets are UTF-8 bytes. Every answer has an entity tag that changes with the archive. \
                       Where a token is needed, send it as `Authorization: Bearer TOKEN`."
    ),
    paths(
        search::search,
        complete::complete,
        entities::entities,
        articles::article,
        articles::similar,
        compare::compare,
        timeline::timeline,
        quotes::quotes,
        stats::stats,
        feed::feed,
    ),
    modifiers(&Bounds)
)]
struct Document;

/// Completes what is said of the settings of a query, which are those of the
/// command line too.
struct Bounds;

impl Modify for Bounds {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        for path in ["/api/search", "/feed"] {
            let operation = document.paths.paths.get_mut(path).and_then(|path| path.get.as_mut());
            for parameter in operation.into_iter().flat_map(|get| get.parameters.iter_mut()).flatten() {
                if let RefOr::T(parameter) = parameter {
                    search::describe_bounds(parameter);
                }
            }
        }
    }
}

/// The OpenAPI document of the API, made from its types.
///
/// ```
/// let document: serde_json::Value = serde_json::from_str(newsearch::serve::openapi())?;
/// assert!(document["paths"]["/api/search"]["get"]["parameters"].is_array());
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn openapi() -> &'static str {
    // Plain data always serializes.
    static DOCUMENT: LazyLock<String> = LazyLock::new(|| Document::openapi().to_json().unwrap_or_default());
    &DOCUMENT
}

/// An object as JSON.
fn json(object: &impl Serialize) -> Result<Reply, Problem> {
    serde_json::to_vec(object).map(Reply::json).map_err(|_| Problem::internal())
}

/// The archive has no such name.
fn unknown(name: &str) -> Problem {
    Problem::missing(format!("the archive has no name {name:?}; /api/entities lists them"))
}

/// Refuses text that is too long to be a query.
fn short(text: &str) -> Result<(), Problem> {
    match text.chars().count() {
        characters if characters <= LONGEST => Ok(()),
        characters => Err(Problem::bad(format!("q has {characters} characters: expected at most {LONGEST}"))),
    }
}

/// A number of rows within what may be asked for.
fn at_most(limit: Option<usize>, default: usize, most: usize) -> Result<usize, Problem> {
    match limit.unwrap_or(default) {
        limit if limit <= most => Ok(limit),
        limit => Err(Problem::bad(format!("limit {limit}: expected at most {most}"))),
    }
}
