//! A search of a cluster, and the request for a page of hits.

use crate::cluster::cluster_client::Cluster;
use crate::cluster::requests::MatchSpec;
use crate::search::backend::archive::Archive;
use crate::search::exec::context::SearchContext;
use crate::search::exec::match_requirement::{Coverage, MatchRequirement};
use crate::search::query::search_query::Query;

/// The fewest articles fetched in one request.
pub(super) const CHUNK: usize = 40;

/// A request for a page of hits.
#[derive(Clone, Copy)]
pub(super) struct PageRequest<'a> {
    pub query: &'a Query,
    pub context: SearchContext<'a>,
    pub tiers: &'a Tiers,
    /// The keys of articles to leave out.
    pub without: &'a [u64],
}

/// A cluster, and the local copy of its catalog.
#[derive(Clone, Copy)]
pub(super) struct ClusterSearch<'a> {
    pub cluster: &'a Cluster,
    pub archive: &'a Archive,
}

/// What the articles of each tier have; those of an earlier one come before.
pub(super) struct Tiers(pub Vec<MatchRequirement>);

impl Tiers {
    /// The condition of the articles of a tier, without those of the tiers before.
    pub fn spec<'a>(&'a self, context: SearchContext<'a>, tier: usize) -> Option<MatchSpec<'a>> {
        let requirement = self.0.get(tier)?;
        let without = tier.checked_sub(1).and_then(|before| self.0.get(before));
        Some(MatchSpec { without, ..spec(context, requirement) })
    }

    /// The condition of the articles of all tiers.
    pub fn last(&self) -> Option<&MatchRequirement> {
        self.0.last()
    }

    /// What articles of any tier have.
    pub fn coverage(&self) -> Coverage {
        self.last().map_or(Coverage::All, |last| last.coverage)
    }
}

/// The condition that articles must meet.
pub(super) fn spec<'a>(context: SearchContext<'a>, requirement: &'a MatchRequirement) -> MatchSpec<'a> {
    let SearchContext { plan, scoring, recency, snapshot, schema } = context;
    let newest = recency.then_some(snapshot.newest);
    MatchSpec { plan, scoring, requirement, without: None, schema, newest, copies: &snapshot.copies }
}
