//! The backend of an index on disk.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use tantivy::schema::Term;
use tantivy::{DocAddress, DocId};

use crate::index::{StoredArticle, documents_with, folder_bytes};
use crate::search::backend::api::{Answer, Backend};
use crate::search::backend::archive::Archive;
use crate::search::backend::article_ids::article_of;
use crate::search::error::SearchError;
use crate::search::exec::candidate::{Candidate, MatchCounts, Matching};
use crate::search::exec::collect::{collect, collect_with};
use crate::search::exec::context::SearchContext;
use crate::search::exec::match_requirement::Coverage;
use crate::search::exec::ranked::Ranked;
use crate::search::exec::rerank;
use crate::search::facets::counter::{FacetCounter, FacetRequests};
use crate::search::facets::facet::Facets;
use crate::search::facets::periods::{Period, periods};
use crate::search::hits::article_cache::{ArticleCache, CachedArticle, article_cache};
use crate::search::hits::collapse::{DuplicateCluster, clusters_of, collapse};
use crate::search::hits::hit::Hit;
use crate::search::hits::hit_builder::{ArticleSource, HitBuilder};
use crate::search::hits::page;
use crate::search::params::SIMILAR_SHARE;
use crate::search::query::search_query::Query;
use crate::segment::fold;

/// Articles whose positions are in memory at once while exporting.
const EXPORT_CHUNK: usize = 4096;
/// Hits that are built at once while exporting.
const EXPORT_PAGE: usize = 256;

/// An index on disk, with caches that last from query to query.
pub(crate) struct LocalIndex {
    cache: ArticleCache,
    facets: FacetCounter,
}

/// The articles of an index on disk.
struct LocalArticles<'a> {
    archive: &'a Archive,
    cache: &'a ArticleCache,
}

impl ArticleSource for LocalArticles<'_> {
    fn article(&self, segment: u32, doc: DocId) -> Result<Arc<CachedArticle>, SearchError> {
        let address = DocAddress::new(segment, doc);
        self.cache.get_or_insert_with(&address, || self.archive.read(address).map(CachedArticle::new).map(Arc::new))
    }
}

impl LocalIndex {
    pub fn new() -> Self {
        Self { cache: article_cache(), facets: FacetCounter::default() }
    }

    /// The facets over the articles that answer the query, and how many these are.
    fn facets(&self, archive: &Archive, query: &Query, matching: &Matching) -> (Facets, usize) {
        let answering = matching.answering();
        let request = FacetRequests {
            requests: &query.facets,
            prefix: &fold(query.facet_prefix.trim()),
            order: query.facet_order,
            matching: matching.counts.total,
        };
        (self.facets.count(&archive.snapshot, &archive.entities, &answering, request), answering.len())
    }

    fn articles<'a>(&'a self, archive: &'a Archive) -> LocalArticles<'a> {
        LocalArticles { archive, cache: &self.cache }
    }
}

/// How many ranked articles a query asks for.
fn wanted(query: &Query) -> usize {
    if query.limit == 0 { 0 } else { page::ranked_depth(query) }
}

/// The requested page; where copies fill it up, with articles that have some of the words.
fn page_of(
    query: &Query,
    context: SearchContext<'_>,
    matching: &Matching,
) -> Result<Vec<DuplicateCluster>, SearchError> {
    let page = page::page(query, context, &matching.articles)?;
    if page.len() >= query.limit || matching.is_all() {
        return Ok(page);
    }
    page::page(query, context, &collect(context, usize::MAX)?.articles)
}

impl Backend for LocalIndex {
    fn answer(&self, archive: &Archive, query: &Query, context: SearchContext<'_>) -> Result<Answer, SearchError> {
        let matching = collect(context, wanted(query))?;
        let articles = self.articles(archive);
        let builder = HitBuilder { query, context, entities: &archive.entities, articles: &articles };
        // A single query uses several cores; the queries of a batch use one each.
        let ((facets, answering), hits) = rayon::join(
            || self.facets(archive, query, &matching),
            || builder.build(page_of(query, context, &matching)?, query.offset + 1),
        );
        Ok(Answer { counts: matching.counts, hits: hits?, facets, answering })
    }

    fn count(&self, _: &Archive, context: SearchContext<'_>) -> Result<MatchCounts, SearchError> {
        Ok(collect(context, 0)?.counts)
    }

    fn periods(
        &self,
        archive: &Archive,
        context: SearchContext<'_>,
        period: Period,
    ) -> Result<BTreeMap<u64, u32>, SearchError> {
        Ok(periods(&archive.snapshot, &collect_with(context, Coverage::All)?, period))
    }

    fn keys(&self, archive: &Archive, _: &Query, context: SearchContext<'_>) -> Result<Vec<u64>, SearchError> {
        let articles = collect_with(context, Coverage::All)?;
        Ok(articles.iter().map(|article| archive.snapshot.tie(article.segment, article.doc)).collect())
    }

    fn export(
        &self,
        archive: &Archive,
        query: &Query,
        context: SearchContext<'_>,
        keep: &mut dyn FnMut(u64) -> bool,
        each: &mut dyn FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<usize, SearchError> {
        let snapshot = &archive.snapshot;
        let Matching { articles, .. } = collect(context, usize::MAX)?;
        let total = articles.len();
        let tie = |article: &Candidate| snapshot.tie(article.segment, article.doc);
        let articles: Vec<Candidate> = articles.into_iter().filter(|article| keep(tie(article))).collect();
        let mut ranked = Vec::with_capacity(articles.len());
        for chunk in articles.chunks(EXPORT_CHUNK) {
            ranked.extend(rerank::rerank_all(context, chunk.to_vec())?);
        }
        ranked.sort_by(Ranked::by(query.sort));
        let source = self.articles(archive);
        let builder = HitBuilder { query, context, entities: &archive.entities, articles: &source };
        let clusters = clusters_of(&snapshot.copies, query.duplicates, ranked);
        builder.each_page(clusters, EXPORT_PAGE, each).map(|()| total)
    }

    fn similar(
        &self,
        archive: &Archive,
        context: SearchContext<'_>,
        key: u64,
        limit: usize,
    ) -> Result<Vec<Hit>, SearchError> {
        let snapshot = &archive.snapshot;
        let cluster = snapshot.copies.cluster_of(key).unwrap_or(key);
        let mut candidates = collect_with(context, Coverage::Share(SIMILAR_SHARE))?;
        candidates.retain(|candidate| {
            let tie = snapshot.tie(candidate.segment, candidate.doc);
            tie != key && snapshot.copies.cluster_of(tie) != Some(cluster)
        });
        let ranked = rerank::best(context, &candidates, limit.saturating_mul(2))?;
        let clusters = collapse(&snapshot.copies, ranked).into_iter().take(limit).collect();
        let (query, articles) = (Query::new(""), self.articles(archive));
        HitBuilder { query: &query, context, entities: &archive.entities, articles: &articles }.build(clusters, 1)
    }

    fn each_match(
        &self,
        archive: &Archive,
        context: SearchContext<'_>,
        each: &mut dyn FnMut(&StoredArticle),
    ) -> Result<(), SearchError> {
        for article in collect_with(context, Coverage::All)? {
            each(&archive.read(DocAddress::new(article.segment, article.doc))?);
        }
        Ok(())
    }

    fn each_with_terms(
        &self,
        archive: &Archive,
        terms: &[Term],
        each: &mut dyn FnMut(&StoredArticle),
    ) -> Result<(), SearchError> {
        for (number, segment) in (0..).zip(archive.snapshot.segments.searcher.segment_readers()) {
            let mut docs = BTreeSet::new();
            for term in terms {
                docs.extend(documents_with(segment, term).map_err(SearchError::read)?);
            }
            for doc in docs {
                each(&archive.read(DocAddress::new(number, doc))?);
            }
        }
        Ok(())
    }

    fn article(&self, archive: &Archive, id: &str) -> Result<Option<StoredArticle>, SearchError> {
        article_of(archive, id)
    }

    fn duplicates_of(&self, archive: &Archive, cluster: u64, key: u64) -> Result<Vec<Arc<StoredArticle>>, SearchError> {
        let (snapshot, articles) = (&archive.snapshot, self.articles(archive));
        let mut others = Vec::new();
        for (number, segment) in (0..).zip(snapshot.segments.searcher.segment_readers()) {
            let is_other = |doc: &DocId| {
                let tie = snapshot.tie(number, *doc);
                tie != key && snapshot.copies.cluster_of(tie) == Some(cluster)
            };
            for doc in segment.doc_ids_alive().filter(is_other) {
                others.push(articles.article(number, doc)?.article.clone());
            }
        }
        Ok(others)
    }

    fn bytes(&self, archive: &Archive) -> Result<u64, SearchError> {
        Ok(folder_bytes(&archive.folder))
    }
}
