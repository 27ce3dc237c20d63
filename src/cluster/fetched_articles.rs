//! The articles fetched for one page of hits, ranked as they arrive.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::cluster::ram_index::{FetchedArticle, RamIndex};
use crate::cluster::requests::{ALL, After, CandidateBatch, FetchedBatch};
use crate::cluster::search_request::{CHUNK, ClusterSearch, PageRequest, spec};
use crate::search::error::SearchError;
use crate::search::exec::collect::collect_with;
use crate::search::exec::meaning::most;
use crate::search::exec::ranked::Ranked;
use crate::search::exec::rerank::rerank_all;
use crate::search::query::sort::{Duplicates, Sort};

/// No more articles than this are fetched for the best ones, although another one
/// might still be among them: scores seldom reach their bounds.
const MAX_FETCHED: usize = 200;
/// The cluster computes score bounds with its own rounding.
const SLACK: f32 = 1.01;

/// Where the next batch of a tier begins.
enum Next {
    Start,
    After(After),
    /// There is none.
    End,
}

/// The articles fetched so far.
pub(super) struct FetchedArticles<'a> {
    search: ClusterSearch<'a>,
    request: &'a PageRequest<'a>,
    fetched: Vec<Arc<FetchedArticle>>,
    /// The keys of the fetched articles.
    keys: FxHashSet<u64>,
    /// Best first, each with its index in `fetched`.
    ranked: Vec<(Ranked, usize)>,
    /// The tier that is fetched.
    tier: usize,
    /// The score bound of its other articles.
    bound: f32,
    next: Next,
}

impl<'a> FetchedArticles<'a> {
    /// Starts with the first batch.
    pub fn new(
        search: ClusterSearch<'a>,
        request: &'a PageRequest<'a>,
        first: FetchedBatch,
    ) -> Result<Self, SearchError> {
        let (fetched, keys, ranked) = (Vec::new(), FxHashSet::default(), Vec::new());
        let mut articles = Self { search, request, fetched, keys, ranked, tier: 0, bound: 0.0, next: Next::End };
        articles.add(first)?;
        Ok(articles)
    }

    /// Adds a batch, ranked among those before.
    fn add(&mut self, batch: FetchedBatch) -> Result<(), SearchError> {
        let PageRequest { context, tiers, query, .. } = *self.request;
        let from = self.fetched.len();
        // A duplicate that was fetched by its key may arrive again in a batch.
        let FetchedBatch { bound, next, mut articles, .. } = batch;
        (self.bound, self.next) = (bound, next.map_or(Next::End, Next::After));
        articles.retain(|(article, _)| self.keys.insert(article.article.key));
        let ClusterSearch { cluster, archive } = self.search;
        let fetched = articles.into_par_iter().map(|found| cluster.prepare(&archive.schema, found));
        self.fetched.par_extend(fetched);
        let page = self.index_of(&(from..self.fetched.len()).collect::<Vec<_>>())?;
        let context = page.context(context);
        let candidates = collect_with(context, tiers.coverage())?;
        let ranked = rerank_all(context, candidates)?;
        self.ranked.extend(ranked.into_iter().map(|ranked| (ranked, from + ranked.candidate.doc as usize)));
        let order = Ranked::by(query.sort);
        self.ranked.sort_by(|(a, _), (b, _)| order(a, b));
        Ok(())
    }

    /// Fetches more articles until no other one can be among the best `count`, or
    /// none is likely to be.
    pub fn fetch_best(&mut self, count: usize) -> Result<(), SearchError> {
        let PageRequest { context, tiers, query, without } = *self.request;
        while !self.is_best(count) && self.has_next(count) {
            context.plan.deadline.check()?;
            let after = match std::mem::replace(&mut self.next, Next::End) {
                Next::After(after) => Some(after),
                Next::Start | Next::End => None,
            };
            let size = MAX_FETCHED.max(count * 4).saturating_sub(self.fetched.len()).clamp(CHUNK, ALL);
            let batch = CandidateBatch { sort: query.sort, after, size, only: None, without: without.to_vec() };
            let Some(spec) = tiers.spec(context, self.tier) else { return Ok(()) };
            let found = self.search.cluster.find(spec, &batch)?;
            self.add(found)?;
        }
        Ok(())
    }

    /// Whether no other article can be among the best `count`, or none is likely to be.
    fn is_best(&self, count: usize) -> bool {
        let Some((last, _)) = count.checked_sub(1).and_then(|last| self.ranked.get(last)) else { return false };
        let is_of_earlier_tier = self.tier > 0 && last.candidate.is_complete;
        let is_above_bound = self.request.query.sort != Sort::Relevance
            || self.bound == 0.0 && !matches!(self.next, Next::Start)
            || last.score > self.bound * most(self.request.context.plan) * SLACK;
        is_of_earlier_tier
            || is_above_bound && !matches!(self.next, Next::Start)
            || self.fetched.len() >= MAX_FETCHED.max(count * 4)
    }

    /// Whether there is a batch to fetch, of the next tier where fewer than `count` were
    /// found so far.
    fn has_next(&mut self, count: usize) -> bool {
        if matches!(self.next, Next::End) && self.ranked.len() < count && self.tier + 1 < self.request.tiers.0.len() {
            (self.tier, self.next) = (self.tier + 1, Next::Start);
        }
        !matches!(self.next, Next::End)
    }

    /// Whether all matching articles are among the best `count`.
    pub fn is_all(&self, count: usize) -> bool {
        let is_last = self.tier + 1 >= self.request.tiers.0.len();
        is_last && matches!(self.next, Next::End) && self.ranked.len() <= count
    }

    /// The best `count`, and their duplicates that match too.
    pub fn page(&mut self, count: usize) -> Result<RamIndex, SearchError> {
        let copies = &self.search.archive.snapshot.copies;
        let best: Vec<(u64, usize)> = self.ranked.iter().take(count).map(|(ranked, at)| (ranked.tie, *at)).collect();
        let clusters: FxHashSet<u64> = best.iter().filter_map(|(tie, _)| copies.cluster_of(*tie)).collect();
        if !clusters.is_empty() && self.request.query.duplicates == Duplicates::Collapse {
            let members = copies.members(&clusters).into_iter();
            let missing: Vec<u64> = members.filter(|tie| !self.keys.contains(tie)).collect();
            self.fetch_keys(&missing)?;
        }
        let is_duplicate = |tie: u64| copies.cluster_of(tie).is_some_and(|cluster| clusters.contains(&cluster));
        let duplicates =
            self.ranked.iter().skip(count).filter(|(ranked, _)| is_duplicate(ranked.tie)).map(|(_, at)| *at);
        let indices: Vec<usize> = best.iter().map(|(_, at)| *at).chain(duplicates).collect();
        self.index_of(&indices)
    }

    /// Fetches the matching articles of some keys.
    fn fetch_keys(&mut self, keys: &[u64]) -> Result<(), SearchError> {
        let PageRequest { context, tiers, .. } = *self.request;
        let Some(requirement) = tiers.last() else { return Ok(()) };
        if keys.is_empty() {
            return Ok(());
        }
        let articles = self.search.cluster.find_keys(spec(context, requirement), keys)?;
        let (bound, next) = (self.bound, std::mem::replace(&mut self.next, Next::End));
        self.add(FetchedBatch { articles, ..FetchedBatch::default() })?;
        (self.bound, self.next) = (bound, next);
        Ok(())
    }

    /// Indexes some of the fetched articles in memory.
    fn index_of(&self, indices: &[usize]) -> Result<RamIndex, SearchError> {
        let fetched: Vec<&FetchedArticle> =
            indices.iter().filter_map(|at| self.fetched.get(*at)).map(|fetched| &**fetched).collect();
        let archive = self.search.archive;
        RamIndex::new(&fetched, &archive.schema, &archive.snapshot)
    }
}
