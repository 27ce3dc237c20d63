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
use crate::search::exec::collect::{collect, collect_share};
use crate::search::exec::context::SearchContext;
use crate::search::exec::ranked::Ranked;
use crate::search::exec::rerank;
use crate::search::facets::counter::FacetCounter;
use crate::search::facets::periods::{Period, periods};
use crate::search::hits::article_cache::{ArticleCache, CachedArticle, article_cache};
use crate::search::hits::collapse::{clusters_of, collapse};
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

    fn articles<'a>(&'a self, archive: &'a Archive) -> LocalArticles<'a> {
        LocalArticles { archive, cache: &self.cache }
    }
}

impl Backend for LocalIndex {
    fn answer(&self, archive: &Archive, query: &Query, context: SearchContext<'_>) -> Result<Answer, SearchError> {
        let Matching { articles: candidates, complete } = collect(context)?;
        let counts = MatchCounts { total: candidates.len(), complete };
        let prefix = fold(query.facet_prefix.trim());
        let articles = self.articles(archive);
        let builder = HitBuilder { query, context, entities: &archive.entities, articles: &articles };
        // A single query uses several cores; the queries of a batch use one each.
        let (facets, hits) = rayon::join(
            || self.facets.count(&archive.snapshot, &archive.entities, &candidates, &query.facets, &prefix),
            || builder.build(page::page(query, context, &candidates)?, query.offset + 1),
        );
        Ok(Answer { counts, hits: hits?, facets })
    }

    fn count(&self, _: &Archive, context: SearchContext<'_>) -> Result<MatchCounts, SearchError> {
        let Matching { articles, complete } = collect(context)?;
        Ok(MatchCounts { total: articles.len(), complete })
    }

    fn periods(
        &self,
        archive: &Archive,
        context: SearchContext<'_>,
        period: Period,
    ) -> Result<BTreeMap<u64, u32>, SearchError> {
        let matching = collect(context)?;
        let articles = if matching.complete > 0 { matching.articles } else { Vec::new() };
        Ok(periods(&archive.snapshot, &articles, period))
    }

    fn keys(&self, archive: &Archive, _: &Query, context: SearchContext<'_>) -> Result<Vec<u64>, SearchError> {
        let articles = collect(context)?.articles;
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
        let Matching { articles, .. } = collect(context)?;
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
        let mut candidates = collect_share(context, SIMILAR_SHARE)?;
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
        for article in collect(context)?.articles {
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
