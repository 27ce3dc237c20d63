//! How many articles have words together.

use rustc_hash::FxHashMap;

use crate::search::backend::api::Backend;
use crate::search::backend::archive::Archive;
use crate::search::error::SearchError;
use crate::search::exec::candidate::MatchCounts;
use crate::search::query::search_query::Query;

/// Counts of one correction at most, so that its time is bounded; on a cluster
/// each is a request.
const MOST_COUNTS: usize = 64;

/// Counts the articles that have all of some words, with the filters of a query.
pub(super) struct Support<'a> {
    pub archive: &'a Archive,
    pub backend: &'a dyn Backend,
    pub query: &'a Query,
    known: FxHashMap<String, usize>,
}

impl<'a> Support<'a> {
    pub fn new(archive: &'a Archive, backend: &'a dyn Backend, query: &'a Query) -> Self {
        Self { archive, backend, query, known: FxHashMap::default() }
    }

    /// The articles that have all words of a text; `None` after too many counts.
    pub fn of(&mut self, text: &str) -> Result<Option<usize>, SearchError> {
        if let Some(known) = self.known.get(text) {
            return Ok(Some(*known));
        }
        if self.known.len() == MOST_COUNTS {
            return Ok(None);
        }
        let articles = self.count(text)?;
        self.known.insert(text.to_owned(), articles);
        Ok(Some(articles))
    }

    /// The same, counted anew.
    pub fn count(&self, text: &str) -> Result<usize, SearchError> {
        let query = Query { text: text.to_owned(), ..self.query.clone() };
        let (mut plan, scoring) = self.archive.prepare(&query)?;
        plan.all_words_only = true;
        let context = self.archive.context(&plan, &scoring, false);
        let MatchCounts { complete, .. } = self.backend.count(self.archive, context)?;
        Ok(complete)
    }
}
