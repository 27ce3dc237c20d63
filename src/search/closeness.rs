//! The second look: positions of the best candidates, and how close the
//! query's words stand in them.
//!
//! Closeness after Büttcher, Clarke and Lushman, “Term Proximity Scoring for
//! Ad-Hoc Retrieval on Very Large Text Collections”, SIGIR 2006.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::DocId;

use super::SearchError;
use super::candidates::{Candidate, Question};
use super::freshness::Freshness;
use super::matches::{MatchReader, Matches};
use super::plan::{Node, Plan};
use super::score::{Scoring, saturate, saturated};
use super::walk::Walk;

/// The most that standing at the beginning adds.
const LEAD: f32 = 0.1;
/// The words of a body that are its beginning.
const LEAD_WORDS: u32 = 60;
/// Candidates looked at in one go, at least.
const CHUNK: usize = 16;

/// A candidate looked at twice.
#[derive(Debug, Clone)]
pub(super) struct Ranked {
    pub candidate: Candidate,
    pub score: f32,
    /// `YYYYMMDD`, 0 where unknown.
    pub published: u64,
    pub tie: u64,
    /// What positions added.
    pub bonus: Bonus,
    /// Where the query stands in it.
    pub matches: Matches,
}

/// What positions add to a score.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bonus {
    /// What is added for words that stand together.
    pub together: f32,
    /// How much stands in the title or at the beginning, 0 to 1.
    pub lead: f32,
}

impl Bonus {
    /// What the score is multiplied by.
    pub fn factor(self) -> f32 {
        1.0 + LEAD * self.lead
    }
}

impl Ranked {
    /// Best first: score, then latest, then a fixed order.
    pub fn order(&self, other: &Self) -> Ordering {
        other.score.total_cmp(&self.score).then(other.published.cmp(&self.published)).then(self.tie.cmp(&other.tie))
    }
}

/// Ranks candidates by what their full score is at most.
struct ByMost(Candidate);

impl PartialEq for ByMost {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for ByMost {}

impl PartialOrd for ByMost {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ByMost {
    fn cmp(&self, other: &Self) -> Ordering {
        let place = |c: &Candidate| (c.segment, c.doc);
        self.0.most.total_cmp(&other.0.most).then(place(&other.0).cmp(&place(&self.0)))
    }
}

/// The best `count` of the candidates by their full score, in order. Exact:
/// candidates are looked at until none that is left can come among the best.
pub(super) fn best(question: Question<'_>, candidates: &[Candidate], count: usize) -> Result<Vec<Ranked>, SearchError> {
    let mut heap: BinaryHeap<ByMost> = candidates.iter().copied().map(ByMost).collect();
    let mut ranked: Vec<Ranked> = Vec::new();
    let mut chunk = CHUNK.max(count);
    while let Some(next) = heap.peek() {
        if count == 0 || ranked.len() >= count && next.0.most < ranked[count - 1].score {
            break;
        }
        let next: Vec<Candidate> = std::iter::from_fn(|| heap.pop()).take(chunk).map(|by_most| by_most.0).collect();
        ranked.extend(look(question, next)?);
        ranked.sort_by(Ranked::order);
        ranked.truncate(count);
        chunk = chunk.saturating_mul(2);
    }
    Ok(ranked)
}

/// Reads positions, dates and ties of some candidates, and scores closeness.
pub(super) fn look(question: Question<'_>, mut candidates: Vec<Candidate>) -> Result<Vec<Ranked>, SearchError> {
    let Question { snapshot, plan, scoring, fresh, .. } = question;
    let fresh = fresh.then(|| Freshness::new(snapshot.newest));
    candidates.sort_by_key(|c| (c.segment, c.doc));
    let mut ranked = Vec::with_capacity(candidates.len());
    let mut reader = MatchReader::new(plan);
    let words: Vec<usize> = plan.words().collect();
    for group in candidates.chunk_by(|a, b| a.segment == b.segment) {
        let columns = snapshot.columns(group[0].segment);
        let documents: Vec<DocId> = group.iter().map(|candidate| candidate.doc).collect();
        let mut walk = Walk::new(question, group[0].segment, Some(&documents))?;
        for candidate in group {
            plan.deadline.check()?;
            let matches = reader.read(&mut walk, plan, candidate.doc);
            let published = columns.published.first(candidate.doc).unwrap_or(0);
            let fresh = fresh.map_or(1.0, |fresh| fresh.factor(published));
            let bonus =
                Bonus { together: together(&words, scoring, &matches) * fresh, lead: lead(plan, scoring, &matches) };
            ranked.push(Ranked {
                candidate: *candidate,
                score: candidate.score * bonus.factor() + bonus.together,
                bonus,
                matches,
                published,
                tie: columns.tie.first(candidate.doc).unwrap_or(0),
            });
        }
    }
    Ok(ranked)
}

/// How much of what is scored stands in the title or at the beginning, 0 to 1.
fn lead(plan: &Plan, scoring: &Scoring, matches: &Matches) -> f32 {
    let (mut all, mut early) = (0.0, 0.0);
    for (at, unit) in plan.searched() {
        let weight = unit.weight * scoring.idf[at];
        all += weight;
        if !matches.title(at).is_empty() || matches.body(at).first().is_some_and(|first| *first < LEAD_WORDS) {
            early += weight;
        }
    }
    if all > 0.0 { early / all } else { 0.0 }
}

/// What words that stand together add: for each word its weight, at most 1,
/// times the saturated sum of the weights of the query words next to it, each
/// over the square of its distance. The title counts like the body.
fn together(words: &[usize], scoring: &Scoring, matches: &Matches) -> f32 {
    if words.len() < 2 {
        return 0.0;
    }
    let mut near = vec![0.0_f32; scoring.idf.len()];
    for positions in [Matches::body, Matches::title] {
        let of = |unit: &usize| {
            let unit = *unit;
            positions(matches, unit).iter().map(move |position| (*position, unit))
        };
        let mut all: Vec<(u32, usize)> = words.iter().flat_map(of).collect();
        // Each unit's are in order: a stable sort merges such runs.
        all.sort();
        for pair in all.windows(2) {
            let ((before, a), (after, b)) = (pair[0], pair[1]);
            if a != b && after > before {
                let distance = (after - before) as f32;
                near[a] += scoring.idf[b] / (distance * distance);
                near[b] += scoring.idf[a] / (distance * distance);
            }
        }
    }
    words.iter().map(|unit| saturate(scoring.idf[*unit].min(1.0), near[*unit])).sum()
}

/// For each clause what [`together`] can come to for it.
pub(super) fn most_together(plan: &Plan, scoring: &Scoring) -> Vec<f32> {
    let mut most = vec![0.0; plan.clauses.len()];
    for unit in plan.words() {
        for (clause, most) in plan.clauses.iter().zip(&mut most) {
            if clause.node == Node::Unit(unit) {
                *most = saturated(scoring.idf[unit].min(1.0));
            }
        }
    }
    most
}

/// What a full score can come to, from the score of words and from what
/// closeness adds at most. A little more, since sums are rounded.
pub(super) fn most(score: f32, together: f32) -> f32 {
    (score * (1.0 + LEAD) + together) * 1.0001
}
