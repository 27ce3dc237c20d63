//! Articles that came from elsewhere, as an index in memory: they are ranked
//! and shown by the same code as those of an archive on disk.

use std::sync::Arc;

use quick_cache::sync::Cache;
use tantivy::directory::RamDirectory;
use tantivy::{ReloadPolicy, TantivyDocument};

use crate::article::{EntityKind, Mention};
use crate::index::{
    ArticleRecord, IndexDocument, IndexSchema, NameId, NameInterner, PreparedArticle, StoredArticle, full_name,
    index_builder,
};

use super::SearchError;
use super::columns::Snapshot;
use super::shards::Shards;
use super::shelf::Shelved;

/// Memory that tantivy's tables for postings are made for, in bytes; they grow.
const MEMORY: usize = 2 << 20;

/// Numbers names as the catalog does.
struct Book<'s>(&'s dyn Shards);

impl NameInterner for Book<'_> {
    fn intern_mention(&mut self, mention: &Mention, _surface: &str) -> NameId {
        self.0.name(mention.kind, &full_name(mention))
    }

    fn intern_title(&mut self, kind: EntityKind, name: &str) -> NameId {
        self.0.name(kind, name)
    }
}

/// Articles that are kept ready to be ranked.
const KEPT: usize = 4096;

/// Articles that came a moment ago, by the hash of their id and their commit.
pub(super) type Recent = Cache<(u64, u64), Arc<Arrived>>;

/// None yet.
pub(super) fn recent() -> Recent {
    Cache::new(KEPT)
}

/// An article ready to be indexed and shown.
pub(super) struct Arrived {
    document: TantivyDocument,
    article: Arc<Shelved>,
}

impl Arrived {
    /// An article that came with a commit.
    pub fn new(shards: &dyn Shards, schema: &IndexSchema, (article, commit): (ArticleRecord, u64)) -> Self {
        let posted = posted(shards, schema, (article, commit));
        Self { document: posted.document, article: Shelved::new(posted.stored).into() }
    }
}

/// An article as it is shown, with its names numbered by the catalog.
pub(super) fn shown(shards: &dyn Shards, schema: &IndexSchema, found: (ArticleRecord, u64)) -> StoredArticle {
    posted(shards, schema, found).stored
}

fn posted(shards: &dyn Shards, schema: &IndexSchema, (article, commit): (ArticleRecord, u64)) -> IndexDocument {
    IndexDocument::new(schema, PreparedArticle::for_ranking(article), commit, &mut Book(shards))
}

/// Some articles as an archive of their own, with the statistics of the whole.
pub(super) struct Page {
    pub snapshot: Snapshot,
    /// By document.
    pub articles: Vec<Arc<Shelved>>,
}

impl Page {
    /// Indexes some articles, beside what is known of the whole archive.
    pub fn new(arrived: &[&Arrived], schema: &IndexSchema, archive: &Snapshot) -> Result<Self, SearchError> {
        let builder = index_builder(schema);
        let mut writer = builder.single_segment_index_writer(RamDirectory::create(), MEMORY)?;
        for arrived in arrived {
            writer.add_document(arrived.document.clone())?;
        }
        let index = writer.finalize()?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let articles = arrived.iter().map(|arrived| arrived.article.clone()).collect();
        Ok(Self { snapshot: Snapshot::of_page(reader.searcher(), archive)?, articles })
    }
}
