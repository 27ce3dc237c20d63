//! Where matching articles come from: one trait, an index on disk here and a
//! cluster in `cluster`.

pub(crate) mod archive;
pub(crate) mod local;

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

/// What a query finds.
pub(crate) struct Answer {
    pub counts: MatchCounts,
    pub hits: Vec<Hit>,
    pub facets: Facets,
}

/// Finds, counts and reads the articles of an archive. Its statistics reach the
/// planner through the archive's snapshot (`TermStatistics`).
pub(crate) trait Backend: Send + Sync {
    /// The page of hits, the facets and the counts of a query.
    fn answer(&self, archive: &Archive, query: &Query, context: SearchContext<'_>) -> Result<Answer, SearchError>;

    /// How many articles match.
    fn count(&self, archive: &Archive, context: SearchContext<'_>) -> Result<MatchCounts, SearchError>;

    /// The articles that match in full by period; those without a date under 0.
    fn periods(
        &self,
        archive: &Archive,
        context: SearchContext<'_>,
        period: Period,
    ) -> Result<BTreeMap<u64, u32>, SearchError>;

    /// The keys of all matching articles.
    fn keys(&self, archive: &Archive, query: &Query, context: SearchContext<'_>) -> Result<Vec<u64>, SearchError>;

    /// Hands every hit to `each`, in order, until it breaks off; of the articles
    /// whose key `keep` accepts. Returns how many articles match.
    fn export(
        &self,
        archive: &Archive,
        query: &Query,
        context: SearchContext<'_>,
        keep: &mut dyn FnMut(u64) -> bool,
        each: &mut dyn FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<usize, SearchError>;

    /// The best hits of a plan made of an article, without that article (by its
    /// key) and its duplicates.
    fn similar(
        &self,
        archive: &Archive,
        context: SearchContext<'_>,
        key: u64,
        limit: usize,
    ) -> Result<Vec<Hit>, SearchError>;

    /// Hands every article that matches in full to `each`, in no order.
    fn each_match(
        &self,
        archive: &Archive,
        context: SearchContext<'_>,
        each: &mut dyn FnMut(&StoredArticle),
    ) -> Result<(), SearchError>;

    /// Hands every article that has one of these terms to `each`.
    fn each_with_terms(
        &self,
        archive: &Archive,
        terms: &[Term],
        each: &mut dyn FnMut(&StoredArticle),
    ) -> Result<(), SearchError>;

    /// The article of an id.
    fn article(&self, archive: &Archive, id: &str) -> Result<Option<StoredArticle>, SearchError>;

    /// The other articles of the duplicate cluster that the article of a key is
    /// in, in no order.
    fn duplicates_of(&self, archive: &Archive, cluster: u64, key: u64) -> Result<Vec<Arc<StoredArticle>>, SearchError>;

    /// Bytes that the archive takes where it is stored.
    fn bytes(&self, archive: &Archive) -> Result<u64, SearchError>;
}
