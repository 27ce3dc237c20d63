//! Re-ranked candidates, and the order of hits.

use std::cmp::Ordering;

use crate::search::exec::candidate::Candidate;
use crate::search::params::LEAD_BONUS;
use crate::search::query::sort::Sort;

/// A candidate with its full score.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ranked {
    pub candidate: Candidate,
    pub score: f32,
    /// `YYYYMMDD`, 0 where unknown.
    pub published: u64,
    pub tie: u64,
    /// Bonuses from positions.
    pub bonus: PositionBonus,
}

/// Score bonuses from positions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PositionBonus {
    /// The proximity score, added.
    pub proximity: f32,
    /// Share of the query's weight in title or lead, 0 to 1.
    pub lead: f32,
}

impl PositionBonus {
    /// The factor of the score for occurrences in title or lead.
    pub fn factor(self) -> f32 {
        1.0 + LEAD_BONUS * self.lead
    }
}

impl Ranked {
    /// Compares hits in the given order.
    pub fn by(sort: Sort) -> impl Fn(&Self, &Self) -> Ordering {
        let key = |ranked: &Self| (ranked.published, ranked.candidate.score, ranked.tie);
        move |a, b| match sort {
            Sort::Relevance => a.order(b),
            _ => a.tier(b).then_with(|| sort.by_date(key(a), key(b))),
        }
    }

    /// Those with all words of the query first.
    fn tier(&self, other: &Self) -> Ordering {
        other.candidate.is_complete.cmp(&self.candidate.is_complete)
    }

    /// Best first: by tier and score, then latest first, then by key.
    pub fn order(&self, other: &Self) -> Ordering {
        let by_score = || other.score.total_cmp(&self.score);
        self.tier(other).then_with(by_score).then(other.published.cmp(&self.published)).then(self.tie.cmp(&other.tie))
    }
}
