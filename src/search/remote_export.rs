//! All hits of a query to a cluster, however many.

use std::ops::ControlFlow;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::candidates::{self, Demand, Question};
use super::closeness::{self, Ranked};
use super::copies::{self, Story};
use super::page::{Arrived, Page};
use super::remote::{ALL, Asked};
use super::shards::{Batch, Found, Shards};
use super::{Hit, Query, SearchError, Searcher, Sort};

/// Hits that are made at once.
const PAGE: usize = 200;

impl Searcher {
    /// Hands the hits to `each`, in order, until it breaks off; of the articles
    /// to `keep`, by the hash of their id. Returns how many articles match.
    pub(super) fn export_from(
        &self,
        shards: &dyn Shards,
        query: &Query,
        keep: &mut dyn FnMut(u64) -> bool,
        each: &mut dyn FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<usize, SearchError> {
        let (plan, scoring) = self.prepare(query)?;
        let question = self.question(&plan, &scoring, query.fresh);
        let batch = Batch { sort: Sort::Newest, size: ALL, ..Batch::default() };
        let (Asked { share, mut first }, counts) = self.by_shares_in(shards, question, &batch)?;
        let demand = Demand::new(&plan, &scoring, share);
        let mut ranked = Vec::new();
        loop {
            let next = first.next.take();
            let page = self.page_from(shards, first)?;
            ranked.extend(look(page.question(question), &demand)?.into_iter().filter(|article| keep(article.tie)));
            let Some(after) = next else { break };
            first = shards.find(self.wanted(question, &demand), &Batch { after: Some(after), ..batch.clone() })?;
        }
        ranked.sort_by(|a, b| query.sort.order(a, b));
        let mut stories = copies::stories(&self.snapshot().copies, query.duplicates, ranked).into_iter();
        for first in (1..=stories.len()).step_by(PAGE) {
            let chunk: Vec<Story> = stories.by_ref().take(PAGE).collect();
            for hit in self.hits_again(shards, (query, question, &demand), chunk, first)? {
                if each(hit).is_break() {
                    return Ok(counts.total);
                }
            }
        }
        Ok(counts.total)
    }

    /// Brings the articles of stories once more, to show them.
    fn hits_again(
        &self,
        shards: &dyn Shards,
        (query, question, demand): (&Query, Question<'_>, &Demand),
        stories: Vec<Story>,
        first: usize,
    ) -> Result<Vec<Hit>, SearchError> {
        let of_story =
            |story: &Story| [&story.shown].into_iter().chain(&story.copies).map(|a| a.tie).collect::<Vec<_>>();
        let ties: Vec<u64> = stories.iter().flat_map(of_story).collect();
        let mut found = Found::default();
        for ties in ties.chunks(ALL) {
            let batch = Batch { sort: Sort::Newest, size: ties.len(), only: Some(ties.to_vec()), ..Batch::default() };
            found.articles.extend(shards.find(self.wanted(question, demand), &batch)?.articles);
        }
        let page = self.page_from(shards, found)?;
        let question = page.question(question);
        let looked = look(question, demand)?;
        let mut again: FxHashMap<u64, Ranked> = looked.into_iter().map(|article| (article.tie, article)).collect();
        // An article that went meanwhile is left out.
        let stories = stories.into_iter().filter_map(|story| {
            let shown = again.remove(&story.shown.tie)?;
            let copies = story.copies.iter().filter_map(|copy| again.remove(&copy.tie)).collect();
            Some(Story { shown, copies })
        });
        self.stories_to_hits(query, question, stories.collect(), first)
    }

    fn page_from(&self, shards: &dyn Shards, found: Found) -> Result<Page, SearchError> {
        let arrived = found.articles.into_par_iter().map(|found| Arc::new(Arrived::new(shards, self.schema(), found)));
        let arrived: Vec<Arc<Arrived>> = arrived.collect();
        let arrived: Vec<&Arrived> = arrived.iter().map(|arrived| &**arrived).collect();
        Page::new(&arrived, self.schema(), self.snapshot())
    }
}

/// The articles of a page that match, with their full scores.
fn look(question: Question<'_>, demand: &Demand) -> Result<Vec<Ranked>, SearchError> {
    closeness::look(question, candidates::collect_share(question, demand.share)?)
}
