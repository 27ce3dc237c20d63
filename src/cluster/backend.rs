//! The backend of an archive in a cluster.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use tantivy::schema::Term;

use crate::cluster::cluster_client::Cluster;
use crate::cluster::search_request::ClusterSearch;
use crate::index::StoredArticle;
use crate::search::backend::api::{Answer, Backend};
use crate::search::backend::archive::Archive;
use crate::search::error::SearchError;
use crate::search::exec::candidate::MatchCounts;
use crate::search::exec::context::SearchContext;
use crate::search::facets::periods::Period;
use crate::search::hits::hit::Hit;
use crate::search::query::search_query::Query;

/// A cluster as the backend of an archive.
pub(super) struct ClusterBackend(pub Arc<Cluster>);

impl ClusterBackend {
    fn search<'a>(&'a self, archive: &'a Archive) -> ClusterSearch<'a> {
        ClusterSearch { cluster: &self.0, archive }
    }
}

impl Backend for ClusterBackend {
    fn answer(&self, archive: &Archive, query: &Query, context: SearchContext<'_>) -> Result<Answer, SearchError> {
        self.search(archive).answer(query, context)
    }

    fn count(&self, archive: &Archive, context: SearchContext<'_>) -> Result<MatchCounts, SearchError> {
        self.search(archive).count(context)
    }

    fn periods(
        &self,
        archive: &Archive,
        context: SearchContext<'_>,
        period: Period,
    ) -> Result<BTreeMap<u64, u32>, SearchError> {
        self.search(archive).periods(context, period)
    }

    fn keys(&self, archive: &Archive, _: &Query, context: SearchContext<'_>) -> Result<Vec<u64>, SearchError> {
        self.search(archive).keys(context)
    }

    fn export(
        &self,
        archive: &Archive,
        query: &Query,
        context: SearchContext<'_>,
        keep: &mut dyn FnMut(u64) -> bool,
        each: &mut dyn FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<usize, SearchError> {
        self.search(archive).export(query, context, keep, each)
    }

    fn similar(
        &self,
        archive: &Archive,
        context: SearchContext<'_>,
        key: u64,
        limit: usize,
    ) -> Result<Vec<Hit>, SearchError> {
        let copies = &archive.snapshot.copies;
        let cluster = copies.cluster_of(key).unwrap_or(key);
        let mut without = copies.members(&[cluster].into_iter().collect());
        without.push(key);
        self.search(archive).similar(context, without, limit)
    }

    fn each_match(
        &self,
        archive: &Archive,
        context: SearchContext<'_>,
        each: &mut dyn FnMut(&StoredArticle),
    ) -> Result<(), SearchError> {
        self.search(archive).each_match(context, each)
    }

    fn each_with_terms(
        &self,
        archive: &Archive,
        terms: &[Term],
        each: &mut dyn FnMut(&StoredArticle),
    ) -> Result<(), SearchError> {
        self.search(archive).each_with_terms(terms, each)
    }

    fn article(&self, archive: &Archive, id: &str) -> Result<Option<StoredArticle>, SearchError> {
        Ok(self.0.article(id)?.map(|found| self.search(archive).stored(found)))
    }

    fn duplicates_of(&self, archive: &Archive, cluster: u64, key: u64) -> Result<Vec<Arc<StoredArticle>>, SearchError> {
        let members = archive.snapshot.copies.members(&[cluster].into_iter().collect());
        let others: Vec<u64> = members.into_iter().filter(|member| *member != key).collect();
        self.search(archive).articles_of(&others)
    }

    fn bytes(&self, _: &Archive) -> Result<u64, SearchError> {
        self.0.bytes()
    }
}
