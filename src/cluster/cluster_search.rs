//! Answers queries: the cluster narrows the archive to the articles that can be
//! among the best; these are ranked here by the code that ranks an index on disk.

use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::schema::Term;

use crate::cluster::facets::{counting, periods};
use crate::cluster::fetched_articles::FetchedArticles;
use crate::cluster::ram_index;
use crate::cluster::requests::{ALL, CandidateBatch, CountedTerms, FetchedBatch, MatchSpec};
use crate::cluster::search_request::{CHUNK, ClusterSearch, PageRequest, Tiers, spec};
use crate::index::{ArticleRecord, StoredArticle};
use crate::search::backend::api::Answer;
use crate::search::error::SearchError;
use crate::search::exec::bm25f::Scoring;
use crate::search::exec::candidate::MatchCounts;
use crate::search::exec::collect::{collect_with, has_second_tier};
use crate::search::exec::context::SearchContext;
use crate::search::exec::match_requirement::{Coverage, MatchRequirement};
use crate::search::facets::facet::Facets;
use crate::search::facets::name_order::NameOrder;
use crate::search::facets::periods::Period;
use crate::search::hits::hit::Hit;
use crate::search::hits::hit_builder::HitBuilder;
use crate::search::hits::page::{clusters, rank, ranked_depth};
use crate::search::params::{ALL_WORDS, SIMILAR_SHARE};
use crate::search::plan::tree::Plan;
use crate::search::query::search_query::Query;
use crate::search::query::sort::Sort;
use crate::segment::fold;

impl ClusterSearch<'_> {
    /// Answers a query.
    pub fn answer(self, query: &Query, context: SearchContext<'_>) -> Result<Answer, SearchError> {
        let first = CandidateBatch { sort: query.sort, size: first_size(query), ..CandidateBatch::default() };
        let (tiers, batch, counts) = self.tiers(context, &first)?;
        let (facets, hits) = rayon::join(
            || self.facets(query, context, counts),
            || self.hits(&PageRequest { query, context, tiers: &tiers, without: &[] }, batch),
        );
        let (facets, answering) = facets?;
        Ok(Answer { counts, hits: hits?, facets, answering })
    }

    /// The number of matching articles.
    pub fn count(self, context: SearchContext<'_>) -> Result<MatchCounts, SearchError> {
        Ok(self.tiers(context, &CandidateBatch::default())?.2)
    }

    /// Passes every article that matches in full to `each`.
    pub fn each_match(
        self,
        context: SearchContext<'_>,
        each: &mut dyn FnMut(&StoredArticle),
    ) -> Result<(), SearchError> {
        let requirement = MatchRequirement::new(context.plan, context.scoring, Coverage::All);
        self.each_found(spec(context, &requirement), |batch| {
            batch.articles.into_iter().for_each(|article| each(&self.stored(article)));
            Ok(())
        })
    }

    /// The keys of the articles that match in full.
    pub fn keys(self, context: SearchContext<'_>) -> Result<Vec<u64>, SearchError> {
        let requirement = MatchRequirement::new(context.plan, context.scoring, Coverage::All);
        let mut keys = Vec::new();
        self.each_found(spec(context, &requirement), |batch| {
            keys.extend(batch.articles.into_iter().map(|(article, _)| article.article.key));
            Ok(())
        })?;
        Ok(keys)
    }

    /// Passes all articles that meet a condition to `each`, batch by batch.
    pub fn each_found(
        self,
        spec: MatchSpec<'_>,
        mut each: impl FnMut(FetchedBatch) -> Result<(), SearchError>,
    ) -> Result<(), SearchError> {
        let mut request = CandidateBatch { sort: Sort::Newest, size: ALL, ..CandidateBatch::default() };
        loop {
            spec.plan.deadline.check()?;
            let mut batch = self.cluster.find(spec, &request)?;
            request.after = batch.next.take();
            each(batch)?;
            if request.after.is_none() {
                return Ok(());
            }
        }
    }

    /// The articles that match in full by period; those without a date under 0.
    pub fn periods(self, context: SearchContext<'_>, period: Period) -> Result<BTreeMap<u64, u32>, SearchError> {
        let requirement = MatchRequirement::new(context.plan, context.scoring, Coverage::All);
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
    pub fn articles_of(self, keys: &[u64]) -> Result<Vec<Arc<StoredArticle>>, SearchError> {
        let (plan, scoring) = (Plan::default(), Scoring::none());
        let context = self.archive.context(&plan, &scoring, false);
        let requirement = MatchRequirement::new(&plan, &scoring, Coverage::Any);
        let found = self.cluster.find_keys(spec(context, &requirement), keys)?;
        Ok(found.into_iter().map(|article| self.stored(article).into()).collect())
    }

    /// The best hits of a plan, without the articles of some keys.
    pub fn similar(self, context: SearchContext<'_>, without: Vec<u64>, limit: usize) -> Result<Vec<Hit>, SearchError> {
        let tiers = Tiers(vec![MatchRequirement::new(context.plan, context.scoring, Coverage::Share(SIMILAR_SHARE))]);
        let query = Query { limit, snippets: 1, ..Query::new("") };
        let batch = CandidateBatch { size: first_size(&query), without: without.clone(), ..CandidateBatch::default() };
        let first = match tiers.spec(context, 0) {
            Some(spec) => self.cluster.find(spec, &batch)?,
            None => FetchedBatch::default(),
        };
        self.hits(&PageRequest { query: &query, context, tiers: &tiers, without: &without }, first)
    }

    /// An article as an index on disk stores it.
    pub fn stored(self, article: (ArticleRecord, u64)) -> StoredArticle {
        ram_index::stored(&self.cluster.keys, &self.archive.schema, article)
    }

    /// The tiers that have articles, the first batch of the first one, and how many
    /// articles there are.
    pub fn tiers(
        self,
        context: SearchContext<'_>,
        batch: &CandidateBatch,
    ) -> Result<(Tiers, FetchedBatch, MatchCounts), SearchError> {
        let requirement = |coverage| MatchRequirement::new(context.plan, context.scoring, coverage);
        let all = requirement(Coverage::All);
        context.plan.deadline.check()?;
        let first = self.cluster.find(spec(context, &all), batch)?;
        let complete = first.total;
        if !has_second_tier(context.plan, &all, complete) {
            return Ok((Tiers(vec![all]), first, MatchCounts { total: complete, complete }));
        }
        let any = requirement(Coverage::Any);
        context.plan.deadline.check()?;
        if complete == 0 {
            let first = self.cluster.find(spec(context, &any), batch)?;
            let counts = MatchCounts { total: first.total, complete };
            return Ok((Tiers(vec![any]), first, counts));
        }
        let total = self.cluster.find(spec(context, &any), &CandidateBatch::default())?.total;
        Ok((Tiers(vec![all, any]), first, MatchCounts { total, complete }))
    }

    /// The facets over the articles that answer a query, and how many these are.
    fn facets(
        self,
        query: &Query,
        context: SearchContext<'_>,
        counts: MatchCounts,
    ) -> Result<(Facets, usize), SearchError> {
        if counts.total == 0 {
            let none = query.facets.iter().map(|request| (request.kind, Vec::new()));
            return Ok((Facets { kinds: none.collect() }, 0));
        }
        let (requirement, answering) = self.answering(context, counts)?;
        if query.facets.is_empty() {
            return Ok((Facets::default(), answering));
        }
        let filter = self.cluster.filter(spec(context, &requirement));
        let order = NameOrder::new(query.facet_order, answering, counts.total, self.archive.snapshot.articles());
        let prefix = fold(query.facet_prefix.trim());
        let facets = counting::count(self.cluster, filter, &query.facets, (&self.archive.entities, order, &prefix))?;
        Ok((facets, answering))
    }

    /// What the articles that answer a query have, and how many these are.
    fn answering(
        self,
        context: SearchContext<'_>,
        counts: MatchCounts,
    ) -> Result<(MatchRequirement, usize), SearchError> {
        let requirement = |coverage| MatchRequirement::new(context.plan, context.scoring, coverage);
        if counts.complete > 0 {
            return Ok((requirement(Coverage::All), counts.complete));
        }
        let any = requirement(Coverage::Any);
        let most = self.cluster.most_matched(spec(context, &any))?;
        if most <= 0.0 {
            return Ok((any, counts.total));
        }
        let most = MatchRequirement { needed: most * ALL_WORDS, ..any };
        let answering = self.cluster.find(spec(context, &most), &CandidateBatch::default())?.total;
        Ok((most, answering))
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
            let candidates = collect_with(context, request.tiers.coverage())?;
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
