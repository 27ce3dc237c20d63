//! All hits of a query, however many.

use std::ops::ControlFlow;

use rustc_hash::FxHashSet;

use super::candidates::{self, Candidate, Matching};
use super::closeness;
use super::copies;
use super::{Duplicates, Hit, Query, SearchError, Searcher};

/// Articles whose positions are in memory at once.
const CHUNK: usize = 4096;
/// Hits that are made at once.
const PAGE: usize = 256;

impl Searcher {
    /// All articles that match a query, by the hash of their id.
    ///
    /// # Errors
    /// As for [`Searcher::each_hit`].
    pub fn matching_keys(&self, query: &Query) -> Result<Vec<u64>, SearchError> {
        if self.shards().is_some() {
            return self.each_new_hit(
                &Query { duplicates: Duplicates::Show, ..query.clone() },
                &FxHashSet::default(),
                drop,
            );
        }
        let articles = self.matching(query)?.articles;
        Ok(articles.iter().map(|article| self.snapshot().tie(article.segment, article.doc)).collect())
    }

    /// Hands the hits of a query that are not among `known` articles to `each`,
    /// in order, and returns all articles that match, by the hash of their id.
    ///
    /// # Errors
    /// As for [`Searcher::each_hit`].
    pub fn each_new_hit(
        &self,
        query: &Query,
        known: &FxHashSet<u64>,
        mut each: impl FnMut(Hit),
    ) -> Result<Vec<u64>, SearchError> {
        let mut all = Vec::new();
        let keep = |key| {
            all.push(key);
            !known.contains(&key)
        };
        self.export(query, keep, |hit| {
            each(hit);
            ControlFlow::Continue(())
        })?;
        Ok(all)
    }

    /// Hands every hit of a query to `each`, in order, until it breaks off, and
    /// returns how many articles match. The query's limit and offset do not
    /// count; facets are not made. Of each match some 100 bytes are in memory,
    /// its text only while its page is handed on.
    ///
    /// # Errors
    /// [`SearchError`]: a query that cannot be read, or a damaged index.
    pub fn each_hit(&self, query: &Query, each: impl FnMut(Hit) -> ControlFlow<()>) -> Result<usize, SearchError> {
        self.export(query, |_| true, each)
    }

    /// The same for the articles to `keep`, by the hash of their id.
    fn export(
        &self,
        query: &Query,
        mut keep: impl FnMut(u64) -> bool,
        mut each: impl FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<usize, SearchError> {
        if let Some(shards) = self.shards() {
            return self.export_from(shards, query, &mut keep, &mut each);
        }
        let (plan, scoring) = self.prepare(query)?;
        let question = self.question(&plan, &scoring, query.fresh);
        let Matching { articles, .. } = candidates::collect(question)?;
        let total = articles.len();
        let tie = |article: &Candidate| self.snapshot().tie(article.segment, article.doc);
        let articles: Vec<Candidate> = articles.into_iter().filter(|article| keep(tie(article))).collect();
        let mut ranked = Vec::with_capacity(articles.len());
        for chunk in articles.chunks(CHUNK) {
            ranked.extend(closeness::look(question, chunk.to_vec())?);
        }
        ranked.sort_by(|a, b| query.sort.order(a, b));
        let mut stories = copies::stories(&self.snapshot().copies, query.duplicates, ranked).into_iter();
        for first in (1..=stories.len()).step_by(PAGE) {
            let page = stories.by_ref().take(PAGE).collect();
            for hit in self.stories_to_hits(query, question, page, first)? {
                if each(hit).is_break() {
                    return Ok(total);
                }
            }
        }
        Ok(total)
    }
}
