//! Access to the articles and names around a name.

use rustc_hash::FxHashMap;

use super::names::{ArticleNumber, NameNumber};

/// The articles and names around names.
pub trait Surroundings: Sync {
    /// For each of some names a sample of the articles that mention it, in order.
    fn around(&self, names: &[NameNumber]) -> FxHashMap<NameNumber, Vec<ArticleNumber>>;
    /// Appends the names of an article, each once.
    fn names_of(&self, article: ArticleNumber, names: &mut Vec<NameNumber>);
    /// The number of articles of the archive.
    fn articles(&self) -> u32;
}
