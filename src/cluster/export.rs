//! Exports all hits of a query to a cluster.

use std::ops::ControlFlow;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::cluster::ram_index::{FetchedArticle, RamIndex};
use crate::cluster::requests::{ALL, CandidateBatch, FetchedBatch};
use crate::cluster::search_request::{ClusterSearch, PageRequest, Tiers, spec};
use crate::search::error::SearchError;
use crate::search::exec::collect::collect_with;
use crate::search::exec::context::SearchContext;
use crate::search::exec::ranked::Ranked;
use crate::search::exec::rerank::rerank_all;
use crate::search::hits::collapse::{DuplicateCluster, clusters_of};
use crate::search::hits::hit::Hit;
use crate::search::hits::hit_builder::HitBuilder;
use crate::search::query::search_query::Query;
use crate::search::query::sort::Sort;

/// Hits that are built at once.
const PAGE: usize = 200;

impl ClusterSearch<'_> {
    /// Passes the hits to `each`, in order, until it breaks; only those of articles
    /// whose key `keep` accepts. Returns the number of matching articles.
    pub fn export(
        self,
        query: &Query,
        context: SearchContext<'_>,
        keep: &mut dyn FnMut(u64) -> bool,
        each: &mut dyn FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<usize, SearchError> {
        let (tiers, _, counts) = self.tiers(context, &CandidateBatch::default())?;
        let mut ranked = Vec::new();
        for tier in 0..tiers.0.len() {
            let Some(spec) = tiers.spec(context, tier) else { break };
            self.each_found(spec, |batch| {
                let page = self.index(batch)?;
                ranked.extend(rank(page.context(context), &tiers)?.into_iter().filter(|article| keep(article.tie)));
                Ok(())
            })?;
        }
        ranked.sort_by(Ranked::by(query.sort));
        let request = PageRequest { query, context, tiers: &tiers, without: &[] };
        let mut clusters = clusters_of(&self.archive.snapshot.copies, query.duplicates, ranked).into_iter();
        for first in (1..=clusters.len()).step_by(PAGE) {
            let chunk: Vec<DuplicateCluster> = clusters.by_ref().take(PAGE).collect();
            for hit in self.build_hits(&request, chunk, first)? {
                if each(hit).is_break() {
                    return Ok(counts.total);
                }
            }
        }
        Ok(counts.total)
    }

    /// Fetches the articles of duplicate clusters again, and builds their hits.
    fn build_hits(
        self,
        request: &PageRequest<'_>,
        clusters: Vec<DuplicateCluster>,
        first: usize,
    ) -> Result<Vec<Hit>, SearchError> {
        let PageRequest { query, context, tiers, .. } = *request;
        let Some(requirement) = tiers.last() else { return Ok(Vec::new()) };
        let members = |cluster: &DuplicateCluster| {
            [&cluster.representative].into_iter().chain(&cluster.copies).map(|article| article.tie).collect::<Vec<_>>()
        };
        let keys: Vec<u64> = clusters.iter().flat_map(members).collect();
        let mut fetched = FetchedBatch::default();
        for keys in keys.chunks(ALL) {
            let (size, only) = (keys.len(), Some(keys.to_vec()));
            let batch = CandidateBatch { sort: Sort::Newest, size, only, ..CandidateBatch::default() };
            fetched.articles.extend(self.cluster.find(spec(context, requirement), &batch)?.articles);
        }
        let page = self.index(fetched)?;
        let context = page.context(context);
        let ranked = rank(context, tiers)?;
        let mut by_key: FxHashMap<u64, Ranked> = ranked.into_iter().map(|article| (article.tie, article)).collect();
        // An article that was removed meanwhile is left out.
        let clusters = clusters.into_iter().filter_map(|cluster| {
            let representative = by_key.remove(&cluster.representative.tie)?;
            let copies = cluster.copies.iter().filter_map(|copy| by_key.remove(&copy.tie)).collect();
            Some(DuplicateCluster { representative, copies })
        });
        let builder = HitBuilder { query, context, entities: &self.archive.entities, articles: &page };
        builder.build(clusters.collect(), first)
    }

    /// Indexes a batch in memory.
    fn index(self, batch: FetchedBatch) -> Result<RamIndex, SearchError> {
        let (keys, schema) = (&self.cluster.keys, &self.archive.schema);
        let fetched =
            batch.articles.into_par_iter().map(|article| Arc::new(FetchedArticle::new(keys, schema, article)));
        let fetched: Vec<Arc<FetchedArticle>> = fetched.collect();
        let fetched: Vec<&FetchedArticle> = fetched.iter().map(|fetched| &**fetched).collect();
        RamIndex::new(&fetched, schema, &self.archive.snapshot)
    }
}

/// The matching articles with their final scores.
fn rank(context: SearchContext<'_>, tiers: &Tiers) -> Result<Vec<Ranked>, SearchError> {
    rerank_all(context, collect_with(context, tiers.coverage())?)
}
