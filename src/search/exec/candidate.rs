//! Matching articles, with the scores that postings alone give.

use tantivy::DocId;

/// A matching article.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Candidate {
    pub segment: u32,
    pub doc: DocId,
    pub score: f32,
    /// What its full score, with closeness and places, is at most.
    pub most: f32,
}

/// The matching articles, by segment and document.
#[derive(Debug, Default)]
pub(crate) struct Matching {
    pub articles: Vec<Candidate>,
    /// How many have all that was first asked of them: all of one or two words.
    pub complete: usize,
}

/// How many articles match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct MatchCounts {
    pub total: usize,
    /// How many have all that was first asked of them: all of one or two words.
    pub complete: usize,
}
