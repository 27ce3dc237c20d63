//! The OpenAPI document of the API, made from its types.

use std::sync::LazyLock;

use utoipa::openapi::RefOr;
use utoipa::{Modify, OpenApi};

use super::{articles, compare, complete, entities, feed, quotes, search, stats, timeline};

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

/// Adds the bounds of the API to the parameters of a query, whose type is shared
/// with the command line.
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
/// let document: serde_json::Value = serde_json::from_str(newsearch::internals::serve::openapi())?;
/// assert!(document["paths"]["/api/search"]["get"]["parameters"].is_array());
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn openapi() -> &'static str {
    // Plain data always serializes.
    static DOCUMENT: LazyLock<String> = LazyLock::new(|| Document::openapi().to_json().unwrap_or_default());
    &DOCUMENT
}
