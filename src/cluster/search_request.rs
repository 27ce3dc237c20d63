//! What a search of a cluster needs at every step.

use crate::cluster::articles::Cluster;
use crate::cluster::requests::MatchSpec;
use crate::search::backend::archive::Archive;
use crate::search::exec::context::SearchContext;
use crate::search::exec::match_requirement::MatchRequirement;
use crate::search::query::search_query::Query;

/// The fewest articles asked for at once.
pub(super) const CHUNK: usize = 40;

/// What a page of hits is made of.
#[derive(Clone, Copy)]
pub(super) struct PageRequest<'a> {
    pub query: &'a Query,
    pub context: SearchContext<'a>,
    pub requirement: &'a MatchRequirement,
    /// The keys of articles that are left out.
    pub without: &'a [u64],
}

/// A cluster, and what is known here of its archive.
#[derive(Clone, Copy)]
pub(super) struct ClusterSearch<'a> {
    pub cluster: &'a Cluster,
    pub archive: &'a Archive,
}

/// What articles must have.
pub(super) fn spec<'a>(context: SearchContext<'a>, requirement: &'a MatchRequirement) -> MatchSpec<'a> {
    let SearchContext { plan, scoring, recency, snapshot, schema } = context;
    let newest = recency.then_some(snapshot.newest);
    MatchSpec { plan, scoring, requirement, schema, newest, copies: &snapshot.copies }
}
