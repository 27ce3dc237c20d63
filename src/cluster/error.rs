//! What can go wrong with a cluster, and what to do.

use crate::index::IndexError;
use crate::search::SearchError;

/// A request to a cluster that failed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum EngineError {
    /// A setting that makes no sense.
    #[error("{0}")]
    Setting(String),
    /// No node answered, though it was tried again and again.
    #[error("no answer from the cluster at {nodes}, tried for {seconds:.0} s: {reason}; see that its nodes run")]
    Unreachable {
        /// The nodes that were asked.
        nodes: String,
        /// How long, in seconds.
        seconds: f64,
        /// What the last try ended with.
        reason: String,
    },
    /// The cluster said no.
    #[error("the cluster at {node} refused {what}: {reason} (status {status})")]
    Refused {
        /// The node.
        node: String,
        /// What was asked.
        what: String,
        /// HTTP status.
        status: u16,
        /// What it says.
        reason: String,
    },
    /// An answer that no OpenSearch gives.
    #[error("what answers at {node} is no OpenSearch, or a broken one: {reason}")]
    Broken {
        /// The node.
        node: String,
        /// What was wrong with the answer.
        reason: String,
    },
    /// There is nothing to search.
    #[error("no articles at {0}; index some with `newsearch index PATH… --engine {0}`")]
    Missing(String),
    /// Articles of another version of newsearch.
    #[error(
        "the articles at {engine} have format {found}, this newsearch reads {expected}; index them anew with --rebuild"
    )]
    Version {
        /// The cluster.
        engine: String,
        /// The format they have.
        found: u64,
        /// The format this version reads.
        expected: u64,
    },
    /// Other writers were faster, again and again.
    #[error("other machines change the catalog of {0} all the time; index again when they are done")]
    Contended(String),
}

impl EngineError {
    /// Whether what was asked for is not there.
    pub(super) fn is_missing(&self) -> bool {
        matches!(self, Self::Missing(_) | Self::Refused { status: 404, .. })
    }

    /// Whether what was to be made is there.
    pub(super) fn is_there_already(&self) -> bool {
        matches!(self, Self::Refused { status: 400, reason, .. } if reason.contains("already exists"))
    }

    /// Whether another writer was faster.
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
        Self::Index(error.into())
    }
}
