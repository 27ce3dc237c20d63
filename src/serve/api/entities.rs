//! `/api/entities`.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::article::EntityKind;
use crate::insight::{EntityQuery, EntityRow};
use crate::present::Versioned;

use super::super::handler::{Request, Response};
use super::super::problem::Problem;
use super::parameters::{MAX_NAMES, at_most, json};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Order {
    /// Most articles first.
    #[default]
    Count,
    /// By name.
    Name,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Parameters {
    /// How the name, or a word of it, begins.
    #[serde(default)]
    prefix: String,
    /// Only names of this kind.
    #[param(inline)]
    kind: Option<EntityKind>,
    /// Only names in so many articles or more.
    #[param(value_type = Option<u64>, maximum = 4294967295_u32)]
    least: Option<u32>,
    /// The order of names.
    #[serde(default)]
    #[param(inline)]
    sort: Order,
    /// Names to return: 50 where it is left out, at most 1000.
    #[param(maximum = 1000)]
    limit: Option<usize>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Entities {
    /// The names.
    entities: Vec<EntityRow>,
    /// Nothing begins so; these are alike.
    guessed: bool,
}

/// The names of the archive, with the number of articles that have them.
#[utoipa::path(
    get,
    path = "/api/entities",
    params(Parameters),
    responses(
        (status = 200, description = "Names, perhaps none", body = Versioned<Entities>),
        (status = "4XX", description = "Parameters that make no sense", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) fn entities(request: &Request) -> Result<Response, Problem> {
    let Parameters { prefix, kind, least, sort, limit } = request.parameters()?;
    let limit = at_most(limit, 50, MAX_NAMES)?;
    let query = EntityQuery { prefix, kind, least: least.unwrap_or(1), by_name: sort == Order::Name };
    let mut found = request.searcher().entities(&query);
    found.rows.truncate(limit);
    json(&Versioned::new(Entities { entities: found.rows, guessed: found.is_guess }))
}
