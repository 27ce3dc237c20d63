//! Articles with their full scores, and the order of hits.

use std::cmp::Ordering;

use crate::search::exec::candidate::Candidate;
use crate::search::params::LEAD_BONUS;
use crate::search::query::sort::Sort;

/// A candidate looked at twice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ranked {
    pub candidate: Candidate,
    pub score: f32,
    /// `YYYYMMDD`, 0 where unknown.
    pub published: u64,
    pub tie: u64,
    /// What positions added.
    pub bonus: PositionBonus,
}

/// What positions add to a score.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PositionBonus {
    /// What is added for words that stand together.
    pub together: f32,
    /// How much stands in the title or at the beginning, 0 to 1.
    pub lead: f32,
}

impl PositionBonus {
    /// What the score is multiplied by.
    pub fn factor(self) -> f32 {
        1.0 + LEAD_BONUS * self.lead
    }
}

impl Ranked {
    /// The order of hits.
    pub fn by(sort: Sort) -> impl Fn(&Self, &Self) -> Ordering {
        let key = |ranked: &Self| (ranked.published, ranked.candidate.score, ranked.tie);
        move |a, b| if sort == Sort::Relevance { a.order(b) } else { sort.by_date(key(a), key(b)) }
    }

    /// Best first: score, then latest, then a fixed order.
    pub fn order(&self, other: &Self) -> Ordering {
        other.score.total_cmp(&self.score).then(other.published.cmp(&self.published)).then(self.tie.cmp(&other.tie))
    }
}
