//! Candidates: matching articles with scores from postings alone.

use tantivy::DocId;

use crate::search::params::ALL_WORDS;

/// A matching article.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Candidate {
    pub segment: u32,
    pub doc: DocId,
    pub score: f32,
    /// Upper bound of the full score, with proximity and lead bonus.
    pub max_score: f32,
    /// The weight of the query's words that it has.
    pub matched: f32,
    /// Whether it has all words of the query.
    pub is_complete: bool,
}

/// The matching articles, by segment and document.
#[derive(Debug, Default)]
pub(crate) struct Matching {
    /// Those with all words of the query, and the others where these were asked for.
    pub articles: Vec<Candidate>,
    pub counts: MatchCounts,
}

impl Matching {
    /// Whether all matching articles are here.
    pub fn is_all(&self) -> bool {
        self.articles.len() >= self.counts.total
    }

    /// The articles that answer the query: those with all of its words or, where none
    /// has all, those with the most of them.
    pub fn answering(&self) -> Vec<Candidate> {
        answering(&self.articles)
    }
}

/// See [`Matching::answering`].
pub(crate) fn answering(articles: &[Candidate]) -> Vec<Candidate> {
    let has_complete = articles.iter().any(|article| article.is_complete);
    let most = articles.iter().map(|article| article.matched).fold(0.0, f32::max) * ALL_WORDS;
    let answers = |article: &&Candidate| if has_complete { article.is_complete } else { article.matched >= most };
    articles.iter().filter(answers).copied().collect()
}

/// How many articles match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct MatchCounts {
    pub total: usize,
    /// How many have all words of the query.
    pub complete: usize,
}
