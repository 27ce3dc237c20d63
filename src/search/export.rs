//! Exports all hits of a query.

use std::collections::HashSet;
use std::hash::BuildHasher;
use std::iter;
use std::ops::ControlFlow;

use crate::article::{content_hash, is_known_by_path};
use crate::index::StoredArticle;
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
            marks.extend(self.article(&id)?.as_ref().map(mark_of));
        }
        Ok(marks)
    }

    /// Passes the hits of a query that are not among `known` articles to `each`, in
    /// order. An article is known by what it says, and if its record has an id or an
    /// address by its key too. Articles that are known by their path alone, and came
    /// with the commit `since` or before, count as known. Returns what identifies the
    /// new articles, and what others say that came after that commit.
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
        let recent = self.matching_keys(&recent)?;
        let is_new = |key: &u64| !is_known_by_path(*key) && !known.contains(key);
        let new = self.matching_keys(query)?.into_iter().filter(is_new);
        // A known article may say something else now.
        let looked_at = recent.into_iter().filter(|key| is_known_by_path(*key) || since > 0);
        let wanted: HashSet<u64> = new.chain(looked_at).collect();
        let mut hits = Vec::new();
        if !wanted.is_empty() {
            self.export(
                query,
                |key| wanted.contains(&key),
                |hit| {
                    hits.push(hit);
                    ControlFlow::Continue(())
                },
            )?;
        }
        let mut marks = Vec::new();
        for hit in hits {
            let mut is_known = false;
            for (number, id) in iter::once(&hit.id).chain(&hit.duplicates).enumerate() {
                let Some(article) = self.article(id)? else { continue };
                let mark = mark_of(&article);
                if number == 0 {
                    let by_key = !is_known_by_path(article.key) && known.contains(&article.key);
                    is_known = by_key || known.contains(&mark);
                }
                marks.extend([article.key, mark]);
            }
            if !is_known {
                each(hit);
            }
        }
        Ok(marks)
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

/// The hash of what an article says.
fn mark_of(article: &StoredArticle) -> u64 {
    content_hash(&article.text, article.published.as_deref())
}
