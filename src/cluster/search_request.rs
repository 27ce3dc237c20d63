//! A search of a cluster, and the request for a page of hits.

use crate::cluster::cluster_client::Cluster;
use crate::cluster::requests::MatchSpec;
use crate::search::backend::archive::Archive;
use crate::search::exec::context::SearchContext;
use crate::search::exec::match_requirement::MatchRequirement;
use crate::search::query::search_query::Query;

/// The fewest articles fetched in one request.
pub(super) const CHUNK: usize = 40;

/// A request for a page of hits.
#[derive(Clone, Copy)]
pub(super) struct PageRequest<'a> {
    pub query: &'a Query,
    pub context: SearchContext<'a>,
    pub requirement: &'a MatchRequirement,
    /// The keys of articles to leave out.
    pub without: &'a [u64],
}

/// A cluster, and the local copy of its catalog.
#[derive(Clone, Copy)]
pub(super) struct ClusterSearch<'a> {
    pub cluster: &'a Cluster,
    pub archive: &'a Archive,
}

/// The condition that articles must meet.
pub(super) fn spec<'a>(context: SearchContext<'a>, requirement: &'a MatchRequirement) -> MatchSpec<'a> {
    let SearchContext { plan, scoring, recency, snapshot, schema } = context;
    let newest = recency.then_some(snapshot.newest);
    MatchSpec { plan, scoring, requirement, schema, newest, copies: &snapshot.copies }
}
