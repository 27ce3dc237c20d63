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
use super::matches::MatchReader;
use super::plan::{Node, Plan};
use super::score::{Scoring, saturate, saturated};
use super::walk::{Opened, Walk};

/// The most that standing at the beginning adds.
const LEAD: f32 = 0.1;
/// The words of a body that are its beginning.
const LEAD_WORDS: u32 = 60;
/// Candidates looked at in one go, at least, and how many more the next time:
/// to open the postings once more costs as much as many candidates.
const CHUNK: usize = 64;
const GROWTH: usize = 3;

/// A candidate looked at twice.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ranked {
    pub candidate: Candidate,
    pub score: f32,
    /// `YYYYMMDD`, 0 where unknown.
    pub published: u64,
    pub tie: u64,
    /// What positions added.
    pub bonus: Bonus,
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
    if count == 0 {
        return Ok(Vec::new());
    }
    let mut least = least(candidates, count);
    let able = candidates.iter().filter(|candidate| candidate.most >= least);
    let mut heap: BinaryHeap<ByMost> = able.copied().map(ByMost).collect();
    let mut ranked: Vec<Ranked> = Vec::new();
    let mut chunk = CHUNK.max(count);
    loop {
        let best_able = || heap.peek().is_some_and(|next| next.0.most >= least).then(|| heap.pop()).flatten();
        let next: Vec<Candidate> = std::iter::from_fn(best_able).take(chunk).map(|by_most| by_most.0).collect();
        if next.is_empty() {
            return Ok(ranked);
        }
        ranked.extend(look_for(question, next, least)?);
        ranked.sort_by(Ranked::order);
        ranked.truncate(count);
        least = ranked.get(count - 1).map_or(least, |last| last.score);
        chunk = chunk.saturating_mul(GROWTH);
    }
}

/// What the best `count`, one or more, score at least: no full score is below
/// the first.
fn least(candidates: &[Candidate], count: usize) -> f32 {
    if candidates.len() <= count {
        return f32::NEG_INFINITY;
    }
    let mut scores: Vec<f32> = candidates.iter().map(|candidate| candidate.score).collect();
    let (_, least, _) = scores.select_nth_unstable_by(count - 1, |a, b| b.total_cmp(a));
    *least
}

/// Reads positions, dates and ties of some candidates, and scores closeness.
pub(super) fn look(question: Question<'_>, candidates: Vec<Candidate>) -> Result<Vec<Ranked>, SearchError> {
    look_for(question, candidates, f32::NEG_INFINITY)
}

/// The same, of those that score `least` or more.
fn look_for(question: Question<'_>, mut candidates: Vec<Candidate>, least: f32) -> Result<Vec<Ranked>, SearchError> {
    let Question { snapshot, plan, scoring, fresh, .. } = question;
    let fresh = fresh.then(|| Freshness::new(snapshot.newest));
    candidates.sort_unstable_by_key(|c| (c.segment, c.doc));
    let mut ranked = Vec::new();
    let mut reader = MatchReader::scored(plan);
    let mut together = Together::new(plan, scoring);
    for group in candidates.chunk_by(|a, b| a.segment == b.segment) {
        let columns = snapshot.columns(group[0].segment);
        let documents: Vec<DocId> = group.iter().map(|candidate| candidate.doc).collect();
        let mut walk = Walk::new(question, group[0].segment, Opened::Of(&documents, &reader.units()))?;
        for candidate in group {
            plan.deadline.check()?;
            reader.read(&mut walk, candidate.doc);
            let published = columns.published.first(candidate.doc).unwrap_or(0);
            let fresh = fresh.map_or(1.0, |fresh| fresh.factor(published));
            let bonus = Bonus { together: together.score(&reader) * fresh, lead: lead(plan, scoring, &reader) };
            let score = candidate.score * bonus.factor() + bonus.together;
            if score >= least {
                let tie = columns.tie.first(candidate.doc).unwrap_or(0);
                ranked.push(Ranked { candidate: *candidate, score, bonus, published, tie });
            }
        }
    }
    Ok(ranked)
}

/// How much of what is scored stands in the title or at the beginning, 0 to 1.
fn lead(plan: &Plan, scoring: &Scoring, matches: &MatchReader<'_>) -> f32 {
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

/// What words that stand together add.
struct Together<'s> {
    words: Vec<usize>,
    scoring: &'s Scoring,
    /// Where they stand, each position above the word's unit.
    places: Vec<u64>,
    near: Vec<f32>,
}

impl<'s> Together<'s> {
    fn new(plan: &Plan, scoring: &'s Scoring) -> Self {
        Self { words: plan.words().collect(), scoring, places: Vec::new(), near: vec![0.0; plan.units.len()] }
    }

    /// What they add to the document that was read: for each word its weight,
    /// at most 1, times the saturated sum of the weights of the query words next
    /// to it, each over the square of its distance. The title counts like the
    /// body.
    fn score(&mut self, matches: &MatchReader<'_>) -> f32 {
        if self.words.len() < 2 {
            return 0.0;
        }
        self.near.fill(0.0);
        for list in [MatchReader::body, MatchReader::title] {
            self.places.clear();
            for unit in &self.words {
                self.places.extend(list(matches, *unit).iter().map(|at| u64::from(*at) << 32 | *unit as u64));
            }
            self.places.sort_unstable();
            self.add_pairs();
        }
        let near = |unit: &usize| saturate(self.scoring.idf[*unit].min(1.0), self.near[*unit]);
        self.words.iter().map(near).sum()
    }

    fn add_pairs(&mut self) {
        for pair in self.places.windows(2) {
            let [(before, a), (after, b)] = [pair[0], pair[1]].map(|place| (place >> 32, (place as u32) as usize));
            if a != b && after > before {
                let distance = (after - before) as f32;
                self.near[a] += self.scoring.idf[b] / (distance * distance);
                self.near[b] += self.scoring.idf[a] / (distance * distance);
            }
        }
    }
}

/// For each clause what [`Together`] can come to for it.
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
