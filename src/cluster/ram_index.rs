//! An in-memory index of fetched articles: they are ranked and presented by the
//! code for an index on disk.

use std::sync::Arc;

use quick_cache::sync::Cache;
use tantivy::directory::RamDirectory;
use tantivy::{DocId, ReloadPolicy, TantivyDocument};

use crate::article::{EntityKind, Mention};
use crate::cluster::keys::NameKeys;
use crate::index::{
    Arrival, ArticleRecord, IndexDocument, IndexError, IndexSchema, NameId, NameInterner, PreparedArticle,
    StoredArticle, full_name, index_builder,
};
use crate::read::shown;
use crate::search::error::SearchError;
use crate::search::exec::context::SearchContext;
use crate::search::hits::article_cache::CachedArticle;
use crate::search::hits::hit_builder::ArticleSource;
use crate::search::snapshot::reader::Snapshot;

/// The initial memory of tantivy's posting tables, in bytes; they grow.
const MEMORY: usize = 2 << 20;

/// Numbers names as the catalog does.
struct CatalogNumbers<'k>(&'k NameKeys);

impl NameInterner for CatalogNumbers<'_> {
    fn intern_mention(&mut self, mention: &Mention, _surface: &str) -> NameId {
        self.0.id(mention.kind, &full_name(mention))
    }

    fn intern_title(&mut self, kind: EntityKind, name: &str) -> NameId {
        self.0.id(kind, name)
    }
}

/// Prepared articles in the cache.
const KEPT: usize = 4096;

/// Recently fetched articles, by the hash of their id and their indexing run.
pub(super) type RecentArticles = Cache<(u64, u64), Arc<FetchedArticle>>;

/// An empty cache.
pub(super) fn recent_articles() -> RecentArticles {
    Cache::new(KEPT)
}

/// An article ready to be indexed and presented.
pub(super) struct FetchedArticle {
    document: TantivyDocument,
    article: Arc<CachedArticle>,
}

impl FetchedArticle {
    /// Prepares an article of an indexing run.
    pub fn new(keys: &NameKeys, schema: &IndexSchema, (article, commit): (ArticleRecord, u64)) -> Self {
        let posted = posted(keys, schema, (article, commit));
        Self { document: posted.document, article: CachedArticle::new(posted.stored).into() }
    }
}

/// An article as an index on disk stores it, with its names numbered by the
/// catalog.
pub(super) fn stored(keys: &NameKeys, schema: &IndexSchema, found: (ArticleRecord, u64)) -> StoredArticle {
    posted(keys, schema, found).stored
}

fn posted(keys: &NameKeys, schema: &IndexSchema, (article, commit): (ArticleRecord, u64)) -> IndexDocument {
    let arrival = Arrival { commit, file: 0 };
    let mut posted =
        IndexDocument::new(schema, PreparedArticle::for_ranking(article), arrival, &mut CatalogNumbers(keys));
    posted.stored.path = shown(&posted.stored.path).into_owned();
    posted
}

/// An index of some articles, with the statistics of the whole archive.
pub(super) struct RamIndex {
    pub snapshot: Snapshot,
    /// By document.
    articles: Vec<Arc<CachedArticle>>,
}

impl RamIndex {
    /// Indexes some articles; `archive` has the statistics of the whole.
    pub fn new(fetched: &[&FetchedArticle], schema: &IndexSchema, archive: &Snapshot) -> Result<Self, SearchError> {
        let builder = index_builder(schema);
        let mut writer =
            builder.single_segment_index_writer(RamDirectory::create(), MEMORY).map_err(SearchError::read)?;
        for fetched in fetched {
            writer.add_document(fetched.document.clone()).map_err(SearchError::read)?;
        }
        let index = writer.finalize().map_err(SearchError::read)?;
        let reader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(SearchError::read)?;
        let articles = fetched.iter().map(|fetched| fetched.article.clone()).collect();
        Ok(Self { snapshot: Snapshot::of_archive(reader.searcher(), archive)?, articles })
    }

    /// The context of the same search over these articles only.
    pub fn context<'a>(&'a self, context: SearchContext<'a>) -> SearchContext<'a> {
        SearchContext { snapshot: &self.snapshot, ..context }
    }
}

impl ArticleSource for RamIndex {
    fn article(&self, _: u32, doc: DocId) -> Result<Arc<CachedArticle>, SearchError> {
        let lost = || IndexError::Engine("an article of a page is lost; please report this".into());
        self.articles.get(doc as usize).cloned().ok_or_else(|| lost().into())
    }
}
