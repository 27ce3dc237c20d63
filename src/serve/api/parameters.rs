//! What endpoints share: bounds of parameters, and JSON bodies.

use serde::Serialize;

use super::super::handler::Response;
use super::super::problem::Problem;

/// The longest query, in characters.
pub(super) const MAX_QUERY_CHARS: usize = 1000;
/// Names that a request may ask for, at most.
pub(super) const MAX_NAMES: usize = 1000;

/// An object as a JSON response.
pub(super) fn json(object: &impl Serialize) -> Result<Response, Problem> {
    serde_json::to_vec(object).map(Response::json).map_err(|_| Problem::internal())
}

/// The archive has no entity of this name.
pub(super) fn unknown(name: &str) -> Problem {
    Problem::missing(format!("the archive has no name {name:?}; /api/entities lists them"))
}

/// Refuses a query that is too long.
pub(super) fn check_length(text: &str) -> Result<(), Problem> {
    match text.chars().count() {
        characters if characters <= MAX_QUERY_CHARS => Ok(()),
        characters => Err(Problem::bad(format!("q has {characters} characters: expected at most {MAX_QUERY_CHARS}"))),
    }
}

/// A number of rows, checked against its maximum.
pub(super) fn at_most(limit: Option<usize>, default: usize, most: usize) -> Result<usize, Problem> {
    match limit.unwrap_or(default) {
        limit if limit <= most => Ok(limit),
        limit => Err(Problem::bad(format!("limit {limit}: expected at most {most}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_checked() {
        let check = |limit, expected| assert_eq!(at_most(limit, 10, 50).ok(), expected, "{limit:?}");
        check(None, Some(10));
        check(Some(0), Some(0));
        check(Some(50), Some(50));
        check(Some(51), None);
    }

    #[test]
    fn queries_are_measured_in_characters() {
        assert!(check_length(&"ä".repeat(MAX_QUERY_CHARS)).is_ok());
        let problem = check_length(&"ä".repeat(MAX_QUERY_CHARS + 1)).expect_err("too long");
        assert_eq!(problem.detail(), "q has 1001 characters: expected at most 1000");
    }
}
