//! Articles that were read a while ago, for queries that find them again.

use std::mem::size_of;
use std::sync::{Arc, OnceLock};

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tantivy::DocAddress;

use crate::index::{StoredArticle, StoredMention, StoredSentence};

use crate::search::hits::hit::HitEntity;

/// Bytes of articles that are kept, and of one of them, about.
const KEPT: u64 = 128 << 20;
const MEAN: u64 = 10 << 10;
/// What an article takes beside its text, names and sentences.
const OVERHEAD: usize = size_of::<CachedArticle>() + 1024;

/// An article, and what was made of it for a hit.
pub(crate) struct CachedArticle {
    pub article: Arc<StoredArticle>,
    entities: OnceLock<Vec<HitEntity>>,
}

impl CachedArticle {
    pub fn new(article: StoredArticle) -> Self {
        Self { article: article.into(), entities: OnceLock::new() }
    }

    /// The names that are shown with it, made when first asked for.
    pub fn entities(&self, make: impl FnOnce(&StoredArticle) -> Vec<HitEntity>) -> &[HitEntity] {
        self.entities.get_or_init(|| make(&self.article))
    }
}

#[derive(Clone)]
pub(crate) struct Bytewise;

impl Weighter<DocAddress, Arc<CachedArticle>> for Bytewise {
    fn weight(&self, _: &DocAddress, cached: &Arc<CachedArticle>) -> u64 {
        let article = &cached.article;
        let names = size_of::<StoredMention>() * article.mentions.len();
        let sentences = size_of::<StoredSentence>() * article.sentences.len();
        (OVERHEAD + article.text.len() + names + sentences) as u64
    }
}

/// Articles by where they are stored; those asked for again stay longest.
pub(crate) type ArticleCache = Cache<DocAddress, Arc<CachedArticle>, Bytewise>;

/// An empty one.
pub(crate) fn article_cache() -> ArticleCache {
    ArticleCache::with_weighter((KEPT / MEAN) as usize, KEPT, Bytewise)
}
