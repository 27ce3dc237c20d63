//! What every backend answers.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use tantivy::schema::Term;

use crate::index::StoredArticle;
use crate::search::backend::archive::Archive;
use crate::search::error::SearchError;
use crate::search::exec::candidate::MatchCounts;
use crate::search::exec::context::SearchContext;
use crate::search::facets::facet::Facets;
use crate::search::facets::periods::Period;
use crate::search::hits::hit::Hit;
use crate::search::query::search_query::Query;

/// The results of a query.
pub(crate) struct Answer {
    pub counts: MatchCounts,
    pub hits: Vec<Hit>,
    pub facets: Facets,
    /// How many articles the facets are counted over.
    pub answering: usize,
}

/// Finds, counts and reads the articles of an archive. The planner gets statistics
/// through the archive's snapshot (`TermStatistics`).
pub(crate) trait Backend: Send + Sync {
    /// The page of hits, the facets and the counts of a query.
    fn answer(&self, archive: &Archive, query: &Query, context: SearchContext<'_>) -> Result<Answer, SearchError>;

    /// The number of matching articles.
    fn count(&self, archive: &Archive, context: SearchContext<'_>) -> Result<MatchCounts, SearchError>;

    /// The articles that match in full by period; those without a date under 0.
    fn periods(
        &self,
        archive: &Archive,
        context: SearchContext<'_>,
        period: Period,
    ) -> Result<BTreeMap<u64, u32>, SearchError>;

    /// The keys of the articles that match in full.
    fn keys(&self, archive: &Archive, query: &Query, context: SearchContext<'_>) -> Result<Vec<u64>, SearchError>;

    /// Passes every hit to `each`, in order, until it breaks; only those of articles
    /// whose key `keep` accepts. Returns the number of matching articles.
    fn export(
        &self,
        archive: &Archive,
        query: &Query,
        context: SearchContext<'_>,
        keep: &mut dyn FnMut(u64) -> bool,
        each: &mut dyn FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<usize, SearchError>;

    /// The best hits of a plan made from an article, without that article (by its
    /// key) and its duplicates.
    fn similar(
        &self,
        archive: &Archive,
        context: SearchContext<'_>,
        key: u64,
        limit: usize,
    ) -> Result<Vec<Hit>, SearchError>;

    /// Passes every article that matches in full to `each`, in no order.
    fn each_match(
        &self,
        archive: &Archive,
        context: SearchContext<'_>,
        each: &mut dyn FnMut(&StoredArticle),
    ) -> Result<(), SearchError>;

    /// Passes every article that has one of these terms to `each`.
    fn each_with_terms(
        &self,
        archive: &Archive,
        terms: &[Term],
        each: &mut dyn FnMut(&StoredArticle),
    ) -> Result<(), SearchError>;

    /// The article of an id.
    fn article(&self, archive: &Archive, id: &str) -> Result<Option<StoredArticle>, SearchError>;

    /// The articles of a duplicate cluster but the one of a key, in no order.
    fn duplicates_of(&self, archive: &Archive, cluster: u64, key: u64) -> Result<Vec<Arc<StoredArticle>>, SearchError>;

    /// The size of the archive where it is stored, in bytes.
    fn bytes(&self, archive: &Archive) -> Result<u64, SearchError>;
}
