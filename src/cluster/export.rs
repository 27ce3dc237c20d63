//! All hits of a query to a cluster, however many.

use std::ops::ControlFlow;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::cluster::ram_index::{FetchedArticle, RamIndex};
use crate::cluster::requests::{ALL, CandidateBatch, FetchedBatch};
use crate::cluster::search::FirstAnswer;
use crate::cluster::search_request::{ClusterSearch, PageRequest, spec};
use crate::search::error::SearchError;
use crate::search::exec::collect::collect_share;
use crate::search::exec::context::SearchContext;
use crate::search::exec::match_requirement::MatchRequirement;
use crate::search::exec::ranked::Ranked;
use crate::search::exec::rerank::rerank_all;
use crate::search::hits::duplicates::{DuplicateCluster, cluster_of};
use crate::search::hits::hit::Hit;
use crate::search::hits::hit_builder::HitBuilder;
use crate::search::query::search_query::Query;
use crate::search::query::sort::Sort;

/// Hits that are made at once.
const PAGE: usize = 200;

impl ClusterSearch<'_> {
    /// Hands the hits to `each`, in order, until it breaks off; of the articles
    /// whose key `keep` accepts. Returns how many articles match.
    pub fn export(
        self,
        query: &Query,
        context: SearchContext<'_>,
        keep: &mut dyn FnMut(u64) -> bool,
        each: &mut dyn FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<usize, SearchError> {
        let first = CandidateBatch { sort: Sort::Newest, size: ALL, ..CandidateBatch::default() };
        let (FirstAnswer { share, mut batch }, counts) = self.by_shares(context, &first)?;
        let requirement = MatchRequirement::new(context.plan, context.scoring, share);
        let mut ranked = Vec::new();
        loop {
            let next = batch.next.take();
            let page = self.index(batch)?;
            ranked.extend(rank(page.context(context), &requirement)?.into_iter().filter(|article| keep(article.tie)));
            let Some(after) = next else { break };
            let request = CandidateBatch { after: Some(after), ..first.clone() };
            batch = self.cluster.find(spec(context, &requirement), &request)?;
        }
        ranked.sort_by(Ranked::by(query.sort));
        let request = PageRequest { query, context, requirement: &requirement, without: &[] };
        let mut clusters = cluster_of(&self.archive.snapshot.copies, query.duplicates, ranked).into_iter();
        for first in (1..=clusters.len()).step_by(PAGE) {
            let chunk: Vec<DuplicateCluster> = clusters.by_ref().take(PAGE).collect();
            for hit in self.hits_again(&request, chunk, first)? {
                if each(hit).is_break() {
                    return Ok(counts.total);
                }
            }
        }
        Ok(counts.total)
    }

    /// Fetches the articles of duplicate clusters once more, to show them.
    fn hits_again(
        self,
        request: &PageRequest<'_>,
        clusters: Vec<DuplicateCluster>,
        first: usize,
    ) -> Result<Vec<Hit>, SearchError> {
        let PageRequest { query, context, requirement, .. } = *request;
        let members = |cluster: &DuplicateCluster| {
            [&cluster.shown].into_iter().chain(&cluster.copies).map(|article| article.tie).collect::<Vec<_>>()
        };
        let keys: Vec<u64> = clusters.iter().flat_map(members).collect();
        let mut found = FetchedBatch::default();
        for keys in keys.chunks(ALL) {
            let (size, only) = (keys.len(), Some(keys.to_vec()));
            let batch = CandidateBatch { sort: Sort::Newest, size, only, ..CandidateBatch::default() };
            found.articles.extend(self.cluster.find(spec(context, requirement), &batch)?.articles);
        }
        let page = self.index(found)?;
        let context = page.context(context);
        let ranked = rank(context, requirement)?;
        let mut again: FxHashMap<u64, Ranked> = ranked.into_iter().map(|article| (article.tie, article)).collect();
        // An article that went meanwhile is left out.
        let clusters = clusters.into_iter().filter_map(|cluster| {
            let shown = again.remove(&cluster.shown.tie)?;
            let copies = cluster.copies.iter().filter_map(|copy| again.remove(&copy.tie)).collect();
            Some(DuplicateCluster { shown, copies })
        });
        let builder = HitBuilder { query, context, entities: &self.archive.entities, articles: &page };
        builder.build(clusters.collect(), first)
    }

    fn index(self, batch: FetchedBatch) -> Result<RamIndex, SearchError> {
        let (keys, schema) = (&self.cluster.keys, &self.archive.schema);
        let fetched = batch.articles.into_par_iter().map(|found| Arc::new(FetchedArticle::new(keys, schema, found)));
        let fetched: Vec<Arc<FetchedArticle>> = fetched.collect();
        let fetched: Vec<&FetchedArticle> = fetched.iter().map(|fetched| &**fetched).collect();
        RamIndex::new(&fetched, schema, &self.archive.snapshot)
    }
}

/// The articles that match, with their full scores.
fn rank(context: SearchContext<'_>, requirement: &MatchRequirement) -> Result<Vec<Ranked>, SearchError> {
    rerank_all(context, collect_share(context, requirement.share)?)
}
