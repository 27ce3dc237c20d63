//! `/api/complete`.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::article::EntityKind;
use crate::present::Versioned;
use crate::search::Completion;

use super::super::ask::{Ask, Reply};
use super::super::problem::Problem;
use super::{at_most, json, short};

/// Names that are offered, at most.
const MOST: usize = 50;
/// Words of what is typed that a name may begin with.
const WORDS: usize = 5;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Settings {
    /// What is typed so far.
    #[param(max_length = 1000)]
    #[serde(default)]
    q: String,
    /// Only names of this kind.
    #[param(inline)]
    kind: Option<EntityKind>,
    /// Names to return: 10 where it is left out, at most 50.
    #[param(maximum = 50)]
    limit: Option<usize>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Completions {
    /// Where in `q` the completed name begins, in bytes: names are looked for
    /// that begin with the last words, as many of them as have one.
    from: usize,
    /// The names.
    completions: Vec<Completion>,
}

/// Names that the end of what is typed may become.
#[utoipa::path(
    get,
    path = "/api/complete",
    params(Settings),
    responses(
        (status = 200, description = "Names, perhaps none", body = Versioned<Completions>),
        (status = "4XX", description = "Settings that make no sense", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) fn complete(ask: &Ask) -> Result<Reply, Problem> {
    let Settings { q, kind, limit } = ask.settings()?;
    let limit = at_most(limit, 10, MOST)?;
    short(&q)?;
    let mut found = Completions { from: 0, completions: Vec::new() };
    for from in beginnings(&q) {
        found = Completions { from, completions: ask.searcher().complete(&q[from..], kind, limit) };
        if !found.completions.is_empty() {
            break;
        }
    }
    json(&Versioned::new(found))
}

/// Where the last words begin, the longest stretch first.
fn beginnings(typed: &str) -> Vec<usize> {
    let words = typed.split_whitespace();
    let mut starts: Vec<usize> = words.map(|word| word.as_ptr() as usize - typed.as_ptr() as usize).collect();
    starts.drain(..starts.len().saturating_sub(WORDS));
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_stretch_comes_first() {
        assert_eq!(beginnings(" premiere  hayley at"), [1, 11, 18]);
        assert!(beginnings("  ").is_empty());
        assert_eq!(beginnings("a b c d e f g").len(), WORDS);
    }
}
