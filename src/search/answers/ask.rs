//! The archive that a question is put to.

use tantivy::schema::Term;

use crate::index::StoredArticle;
use crate::search::backend::api::Backend;
use crate::search::backend::archive::Archive;
use crate::search::error::SearchError;

/// An archive with its backend.
#[derive(Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub archive: &'a Archive,
    pub backend: &'a dyn Backend,
}

impl Ask<'_> {
    /// Passes every article with one of these terms to `each`.
    pub fn each_article(&self, terms: &[Term], each: &mut dyn FnMut(&StoredArticle)) -> Result<(), SearchError> {
        self.backend.each_with_terms(self.archive, terms, each)
    }

    /// The duplicate cluster of an article, or its own key.
    pub fn cluster_of(&self, article: &StoredArticle) -> u64 {
        self.archive.snapshot.copies.cluster_of(article.key).unwrap_or(article.key)
    }
}
