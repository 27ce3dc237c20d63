//! Candidates: matching articles with scores from postings alone.

use tantivy::DocId;

/// A matching article.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Candidate {
    pub segment: u32,
    pub doc: DocId,
    pub score: f32,
    /// Upper bound of the full score, with proximity and lead bonus.
    pub max_score: f32,
}

/// The matching articles, by segment and document.
#[derive(Debug, Default)]
pub(crate) struct Matching {
    pub articles: Vec<Candidate>,
    /// How many meet the first, largest required share.
    pub complete: usize,
}

/// How many articles match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct MatchCounts {
    pub total: usize,
    /// How many meet the first, largest required share.
    pub complete: usize,
}
