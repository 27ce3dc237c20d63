//! Queries to a cluster: it narrows an archive to what can be among the best,
//! which is ranked here as articles of a local index are.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use tantivy::schema::Term;

use crate::article::stable_hash;
use crate::index::{ArticleRecord, StoredArticle};
use crate::segment::fold;

use super::candidates::{self, Counts, Demand, Question, by_shares};
use super::closeness::{self, Ranked};
use super::facets::Period;
use super::page::{self, Arrived, Page};
use super::shards::{Batch, Counted, Found, Shards, Wanted};
use super::{Duplicates, Facets, Hit, Query, Results, SearchError, Searcher, Sort};

/// Articles asked for at once, at least.
const CHUNK: usize = 40;
/// The same where all of them are wanted, and the most at once.
pub(super) const ALL: usize = 400;
/// So many articles are looked at for the best ones, though another might still
/// be among them: what they can score at most is seldom what they do.
const MOST: usize = 200;
/// Ranked articles looked at beyond the page, in place of copies on it.
const BEYOND: usize = 2;
/// The bound of a score is reckoned by the cluster with its own roundings.
const SLACK: f32 = 1.01;

/// What was asked of a cluster, and its first answer.
#[derive(Default)]
pub(super) struct Asked {
    /// The share of what is wanted that articles must have.
    pub share: f32,
    pub first: Found,
}

/// What a page of hits is made of.
#[derive(Clone, Copy)]
struct Ask<'a> {
    shards: &'a dyn Shards,
    query: &'a Query,
    question: Question<'a>,
    demand: &'a Demand,
    /// The ties of articles that are left out.
    without: &'a [u64],
}

impl Searcher {
    /// Answers a query from a cluster.
    pub(super) fn search_shards(
        &self,
        shards: &dyn Shards,
        query: &Query,
        question: Question<'_>,
    ) -> Result<Results, SearchError> {
        let first = Batch { sort: query.sort, size: reach_of(query).clamp(CHUNK, ALL), ..Batch::default() };
        let (asked, counts) = self.by_shares_in(shards, question, &first)?;
        let demand = Demand::new(question.plan, question.scoring, asked.share);
        let prefix = fold(query.facet_prefix.trim());
        let wanted = self.wanted(question, &demand);
        let (facets, hits) = rayon::join(
            || self.facets_in(shards, wanted, (query, counts), &prefix),
            || {
                let ask = Ask { shards, query, question, demand: &demand, without: &[] };
                self.hits_of(&ask, asked.first)
            },
        );
        self.results(query, question, counts, (hits?, facets?))
    }

    /// How many articles of a cluster match.
    pub(super) fn count_in(&self, shards: &dyn Shards, query: &Query) -> Result<Counts, SearchError> {
        let (plan, scoring) = self.prepare(query)?;
        let question = self.question(&plan, &scoring, false);
        Ok(self.by_shares_in(shards, question, &Batch::default())?.1)
    }

    /// Hands every article of a cluster that fully matches to `each`.
    pub(super) fn each_matching_in(
        &self,
        shards: &dyn Shards,
        query: &Query,
        mut each: impl FnMut(&StoredArticle),
    ) -> Result<(), SearchError> {
        let (plan, scoring) = self.prepare(query)?;
        let question = self.question(&plan, &scoring, false);
        let batch = Batch { sort: Sort::Newest, size: ALL, ..Batch::default() };
        let (Asked { share, mut first }, _) = self.by_shares_in(shards, question, &batch)?;
        let demand = Demand::new(&plan, &scoring, share);
        loop {
            for found in first.articles {
                each(&page::shown(shards, self.schema(), found));
            }
            if first.next.is_none() {
                return Ok(());
            }
            first = shards.find(self.wanted(question, &demand), &Batch { after: first.next, ..batch.clone() })?;
        }
    }

    /// The articles of a cluster that fully match by period, those without a
    /// date under 0.
    pub(super) fn periods_in(
        &self,
        shards: &dyn Shards,
        query: &Query,
        period: Period,
    ) -> Result<BTreeMap<u64, u32>, SearchError> {
        let (plan, scoring) = self.prepare(query)?;
        let question = self.question(&plan, &scoring, false);
        let (asked, counts) = self.by_shares_in(shards, question, &Batch::default())?;
        if counts.complete == 0 {
            return Ok(BTreeMap::new());
        }
        let demand = Demand::new(&plan, &scoring, asked.share);
        Ok(shards.periods(self.wanted(question, &demand), period)?.into_iter().collect())
    }

    /// Hands every article of a cluster that has one of these terms to `each`.
    pub(super) fn each_with_in(
        &self,
        shards: &dyn Shards,
        terms: &[Term],
        mut each: impl FnMut(&StoredArticle),
    ) -> Result<(), SearchError> {
        let counted = |term: &Term| {
            let value = term.value();
            let text = value.as_str().map(str::to_owned).or_else(|| value.as_u64().map(|id| id.to_string()));
            Some(Counted { field: term.field(), term: text?, stem: false })
        };
        let terms: Vec<Counted> = terms.iter().filter_map(counted).collect();
        shards.each_with(self.schema(), &terms, &mut |article, commit| {
            each(&page::shown(shards, self.schema(), (article, commit)));
        })
    }

    /// The articles of some ties.
    pub(super) fn articles_of(
        &self,
        shards: &dyn Shards,
        ties: Vec<u64>,
    ) -> Result<Vec<Arc<StoredArticle>>, SearchError> {
        if ties.is_empty() {
            return Ok(Vec::new());
        }
        let (plan, scoring) = (super::plan::Plan::default(), super::score::Scoring::none());
        let question = self.question(&plan, &scoring, false);
        let demand = Demand::new(&plan, &scoring, f32::MIN_POSITIVE);
        let batch = Batch { size: ties.len(), only: Some(ties), ..Batch::default() };
        let found = shards.find(self.wanted(question, &demand), &batch)?;
        Ok(found.articles.into_iter().map(|found| page::shown(shards, self.schema(), found).into()).collect())
    }

    /// The hits most like a plan, of other stories than some.
    pub(super) fn similar_in(
        &self,
        shards: &dyn Shards,
        question: Question<'_>,
        (share, without, limit): (f32, Vec<u64>, usize),
    ) -> Result<Vec<Hit>, SearchError> {
        let demand = Demand::new(question.plan, question.scoring, share);
        let query = Query { limit, snippets: 1, ..Query::new("") };
        let batch = Batch { size: reach_of(&query).clamp(CHUNK, ALL), without: without.clone(), ..Batch::default() };
        let first = shards.find(self.wanted(question, &demand), &batch)?;
        let ask = Ask { shards, query: &query, question, demand: &demand, without: &without };
        self.hits_of(&ask, first)
    }

    /// An article that came, made ready; those that come often are kept so.
    fn arrived(&self, shards: &dyn Shards, found: (ArticleRecord, u64)) -> Arc<Arrived> {
        let key = (stable_hash(found.0.article.id.as_bytes()), found.1);
        if let Some(arrived) = self.recent().get(&key) {
            return arrived;
        }
        let arrived = Arc::new(Arrived::new(shards, self.schema(), found));
        self.recent().insert(key, arrived.clone());
        arrived
    }

    pub(super) fn wanted<'a>(&'a self, question: Question<'a>, demand: &'a Demand) -> Wanted<'a> {
        let Question { plan, scoring, fresh, snapshot, schema, .. } = question;
        let newest = fresh.then_some(snapshot.newest);
        Wanted { plan, scoring, demand, schema, newest, copies: &snapshot.copies }
    }

    pub(super) fn by_shares_in(
        &self,
        shards: &dyn Shards,
        question: Question<'_>,
        batch: &Batch,
    ) -> Result<(Asked, Counts), SearchError> {
        let find = |share| {
            question.plan.deadline.check()?;
            let demand = Demand::new(question.plan, question.scoring, share);
            Ok(Asked { share, first: shards.find(self.wanted(question, &demand), batch)? })
        };
        by_shares(question.plan, find, |asked: &Asked| asked.first.total)
    }

    fn facets_in(
        &self,
        shards: &dyn Shards,
        wanted: Wanted<'_>,
        (query, counts): (&Query, Counts),
        prefix: &str,
    ) -> Result<Facets, SearchError> {
        if query.facets.is_empty() {
            return Ok(Facets::default());
        }
        if counts.total == 0 {
            return Ok(Facets { kinds: query.facets.iter().map(|request| (request.kind, Vec::new())).collect() });
        }
        shards.facets(wanted, &query.facets, self.entity_table(), prefix)
    }

    /// The page of hits, from the first batch on.
    fn hits_of(&self, ask: &Ask<'_>, first: Found) -> Result<Vec<Hit>, SearchError> {
        let Ask { query, .. } = ask;
        if query.limit == 0 {
            return Ok(Vec::new());
        }
        let end = query.offset.saturating_add(query.limit);
        let mut reach = reach_of(query);
        let mut reached = Reached {
            searcher: self,
            ask,
            arrived: Vec::new(),
            come: FxHashSet::default(),
            ranked: Vec::new(),
            next: None,
            most: 0.0,
        };
        reached.take(first)?;
        loop {
            reached.reach(reach)?;
            let page = reached.page(reach)?;
            let question = page.question(ask.question);
            let candidates = candidates::collect_share(question, ask.demand.share)?;
            let ranked = self.rank(query.sort, question, &candidates, reach)?;
            let stories = self.stories(query, question, ranked, &candidates)?;
            if stories.len() >= end || reached.is_all(reach) {
                let stories = stories.into_iter().skip(query.offset).take(query.limit).collect();
                return self.stories_to_hits(query, question, stories, query.offset + 1);
            }
            reach = reach.saturating_mul(2);
        }
    }
}

/// How many ranked articles a page needs.
fn reach_of(query: &Query) -> usize {
    query.offset.saturating_add(query.limit).saturating_add(BEYOND)
}

impl Page {
    /// A question to these articles rather than to the archive.
    pub(super) fn question<'a>(&'a self, question: Question<'a>) -> Question<'a> {
        Question { snapshot: &self.snapshot, page: Some(&self.articles), ..question }
    }
}

/// The articles that have come so far.
struct Reached<'a> {
    searcher: &'a Searcher,
    ask: &'a Ask<'a>,
    arrived: Vec<Arc<Arrived>>,
    /// Their ties.
    come: FxHashSet<u64>,
    /// How they rank, best first, each with its place among those that came.
    ranked: Vec<(Ranked, usize)>,
    /// The most that any other article can score.
    most: f32,
    next: Option<super::shards::After>,
}

impl Reached<'_> {
    /// Takes a batch in, and ranks it among those before.
    fn take(&mut self, found: Found) -> Result<(), SearchError> {
        let Ask { shards, question, demand, query, .. } = *self.ask;
        let from = self.arrived.len();
        // A copy that was asked for by itself may come once more in its turn.
        let Found { most, next, mut articles, .. } = found;
        (self.most, self.next) = (most, next);
        articles.retain(|(article, _)| self.come.insert(stable_hash(article.article.id.as_bytes())));
        let arrived = articles.into_par_iter().map(|found| self.searcher.arrived(shards, found));
        self.arrived.par_extend(arrived);
        let page = self.page_of(&(from..self.arrived.len()).collect::<Vec<_>>())?;
        let question = page.question(question);
        let candidates = candidates::collect_share(question, demand.share)?;
        let ranked = closeness::look(question, candidates)?;
        self.ranked.extend(ranked.into_iter().map(|ranked| (ranked, from + ranked.candidate.doc as usize)));
        self.ranked.sort_by(|(a, _), (b, _)| query.sort.order(a, b));
        Ok(())
    }

    /// Asks for more articles until none that has not come can be among the best
    /// `count`, or so many have come that none will.
    fn reach(&mut self, count: usize) -> Result<(), SearchError> {
        let Ask { shards, question, demand, query, without } = *self.ask;
        while self.next.is_some() {
            let last = count.checked_sub(1).and_then(|last| self.ranked.get(last));
            let is_beaten = |(last, _): &(Ranked, usize)| {
                query.sort != Sort::Relevance || self.most == 0.0 || last.score > self.most * SLACK
            };
            if last.is_some_and(is_beaten) || last.is_some() && self.arrived.len() >= MOST.max(count * 4) {
                return Ok(());
            }
            question.plan.deadline.check()?;
            let batch = Batch {
                sort: query.sort,
                after: self.next.take(),
                size: MOST.max(count * 4).saturating_sub(self.arrived.len()).clamp(CHUNK, ALL),
                only: None,
                without: without.to_vec(),
            };
            let found = shards.find(self.searcher.wanted(question, demand), &batch)?;
            self.take(found)?;
        }
        Ok(())
    }

    /// Whether all that match are among the best `count`.
    fn is_all(&self, count: usize) -> bool {
        self.next.is_none() && self.ranked.len() <= count
    }

    /// The best `count` and the copies of them that match too.
    fn page(&mut self, count: usize) -> Result<Page, SearchError> {
        let copies = &self.searcher.snapshot().copies;
        let best: Vec<(u64, usize)> = self.ranked.iter().take(count).map(|(ranked, at)| (ranked.tie, *at)).collect();
        let stories: FxHashSet<u64> = best.iter().filter_map(|(tie, _)| copies.cluster_of(*tie)).collect();
        if !stories.is_empty() && self.ask.query.duplicates == Duplicates::Collapse {
            let members = copies.members(&stories).into_iter();
            let missing: Vec<u64> = members.filter(|tie| !self.come.contains(tie)).collect();
            self.fetch(missing)?;
        }
        let is_copy = |tie: u64| copies.cluster_of(tie).is_some_and(|story| stories.contains(&story));
        let of_stories = self.ranked.iter().skip(count).filter(|(ranked, _)| is_copy(ranked.tie)).map(|(_, at)| *at);
        let places: Vec<usize> = best.iter().map(|(_, at)| *at).chain(of_stories).collect();
        self.page_of(&places)
    }

    /// Brings the articles of some ties, of those that match.
    fn fetch(&mut self, ties: Vec<u64>) -> Result<(), SearchError> {
        if ties.is_empty() {
            return Ok(());
        }
        let Ask { shards, question, demand, .. } = *self.ask;
        let batch = Batch { size: ties.len(), only: Some(ties), ..Batch::default() };
        let found = shards.find(self.searcher.wanted(question, demand), &batch)?;
        let (most, next) = (self.most, self.next.take());
        self.take(found)?;
        (self.most, self.next) = (most, next);
        Ok(())
    }

    fn page_of(&self, places: &[usize]) -> Result<Page, SearchError> {
        let arrived: Vec<&Arrived> =
            places.iter().filter_map(|at| self.arrived.get(*at)).map(|arrived| &**arrived).collect();
        Page::new(&arrived, self.searcher.schema(), self.searcher.snapshot())
    }
}
