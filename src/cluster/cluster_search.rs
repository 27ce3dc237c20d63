//! Answers queries: the cluster narrows the archive to the articles that can be
//! among the best; these are ranked here by the code that ranks an index on disk.

use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::schema::Term;

use crate::cluster::facets::{counting, periods};
use crate::cluster::fetched_articles::FetchedArticles;
use crate::cluster::ram_index;
use crate::cluster::requests::{ALL, CandidateBatch, CountedTerms, FetchedBatch, MatchSpec};
use crate::cluster::search_request::{CHUNK, ClusterSearch, PageRequest, spec};
use crate::index::{ArticleRecord, StoredArticle};
use crate::search::backend::api::Answer;
use crate::search::error::SearchError;
use crate::search::exec::bm25f::Scoring;
use crate::search::exec::candidate::MatchCounts;
use crate::search::exec::collect::collect_share;
use crate::search::exec::context::SearchContext;
use crate::search::exec::match_requirement::{MatchRequirement, by_shares};
use crate::search::facets::facet::Facets;
use crate::search::facets::periods::Period;
use crate::search::hits::hit::Hit;
use crate::search::hits::hit_builder::HitBuilder;
use crate::search::hits::page::{clusters, rank, ranked_depth};
use crate::search::params::{ANY_WORD, SIMILAR_SHARE};
use crate::search::plan::tree::Plan;
use crate::search::query::search_query::Query;
use crate::search::query::sort::Sort;
use crate::segment::fold;

/// The first batch of a query.
#[derive(Default)]
pub(super) struct FirstAnswer {
    /// The share of the query's weight that articles must reach.
    pub share: f32,
    pub batch: FetchedBatch,
}

impl ClusterSearch<'_> {
    /// Answers a query.
    pub fn answer(self, query: &Query, context: SearchContext<'_>) -> Result<Answer, SearchError> {
        let first = CandidateBatch { sort: query.sort, size: first_size(query), ..CandidateBatch::default() };
        let (FirstAnswer { share, batch }, counts) = self.by_shares(context, &first)?;
        let requirement = MatchRequirement::new(context.plan, context.scoring, share);
        let (facets, hits) = rayon::join(
            || self.facets(query, spec(context, &requirement), counts),
            || self.hits(&PageRequest { query, context, requirement: &requirement, without: &[] }, batch),
        );
        Ok(Answer { counts, hits: hits?, facets: facets? })
    }

    /// The number of matching articles.
    pub fn count(self, context: SearchContext<'_>) -> Result<MatchCounts, SearchError> {
        Ok(self.by_shares(context, &CandidateBatch::default())?.1)
    }

    /// Passes every article that matches in full to `each`.
    pub fn each_match(
        self,
        context: SearchContext<'_>,
        each: &mut dyn FnMut(&StoredArticle),
    ) -> Result<(), SearchError> {
        let first = CandidateBatch { sort: Sort::Newest, size: ALL, ..CandidateBatch::default() };
        let (FirstAnswer { share, mut batch }, _) = self.by_shares(context, &first)?;
        let requirement = MatchRequirement::new(context.plan, context.scoring, share);
        loop {
            for article in batch.articles {
                each(&self.stored(article));
            }
            if batch.next.is_none() {
                return Ok(());
            }
            let request = CandidateBatch { after: batch.next, ..first.clone() };
            batch = self.cluster.find(spec(context, &requirement), &request)?;
        }
    }

    /// The articles that match in full by period; those without a date under 0.
    pub fn periods(self, context: SearchContext<'_>, period: Period) -> Result<BTreeMap<u64, u32>, SearchError> {
        let (first, counts) = self.by_shares(context, &CandidateBatch::default())?;
        if counts.complete == 0 {
            return Ok(BTreeMap::new());
        }
        let requirement = MatchRequirement::new(context.plan, context.scoring, first.share);
        let filter = self.cluster.filter(spec(context, &requirement));
        Ok(periods::count_periods(self.cluster, filter, period)?.into_iter().collect())
    }

    /// Passes every article that has one of these terms to `each`.
    pub fn each_with_terms(self, terms: &[Term], each: &mut dyn FnMut(&StoredArticle)) -> Result<(), SearchError> {
        let counted = |term: &Term| {
            let value = term.value();
            let text = value.as_str().map(str::to_owned).or_else(|| value.as_u64().map(|id| id.to_string()));
            Some(CountedTerms { field: term.field(), terms: vec![text?] })
        };
        let terms: Vec<CountedTerms> = terms.iter().filter_map(counted).collect();
        self.cluster.each_with(&self.archive.schema, &terms, &mut |article, commit| {
            each(&self.stored((article, commit)));
        })
    }

    /// The articles of some keys.
    pub fn articles_of(self, keys: Vec<u64>) -> Result<Vec<Arc<StoredArticle>>, SearchError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let (plan, scoring) = (Plan::default(), Scoring::none());
        let context = self.archive.context(&plan, &scoring, false);
        let requirement = MatchRequirement::new(&plan, &scoring, ANY_WORD);
        let batch = CandidateBatch { size: keys.len(), only: Some(keys), ..CandidateBatch::default() };
        let batch = self.cluster.find(spec(context, &requirement), &batch)?;
        Ok(batch.articles.into_iter().map(|article| self.stored(article).into()).collect())
    }

    /// The best hits of a plan, without the articles of some keys.
    pub fn similar(self, context: SearchContext<'_>, without: Vec<u64>, limit: usize) -> Result<Vec<Hit>, SearchError> {
        let requirement = MatchRequirement::new(context.plan, context.scoring, SIMILAR_SHARE);
        let query = Query { limit, snippets: 1, ..Query::new("") };
        let batch = CandidateBatch { size: first_size(&query), without: without.clone(), ..CandidateBatch::default() };
        let first = self.cluster.find(spec(context, &requirement), &batch)?;
        self.hits(&PageRequest { query: &query, context, requirement: &requirement, without: &without }, first)
    }

    /// An article as an index on disk stores it.
    pub fn stored(self, article: (ArticleRecord, u64)) -> StoredArticle {
        ram_index::stored(&self.cluster.keys, &self.archive.schema, article)
    }

    /// Searches with ever smaller shares of the query until enough articles match.
    pub fn by_shares(
        self,
        context: SearchContext<'_>,
        batch: &CandidateBatch,
    ) -> Result<(FirstAnswer, MatchCounts), SearchError> {
        let find = |share| {
            context.plan.deadline.check()?;
            let requirement = MatchRequirement::new(context.plan, context.scoring, share);
            Ok(FirstAnswer { share, batch: self.cluster.find(spec(context, &requirement), batch)? })
        };
        by_shares(context.plan, find, |first: &FirstAnswer| first.batch.total)
    }

    fn facets(self, query: &Query, spec: MatchSpec<'_>, counts: MatchCounts) -> Result<Facets, SearchError> {
        if query.facets.is_empty() {
            return Ok(Facets::default());
        }
        if counts.total == 0 {
            return Ok(Facets { kinds: query.facets.iter().map(|request| (request.kind, Vec::new())).collect() });
        }
        let prefix = fold(query.facet_prefix.trim());
        let filter = self.cluster.filter(spec);
        Ok(counting::count(self.cluster, filter, &query.facets, (&self.archive.entities, &prefix))?)
    }

    /// The page of hits, starting with the first batch.
    fn hits(self, request: &PageRequest<'_>, first: FetchedBatch) -> Result<Vec<Hit>, SearchError> {
        let query = request.query;
        if query.limit == 0 {
            return Ok(Vec::new());
        }
        let end = query.offset.saturating_add(query.limit);
        let mut depth = ranked_depth(query);
        let mut fetched = FetchedArticles::new(self, request, first)?;
        loop {
            fetched.fetch_best(depth)?;
            let page = fetched.page(depth)?;
            let context = page.context(request.context);
            let candidates = collect_share(context, request.requirement.share)?;
            let ranked = rank(query.sort, context, &candidates, depth)?;
            let clusters = clusters(query, context, ranked, &candidates)?;
            if clusters.len() >= end || fetched.is_all(depth) {
                let clusters = clusters.into_iter().skip(query.offset).take(query.limit).collect();
                let builder = HitBuilder { query, context, entities: &self.archive.entities, articles: &page };
                return builder.build(clusters, query.offset + 1);
            }
            depth = depth.saturating_mul(2);
        }
    }
}

/// The size of the first batch.
fn first_size(query: &Query) -> usize {
    ranked_depth(query).clamp(CHUNK, ALL)
}
