//! Re-ranks the best candidates by the positions of the query's words.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::DocId;

use crate::search::error::SearchError;
use crate::search::exec::candidate::Candidate;
use crate::search::exec::context::SearchContext;
use crate::search::exec::evaluator::{EvaluatorScope, NodeEvaluator};
use crate::search::exec::match_positions::MatchReader;
use crate::search::exec::proximity::{ProximityScorer, lead};
use crate::search::exec::ranked::{PositionBonus, Ranked};
use crate::search::exec::recency::RecencyDecay;

/// Candidates re-ranked in one go, at least, and how many more the next time:
/// opening the postings once more costs as much as many candidates.
const CHUNK: usize = 64;
const GROWTH: usize = 3;

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
pub(crate) fn best(
    context: SearchContext<'_>,
    candidates: &[Candidate],
    count: usize,
) -> Result<Vec<Ranked>, SearchError> {
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
        ranked.extend(rerank_above(context, next, least)?);
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
pub(crate) fn rerank_all(context: SearchContext<'_>, candidates: Vec<Candidate>) -> Result<Vec<Ranked>, SearchError> {
    rerank_above(context, candidates, f32::NEG_INFINITY)
}

/// The same, of those that score `least` or more.
fn rerank_above(
    context: SearchContext<'_>,
    mut candidates: Vec<Candidate>,
    least: f32,
) -> Result<Vec<Ranked>, SearchError> {
    let SearchContext { snapshot, plan, scoring, fresh, .. } = context;
    let fresh = fresh.then(|| RecencyDecay::new(snapshot.newest));
    candidates.sort_unstable_by_key(|c| (c.segment, c.doc));
    let mut ranked = Vec::new();
    let mut reader = MatchReader::scored(plan);
    let mut together = ProximityScorer::new(plan, scoring);
    for group in candidates.chunk_by(|a, b| a.segment == b.segment) {
        let columns = snapshot.columns(group[0].segment);
        let documents: Vec<DocId> = group.iter().map(|candidate| candidate.doc).collect();
        let mut evaluator =
            NodeEvaluator::new(context, group[0].segment, EvaluatorScope::Of(&documents, &reader.units()))?;
        for candidate in group {
            plan.deadline.check()?;
            reader.read(&mut evaluator, candidate.doc);
            let published = columns.published.first(candidate.doc).unwrap_or(0);
            let fresh = fresh.map_or(1.0, |fresh| fresh.factor(published));
            let bonus = PositionBonus { together: together.score(&reader) * fresh, lead: lead(plan, scoring, &reader) };
            let score = candidate.score * bonus.factor() + bonus.together;
            if score >= least {
                let tie = columns.tie.first(candidate.doc).unwrap_or(0);
                ranked.push(Ranked { candidate: *candidate, score, bonus, published, tie });
            }
        }
    }
    Ok(ranked)
}
