//! What an answer has that an earlier one had not, and the other way round.

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
    /// Hits that were not there, in order.
    pub added: Vec<&'a Hit>,
    /// Hits that are there no more, in their order.
    pub dropped: Vec<Dropped<'a>>,
    /// Hits of another rank, in order.
    pub moved: Vec<Moved<'a>>,
}

/// A hit that is there no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Dropped<'a> {
    /// The article.
    pub id: &'a str,
    /// Its rank then.
    pub was_rank: usize,
}

/// A hit of another rank.
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
    /// Compares an answer with an earlier one; without one all is new.
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

    /// Whether nothing has changed but, at most, the number of matches beyond.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.dropped.is_empty() && self.moved.is_empty()
    }
}
