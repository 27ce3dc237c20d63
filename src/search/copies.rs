//! Copies among the ranked: one story, its copies listed.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::{DocAddress, DocId};

use crate::article::stable_hash;
use crate::index::{DuplicateClusters, StoredArticle};

use super::closeness::Ranked;
use super::{Duplicates, SearchError, Searcher};

/// A story: the article that is shown, and its copies.
#[derive(Debug, Clone)]
pub(super) struct Story {
    pub shown: Ranked,
    pub copies: Vec<Ranked>,
}

impl Story {
    /// A story without copies.
    pub fn alone(shown: Ranked) -> Self {
        Self { shown, copies: Vec::new() }
    }
}

/// The stories of ranked articles: copies gathered, or each by itself.
pub(super) fn stories(copies: &DuplicateClusters, duplicates: Duplicates, ranked: Vec<Ranked>) -> Vec<Story> {
    match duplicates {
        Duplicates::Collapse => collapse(copies, ranked),
        Duplicates::Show => ranked.into_iter().map(Story::alone).collect(),
    }
}

/// Gathers copies under the earliest of them, each story at its best rank.
pub(super) fn collapse(copies: &DuplicateClusters, ranked: Vec<Ranked>) -> Vec<Story> {
    let mut stories: Vec<Story> = Vec::new();
    let mut known: FxHashMap<u64, usize> = FxHashMap::default();
    for article in ranked {
        let story = copies.cluster_of(article.tie);
        match story.and_then(|story| known.get(&story)).map(|at| &mut stories[*at]) {
            Some(story) if is_earlier(&article, &story.shown) => {
                story.copies.push(std::mem::replace(&mut story.shown, article));
            }
            Some(story) => story.copies.push(article),
            None => {
                known.extend(story.map(|story| (story, stories.len())));
                stories.push(Story::alone(article));
            }
        }
    }
    stories
}

/// Articles without a date come after all others.
fn is_earlier(a: &Ranked, b: &Ranked) -> bool {
    let when = |article: &Ranked| (article.published == 0, article.published, article.tie);
    when(a) < when(b)
}

impl Searcher {
    /// The other articles of an article's story, in no order.
    ///
    /// # Errors
    /// [`SearchError`] where the index cannot be read.
    pub fn copies_of(&self, article: &StoredArticle) -> Result<Vec<Arc<StoredArticle>>, SearchError> {
        let (snapshot, own) = (self.snapshot(), stable_hash(article.id.as_bytes()));
        let Some(story) = snapshot.copies.cluster_of(own) else { return Ok(Vec::new()) };
        if let Some(shards) = self.shards() {
            let others = snapshot.copies.members(&[story].into_iter().collect()).into_iter().filter(|tie| *tie != own);
            return self.articles_of(shards, others.collect());
        }
        let mut found = Vec::new();
        for (number, segment) in (0..).zip(snapshot.searcher.segment_readers()) {
            let is_other = |doc: &DocId| {
                let tie = snapshot.tie(number, *doc);
                tie != own && snapshot.copies.cluster_of(tie) == Some(story)
            };
            for doc in segment.doc_ids_alive().filter(is_other) {
                found.push(self.at(DocAddress::new(number, doc))?);
            }
        }
        Ok(found)
    }
}
