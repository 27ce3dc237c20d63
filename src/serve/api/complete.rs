//! `/api/complete`.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::article::EntityKind;
use crate::present::Versioned;
use crate::search::Completion;

use super::super::handler::{Request, Response};
use super::super::problem::Problem;
use super::parameters::{at_most, check_length, json};

/// The maximum of `limit`.
const MAX_COMPLETIONS: usize = 50;
/// The last words of the input that are tried as the beginning of a name.
const MAX_WORDS: usize = 5;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Parameters {
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
    params(Parameters),
    responses(
        (status = 200, description = "Names, perhaps none", body = Versioned<Completions>),
        (status = "4XX", description = "Parameters that make no sense", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) fn complete(request: &Request) -> Result<Response, Problem> {
    let Parameters { q, kind, limit } = request.parameters()?;
    let limit = at_most(limit, 10, MAX_COMPLETIONS)?;
    check_length(&q)?;
    let mut found = Completions { from: 0, completions: Vec::new() };
    for from in word_starts(&q) {
        found = Completions { from, completions: request.searcher().complete(&q[from..], kind, limit) };
        if !found.completions.is_empty() {
            break;
        }
    }
    json(&Versioned::new(found))
}

/// The byte offsets of the last words, the first of them first.
fn word_starts(typed: &str) -> Vec<usize> {
    let words = typed.split_whitespace();
    let mut starts: Vec<usize> = words.map(|word| word.as_ptr() as usize - typed.as_ptr() as usize).collect();
    starts.drain(..starts.len().saturating_sub(MAX_WORDS));
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_the_last_words_comes_first() {
        assert_eq!(word_starts(" premiere  hayley at"), [1, 11, 18]);
        assert!(word_starts("  ").is_empty());
        assert_eq!(word_starts("a b c d e f g").len(), MAX_WORDS);
    }
}
