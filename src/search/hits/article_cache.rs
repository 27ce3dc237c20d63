//! A cache of stored articles.

use std::mem::size_of;
use std::sync::{Arc, OnceLock};

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tantivy::DocAddress;

use crate::index::{StoredArticle, StoredMention, StoredSentence};
use crate::search::hits::hit::HitEntity;

/// The capacity of the cache, in bytes.
const CAPACITY: u64 = 128 << 20;
/// The expected size of an article, in bytes.
const MEAN: u64 = 10 << 10;
/// Bytes of an article beside its text, names and sentences.
const OVERHEAD: usize = size_of::<CachedArticle>() + 1024;

/// An article with the parts of its hit that do not depend on the query.
pub(crate) struct CachedArticle {
    pub article: Arc<StoredArticle>,
    entities: OnceLock<Vec<HitEntity>>,
}

impl CachedArticle {
    pub fn new(article: StoredArticle) -> Self {
        Self { article: article.into(), entities: OnceLock::new() }
    }

    /// The names of its hit, computed by the first call.
    pub fn entities(&self, compute: impl FnOnce(&StoredArticle) -> Vec<HitEntity>) -> &[HitEntity] {
        self.entities.get_or_init(|| compute(&self.article))
    }
}

/// Weighs articles by their bytes in memory.
#[derive(Clone)]
pub(crate) struct ByteWeighter;

impl Weighter<DocAddress, Arc<CachedArticle>> for ByteWeighter {
    fn weight(&self, _: &DocAddress, cached: &Arc<CachedArticle>) -> u64 {
        let article = &cached.article;
        let names = size_of::<StoredMention>() * article.mentions.len();
        let sentences = size_of::<StoredSentence>() * article.sentences.len();
        (OVERHEAD + article.text.len() + names + sentences) as u64
    }
}

/// Articles by address; those requested repeatedly stay longest.
pub(crate) type ArticleCache = Cache<DocAddress, Arc<CachedArticle>, ByteWeighter>;

/// An empty cache.
pub(crate) fn article_cache() -> ArticleCache {
    ArticleCache::with_weighter((CAPACITY / MEAN) as usize, CAPACITY, ByteWeighter)
}
