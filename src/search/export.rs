//! Exports all hits of a query.

use std::collections::HashSet;
use std::hash::BuildHasher;
use std::iter;
use std::ops::ControlFlow;

use crate::article::{content_hash, is_known_by_path};
use crate::search::error::SearchError;
use crate::search::hits::hit::Hit;
use crate::search::query::search_query::Query;
use crate::search::query::sort::Duplicates;
use crate::search::searcher::Searcher;

impl Searcher {
    /// The matching articles of a query, by their keys.
    ///
    /// # Errors
    /// As for [`Searcher::each_hit`].
    pub fn matching_keys(&self, query: &Query) -> Result<Vec<u64>, SearchError> {
        self.prepared(query, false, |context| self.backend().keys(self.archive(), query, context))
    }

    /// What identifies the matching articles of a query: their keys, and the hashes of
    /// what they say, so that an article is known again under another id too.
    ///
    /// # Errors
    /// As for [`Searcher::each_hit`].
    pub fn matching_marks(&self, query: &Query) -> Result<Vec<u64>, SearchError> {
        let query = Query { duplicates: Duplicates::Show, snippets: 0, ..query.clone() };
        let mut marks = self.matching_keys(&query)?;
        let mut ids = Vec::new();
        self.each_hit(&query, |hit| {
            ids.push(hit.id);
            ControlFlow::Continue(())
        })?;
        for id in ids {
            marks.extend(self.mark_of(&id)?);
        }
        Ok(marks)
    }

    /// Passes the hits of a query that are not among `known` articles to `each`, in
    /// order. An article is known by what it says, and if its record has an id or an
    /// address by its key too. Articles that are known by their path alone, and came
    /// with the commit `since` or before, count as known. Returns what identifies the
    /// new articles.
    ///
    /// # Errors
    /// As for [`Searcher::each_hit`].
    pub fn each_new_hit(
        &self,
        query: &Query,
        (known, since): (&HashSet<u64, impl BuildHasher>, u64),
        mut each: impl FnMut(Hit),
    ) -> Result<Vec<u64>, SearchError> {
        let mut recent = query.clone();
        recent.filters.since_commit = recent.filters.since_commit.max(Some(since));
        let recent = self.matching_keys(&recent)?.into_iter().filter(|key| is_known_by_path(*key));
        let others = self.matching_keys(query)?.into_iter().filter(|key| !is_known_by_path(*key));
        let new: HashSet<u64> = recent.chain(others.filter(|key| !known.contains(key))).collect();
        let (mut marks, mut hits) = (Vec::from_iter(new.iter().copied()), Vec::new());
        if new.is_empty() {
            return Ok(marks);
        }
        self.export(
            query,
            |key| new.contains(&key),
            |hit| {
                hits.push(hit);
                ControlFlow::Continue(())
            },
        )?;
        for hit in hits {
            let mut said_before = false;
            for (number, id) in iter::once(&hit.id).chain(&hit.duplicates).enumerate() {
                let mark = self.mark_of(id)?;
                said_before |= number == 0 && mark.is_some_and(|mark| known.contains(&mark));
                marks.extend(mark);
            }
            if !said_before {
                each(hit);
            }
        }
        Ok(marks)
    }

    /// The hash of what an article says.
    fn mark_of(&self, id: &str) -> Result<Option<u64>, SearchError> {
        let article = self.article(id)?;
        Ok(article.map(|article| content_hash(&article.text, article.published.as_deref())))
    }

    /// Passes every hit of a query to `each`, in order, until it breaks. Returns the
    /// number of matching articles. The query's limit and offset are ignored, and
    /// facets are not counted. Each match takes about 100 bytes of memory; texts are
    /// read a page at a time.
    ///
    /// # Errors
    /// [`SearchError`]: a query that cannot be read, or a damaged index.
    pub fn each_hit(&self, query: &Query, each: impl FnMut(Hit) -> ControlFlow<()>) -> Result<usize, SearchError> {
        self.export(query, |_| true, each)
    }

    /// Exports the articles that `keep` accepts, by their key.
    fn export(
        &self,
        query: &Query,
        mut keep: impl FnMut(u64) -> bool,
        mut each: impl FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<usize, SearchError> {
        self.prepared(query, query.fresh, |context| {
            self.backend().export(self.archive(), query, context, &mut keep, &mut each)
        })
    }
}
