//! Articles that were read a while ago, for queries that find them again.

use std::mem::size_of;
use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tantivy::DocAddress;

use crate::index::{StoredArticle, StoredMention, StoredSentence};

/// Bytes of articles that are kept, and of one of them, about.
const KEPT: u64 = 80 << 20;
const MEAN: u64 = 10 << 10;
/// What an article takes beside its text, names and sentences.
const OVERHEAD: usize = size_of::<StoredArticle>() + 256;

#[derive(Clone)]
pub(super) struct Bytewise;

impl Weighter<DocAddress, Arc<StoredArticle>> for Bytewise {
    fn weight(&self, _: &DocAddress, article: &Arc<StoredArticle>) -> u64 {
        let names = size_of::<StoredMention>() * article.mentions.len();
        let sentences = size_of::<StoredSentence>() * article.sentences.len();
        (OVERHEAD + article.text.len() + names + sentences) as u64
    }
}

/// Articles by where they are stored; those asked for again stay longest.
pub(super) type Shelf = Cache<DocAddress, Arc<StoredArticle>, Bytewise>;

/// An empty one.
pub(super) fn shelf() -> Shelf {
    Shelf::with_weighter((KEPT / MEAN) as usize, KEPT, Bytewise)
}
