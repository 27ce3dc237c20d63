//! Queries to a cluster: it narrows an archive to what can be among the best,
//! which is ranked here as articles of a local index are.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashSet;
use tantivy::schema::Term;

use crate::index::StoredArticle;

use super::candidates::{self, Candidate, Counts, Demand, Question, by_shares};
use super::closeness::Ranked;
use super::copies::{self, Story};
use super::facets::Period;
use super::page::{self, Gathered, Page};
use super::shards::{Batch, Counted, Found, Shards, Wanted};
use super::{Duplicates, Facets, Hit, Query, Results, SearchError, Searcher, Sort};
use crate::segment::fold;

/// Articles asked for at once, at least.
const CHUNK: usize = 24;
/// The same where all of them are wanted.
const ALL: usize = 400;
/// Ranked articles looked at beyond the page, in place of copies on it.
const BEYOND: usize = 2;
/// The bound of a score is reckoned by the cluster with its own roundings.
const SLACK: f32 = 1.01;

/// What was asked of a cluster, and its first answer.
#[derive(Default)]
struct Asked {
    share: f32,
    first: Found,
}

/// What a page of hits is made of.
struct Ask<'a> {
    shards: &'a dyn Shards,
    query: &'a Query,
    question: Question<'a>,
    demand: &'a Demand,
}

impl Searcher {
    /// Answers a query from a cluster.
    pub(super) fn search_shards(
        &self,
        shards: &dyn Shards,
        query: &Query,
        question: Question<'_>,
    ) -> Result<Results, SearchError> {
        let first = Batch { sort: query.sort, size: reach_of(query).max(CHUNK), ..Batch::default() };
        let (asked, counts) = self.by_shares_in(shards, question, &first)?;
        let demand = Demand::new(question.plan, question.scoring, asked.share);
        let prefix = fold(query.facet_prefix.trim());
        let wanted = self.wanted(question, &demand);
        let (facets, hits) = rayon::join(
            || self.facets_in(shards, wanted, (query, counts), &prefix),
            || {
                let ask = Ask { shards, query, question, demand: &demand };
                self.hits_in(&ask, asked.first)
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
        let batch = Batch { size: reach_of(&query).max(CHUNK), without: without.clone(), ..Batch::default() };
        let first = shards.find(self.wanted(question, &demand), &batch)?;
        let ask = Ask { shards, query: &query, question, demand: &demand };
        self.hits_of(&ask, first, without)
    }

    fn wanted<'a>(&'a self, question: Question<'a>, demand: &'a Demand) -> Wanted<'a> {
        let Question { plan, scoring, fresh, snapshot, schema, .. } = question;
        let newest = fresh.then_some(snapshot.newest);
        Wanted { plan, scoring, demand, schema, newest, copies: &*snapshot.copies }
    }

    fn by_shares_in(
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

    fn hits_in(&self, ask: &Ask<'_>, first: Found) -> Result<Vec<Hit>, SearchError> {
        self.hits_of(ask, first, Vec::new())
    }

    /// The page of hits, from the first batch on.
    fn hits_of(&self, ask: &Ask<'_>, first: Found, without: Vec<u64>) -> Result<Vec<Hit>, SearchError> {
        let Ask { query, .. } = ask;
        if query.limit == 0 {
            return Ok(Vec::new());
        }
        let end = query.offset.saturating_add(query.limit);
        let mut reach = reach_of(query);
        let mut reached = Reached::new(self, ask, first, without);
        loop {
            let ranked = reached.best(reach)?;
            let all = reached.next.is_none();
            let stories = match query.duplicates {
                Duplicates::Collapse => copies::collapse(&self.snapshot().copies, reached.with_copies(ranked)?),
                Duplicates::Show => ranked.into_iter().map(Story::alone).collect(),
            };
            if stories.len() >= end || all {
                let stories = stories.into_iter().skip(query.offset).take(query.limit).collect();
                let page = reached.page()?;
                return self.stories_to_hits(query, page.question(ask.question), stories, query.offset + 1);
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
    fn question<'a>(&'a self, question: Question<'a>) -> Question<'a> {
        Question { snapshot: &self.snapshot, page: Some(&self.articles), ..question }
    }
}

/// The articles that have come so far.
struct Reached<'a> {
    searcher: &'a Searcher,
    ask: &'a Ask<'a>,
    without: Vec<u64>,
    gathered: Gathered,
    /// The most that any other article can score.
    most: f32,
    next: Option<super::shards::After>,
    page: Option<Page>,
}

impl<'a> Reached<'a> {
    fn new(searcher: &'a Searcher, ask: &'a Ask<'a>, first: Found, without: Vec<u64>) -> Self {
        let mut reached =
            Self { searcher, ask, without, gathered: Gathered::default(), most: 0.0, next: None, page: None };
        reached.take(first);
        reached
    }

    fn take(&mut self, found: Found) {
        for article in found.articles {
            self.gathered.add(self.ask.shards, self.searcher.schema(), article);
        }
        (self.most, self.next, self.page) = (found.most, found.next, None);
    }

    /// Asks for as many more as have come.
    fn more(&mut self) -> Result<(), SearchError> {
        self.ask.question.plan.deadline.check()?;
        let batch = Batch {
            sort: self.ask.query.sort,
            after: self.next.take(),
            size: self.gathered.len().clamp(CHUNK, ALL),
            only: None,
            without: self.without.clone(),
        };
        let found = self.ask.shards.find(self.searcher.wanted(self.ask.question, self.ask.demand), &batch)?;
        self.take(found);
        Ok(())
    }

    fn page(&mut self) -> Result<&Page, SearchError> {
        let page = match self.page.take() {
            Some(page) => page,
            None => self.gathered.page(self.searcher.schema(), self.searcher.snapshot())?,
        };
        Ok(self.page.insert(page))
    }

    fn candidates(&mut self) -> Result<Vec<Candidate>, SearchError> {
        let (question, share) = (self.ask.question, self.ask.demand.share);
        candidates::collect_share(self.page()?.question(question), share)
    }

    /// The best `count` articles of the archive, in order: more are asked for
    /// until none that has not come can be among them.
    fn best(&mut self, count: usize) -> Result<Vec<Ranked>, SearchError> {
        let (searcher, question, sort) = (self.searcher, self.ask.question, self.ask.query.sort);
        loop {
            let candidates = self.candidates()?;
            let ranked = searcher.rank(sort, self.page()?.question(question), &candidates, count)?;
            let full = ranked.len() >= count;
            let beaten = sort != Sort::Relevance
                || ranked.last().is_some_and(|last| last.score > self.most * SLACK);
            if self.next.is_none() || full && beaten {
                return Ok(ranked);
            }
            self.more()?;
        }
    }

    /// Adds the copies of ranked articles that match too, wherever they rank.
    fn with_copies(&mut self, ranked: Vec<Ranked>) -> Result<Vec<Ranked>, SearchError> {
        let (searcher, question) = (self.searcher, self.ask.question);
        let copies = &searcher.snapshot().copies;
        let stories: FxHashSet<u64> = ranked.iter().filter_map(|article| copies.story(article.tie)).collect();
        if stories.is_empty() {
            return Ok(ranked);
        }
        let page = self.page()?;
        let here: FxHashSet<u64> =
            (0..page.articles.len() as u32).map(|doc| page.snapshot.tie(0, doc)).collect();
        let missing: Vec<u64> = copies.members(&stories).into_iter().filter(|tie| !here.contains(tie)).collect();
        if !missing.is_empty() {
            let batch = Batch { size: missing.len(), only: Some(missing), ..Batch::default() };
            let found = self.ask.shards.find(searcher.wanted(question, self.ask.demand), &batch)?;
            for article in found.articles {
                self.gathered.add(self.ask.shards, searcher.schema(), article);
            }
            // Documents keep their numbers, and so what is ranked holds.
            self.page = None;
        }
        let candidates = self.candidates()?;
        searcher.with_copies(self.page()?.question(question), ranked, &candidates)
    }
}
