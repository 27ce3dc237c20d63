//! Differences between two answers to a query.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::search::hits::hit::{Hit, Results};

/// An answer of an earlier run, as `batch --format jsonl` printed it.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Earlier {
    /// The query's id.
    pub id: String,
    /// How many articles matched.
    #[serde(default)]
    pub total: usize,
    /// The hits.
    #[serde(default)]
    pub hits: Vec<EarlierHit>,
}

/// A hit of an earlier run.
#[derive(Debug, Clone, Deserialize)]
pub struct EarlierHit {
    /// The article.
    pub id: String,
    /// Its rank then.
    pub rank: usize,
}

/// How an answer differs from an earlier one, within the hits of both.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerDiff<'a> {
    /// Matching articles now.
    pub total: usize,
    /// Matching articles then.
    pub was_total: usize,
    /// New hits, in order.
    pub added: Vec<&'a Hit>,
    /// Hits that are gone, in their old order.
    pub dropped: Vec<Dropped<'a>>,
    /// Hits whose rank changed, in order.
    pub moved: Vec<Moved<'a>>,
}

/// A hit that is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Dropped<'a> {
    /// The article.
    pub id: &'a str,
    /// Its rank then.
    pub was_rank: usize,
}

/// A hit whose rank changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Moved<'a> {
    /// The article.
    pub id: &'a str,
    /// Its rank now.
    pub rank: usize,
    /// Its rank then.
    pub was_rank: usize,
}

impl<'a> AnswerDiff<'a> {
    /// Compares an answer with an earlier one; without one all hits are new.
    pub fn new(earlier: Option<&'a Earlier>, now: &'a Results) -> Self {
        let before: &[EarlierHit] = earlier.map_or(&[], |earlier| &earlier.hits);
        let was: FxHashMap<&str, usize> = before.iter().map(|hit| (hit.id.as_str(), hit.rank)).collect();
        let is: FxHashMap<&str, usize> = now.hits.iter().map(|hit| (hit.id.as_str(), hit.rank)).collect();
        let gone = before.iter().filter(|hit| !is.contains_key(hit.id.as_str()));
        let moved = now.hits.iter().filter_map(|hit| {
            let was_rank = *was.get(hit.id.as_str()).filter(|was| **was != hit.rank)?;
            Some(Moved { id: &hit.id, rank: hit.rank, was_rank })
        });
        Self {
            total: now.total,
            was_total: earlier.map_or(0, |earlier| earlier.total),
            added: now.hits.iter().filter(|hit| !was.contains_key(hit.id.as_str())).collect(),
            dropped: gone.map(|hit| Dropped { id: &hit.id, was_rank: hit.rank }).collect(),
            moved: moved.collect(),
        }
    }

    /// Whether no hit has changed; the number of matches may have.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.dropped.is_empty() && self.moved.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(ids: &[&str]) -> Results {
        let hit = |(rank, id): (usize, &&str)| Hit { rank, id: (*id).to_owned(), ..Hit::default() };
        Results { total: ids.len(), hits: (1..).zip(ids).map(hit).collect(), ..Results::default() }
    }

    fn earlier(ids: &[&str]) -> Earlier {
        let hits = (1..).zip(ids).map(|(rank, id)| EarlierHit { id: (*id).to_owned(), rank }).collect();
        Earlier { id: "q".to_owned(), total: ids.len(), hits }
    }

    #[test]
    fn answers_are_compared_by_id_and_rank() {
        // Expected: added ids, dropped ids, moved ids with their old ranks.
        let check = |before: &[&str], now: &[&str], added: &[&str], dropped: &[&str], moved: &[(&str, usize)]| {
            let (before, now) = (earlier(before), results(now));
            let diff = AnswerDiff::new(Some(&before), &now);
            assert_eq!(diff.added.iter().map(|hit| hit.id.as_str()).collect::<Vec<_>>(), added);
            assert_eq!(diff.dropped.iter().map(|hit| hit.id).collect::<Vec<_>>(), dropped);
            assert_eq!(diff.moved.iter().map(|hit| (hit.id, hit.was_rank)).collect::<Vec<_>>(), moved);
            assert_eq!(diff.is_empty(), added.is_empty() && dropped.is_empty() && moved.is_empty());
            assert_eq!((diff.total, diff.was_total), (now.total, before.total));
        };
        check(&[], &[], &[], &[], &[]);
        check(&["a", "b"], &["a", "b"], &[], &[], &[]);
        check(&["a", "b"], &["a", "c", "b"], &["c"], &[], &[("b", 2)]);
        check(&["a", "b", "c"], &["c"], &[], &["a", "b"], &[("c", 3)]);
        let now = results(&["a"]);
        assert_eq!(AnswerDiff::new(None, &now).added.len(), 1);
    }
}
