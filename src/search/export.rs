//! Exports all hits of a query.

use std::collections::HashSet;
use std::hash::BuildHasher;
use std::ops::ControlFlow;

use crate::search::error::SearchError;
use crate::search::hits::hit::Hit;
use crate::search::query::search_query::Query;
use crate::search::searcher::Searcher;

impl Searcher {
    /// The matching articles of a query, by the hash of their id.
    ///
    /// # Errors
    /// As for [`Searcher::each_hit`].
    pub fn matching_keys(&self, query: &Query) -> Result<Vec<u64>, SearchError> {
        self.prepared(query, false, |context| self.backend().keys(self.archive(), query, context))
    }

    /// Passes the hits of a query that are not among `known` articles to `each`, in
    /// order. Returns all matching articles, by the hash of their id.
    ///
    /// # Errors
    /// As for [`Searcher::each_hit`].
    pub fn each_new_hit(
        &self,
        query: &Query,
        known: &HashSet<u64, impl BuildHasher>,
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

    /// Exports the articles that `keep` accepts, by the hash of their id.
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
