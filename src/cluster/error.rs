//! Errors of a cluster.

use crate::index::IndexError;
use crate::search::error::SearchError;

/// A request to a cluster that failed.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// An invalid setting.
    #[error("{0}")]
    Setting(String),
    /// No node answered within the time limit.
    #[error("no answer from the cluster at {nodes}, tried for {seconds:.0} s: {reason}; see that its nodes run")]
    Unreachable {
        /// The nodes that were tried.
        nodes: String,
        /// How long, in seconds.
        seconds: f64,
        /// Why the last attempt failed.
        reason: String,
    },
    /// The cluster refused a request.
    #[error("the cluster at {node} refused {what}: {reason} (status {status})")]
    Refused {
        /// The node.
        node: String,
        /// The request.
        what: String,
        /// HTTP status.
        status: u16,
        /// Its reason.
        reason: String,
    },
    /// A response that OpenSearch would not give.
    #[error("what answers at {node} is no OpenSearch, or a broken one: {reason}")]
    InvalidResponse {
        /// The node.
        node: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The cluster has no articles.
    #[error("no articles at {0}")]
    Missing(String),
    /// The articles were indexed by another version of newsearch.
    #[error("the articles at {engine} have format {found}, this newsearch reads {expected}")]
    Version {
        /// The cluster.
        engine: String,
        /// The format they have.
        found: u64,
        /// The format this version reads.
        expected: u64,
    },
    /// Other writers changed the catalog at every attempt.
    #[error("other machines change the catalog of {0} all the time; index again when they are done")]
    Contended(String),
}

impl EngineError {
    /// Whether the requested thing does not exist.
    pub(super) fn is_missing(&self) -> bool {
        matches!(self, Self::Missing(_) | Self::Refused { status: 404, .. })
    }

    /// Whether the thing to create already exists.
    pub(super) fn already_exists(&self) -> bool {
        matches!(self, Self::Refused { status: 400, reason, .. } if reason.contains("already exists"))
    }

    /// Whether a query has more clauses than a node's `indices.query.bool.max_clause_count`.
    fn has_too_many_clauses(reason: &str) -> bool {
        ["maxClauseCount", "max_clause_count", "too many clauses", "too many nested clauses"]
            .iter()
            .any(|sign| reason.contains(sign))
    }

    /// Whether another writer changed the document first.
    pub(super) fn is_conflict(&self) -> bool {
        matches!(self, Self::Refused { status: 409, .. })
    }
}

impl From<EngineError> for IndexError {
    fn from(error: EngineError) -> Self {
        Self::Engine(error.into())
    }
}

impl From<EngineError> for SearchError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Refused { reason, .. } if EngineError::has_too_many_clauses(&reason) => {
                Self::TooManyClauses(reason)
            }
            error => Self::Index(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_told_apart() {
        let check = |status, reason: &str, expected: (bool, bool, bool)| {
            let (node, what) = ("http://a:9200".to_owned(), "PUT /film".to_owned());
            let error = EngineError::Refused { node, what, status, reason: reason.to_owned() };
            assert_eq!((error.is_missing(), error.already_exists(), error.is_conflict()), expected, "{error}");
        };
        check(404, "no such index", (true, false, false));
        check(400, "index [film] already exists", (false, true, false));
        check(400, "bad request", (false, false, false));
        check(409, "version conflict", (false, false, true));
        assert!(EngineError::Missing("http://a:9200".to_owned()).is_missing());
    }

    #[test]
    fn too_many_clauses_are_an_error_of_the_query() {
        let check = |reason: &str, expected: bool| {
            let (node, what) = ("http://a:9200".to_owned(), "POST /film/_search".to_owned());
            let error = EngineError::Refused { node, what, status: 400, reason: reason.to_owned() };
            assert_eq!(matches!(SearchError::from(error), SearchError::TooManyClauses(_)), expected, "{reason}");
        };
        check("Query contains too many nested clauses; maxClauseCount is set to 1024", true);
        check("maxClauseCount is set to 1024", true);
        check("no such index", false);
    }
}
