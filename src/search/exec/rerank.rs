//! Re-ranks the best candidates by the positions of the query's words.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::DocId;

use crate::search::error::SearchError;
use crate::search::exec::candidate::Candidate;
use crate::search::exec::context::SearchContext;
use crate::search::exec::evaluator::{EvaluatorScope, NodeEvaluator};
use crate::search::exec::match_positions::MatchReader;
use crate::search::exec::meaning::{most, weigh};
use crate::search::exec::proximity::{ProximityScorer, lead};
use crate::search::exec::ranked::{PositionBonus, Ranked};
use crate::search::exec::recency::RecencyDecay;

/// Fewest candidates re-ranked at once: opening the postings again costs as much
/// as many candidates.
const CHUNK: usize = 64;
/// Growth of the next chunk.
const GROWTH: usize = 3;

/// Orders candidates by the upper bound of their full score.
struct ByMaxScore(Candidate);

impl PartialEq for ByMaxScore {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for ByMaxScore {}

impl PartialOrd for ByMaxScore {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ByMaxScore {
    fn cmp(&self, other: &Self) -> Ordering {
        let address = |c: &Candidate| (c.segment, c.doc);
        self.0.max_score.total_cmp(&other.0.max_score).then(address(&other.0).cmp(&address(&self.0)))
    }
}

/// The best `count` candidates, in order: those with all words of the query before the
/// others, and each of the two by full score.
pub(crate) fn best(
    context: SearchContext<'_>,
    candidates: &[Candidate],
    count: usize,
) -> Result<Vec<Ranked>, SearchError> {
    let (complete, partial): (Vec<Candidate>, Vec<Candidate>) =
        candidates.iter().copied().partition(|candidate| candidate.is_complete);
    let mut ranked = best_of_tier(context, &complete, count)?;
    ranked.extend(best_of_tier(context, &partial, count.saturating_sub(ranked.len()))?);
    Ok(ranked)
}

/// The best `count` of some candidates by full score, in order. Exact: re-ranks until no
/// remaining candidate can be among the best.
fn best_of_tier(
    context: SearchContext<'_>,
    candidates: &[Candidate],
    count: usize,
) -> Result<Vec<Ranked>, SearchError> {
    if count == 0 || candidates.is_empty() {
        return Ok(Vec::new());
    }
    let mut threshold = initial_threshold(candidates, count);
    let most = most(context.plan);
    let competitive = candidates.iter().filter(|candidate| candidate.max_score * most >= threshold);
    let mut competitive: Vec<Candidate> = competitive.copied().collect();
    weigh(context, &mut competitive);
    threshold = threshold.max(initial_threshold(&competitive, count));
    let mut heap: BinaryHeap<ByMaxScore> = competitive.into_iter().map(ByMaxScore).collect();
    let mut ranked: Vec<Ranked> = Vec::new();
    let mut chunk = CHUNK.max(count);
    loop {
        let pop_competitive =
            || heap.peek().is_some_and(|next| next.0.max_score >= threshold).then(|| heap.pop()).flatten();
        let next: Vec<Candidate> =
            std::iter::from_fn(pop_competitive).take(chunk).map(|candidate| candidate.0).collect();
        if next.is_empty() {
            return Ok(ranked);
        }
        ranked.extend(rerank_above(context, next, threshold)?);
        ranked.sort_by(Ranked::order);
        ranked.truncate(count);
        threshold = ranked.get(count - 1).map_or(threshold, |last| last.score);
        chunk = chunk.saturating_mul(GROWTH);
    }
}

/// A lower bound of the full score of the best `count`, at least 1: no full score
/// is below the score from postings.
fn initial_threshold(candidates: &[Candidate], count: usize) -> f32 {
    if candidates.len() <= count {
        return f32::NEG_INFINITY;
    }
    let mut scores: Vec<f32> = candidates.iter().map(|candidate| candidate.score).collect();
    let (_, threshold, _) = scores.select_nth_unstable_by(count - 1, |a, b| b.total_cmp(a));
    *threshold
}

/// Re-ranks all of some candidates, in order of segment and document.
pub(crate) fn rerank_all(
    context: SearchContext<'_>,
    mut candidates: Vec<Candidate>,
) -> Result<Vec<Ranked>, SearchError> {
    weigh(context, &mut candidates);
    rerank_above(context, candidates, f32::NEG_INFINITY)
}

/// Re-ranks candidates that are weighed by their meaning, and keeps those that score
/// `threshold` or more.
fn rerank_above(
    context: SearchContext<'_>,
    mut candidates: Vec<Candidate>,
    threshold: f32,
) -> Result<Vec<Ranked>, SearchError> {
    let SearchContext { snapshot, plan, scoring, recency, .. } = context;
    let decay = recency.then(|| RecencyDecay::new(snapshot.newest));
    candidates.sort_unstable_by_key(|c| (c.segment, c.doc));
    let mut ranked = Vec::new();
    let mut reader = MatchReader::scored(plan);
    let mut proximity = ProximityScorer::new(plan, scoring);
    for group in candidates.chunk_by(|a, b| a.segment == b.segment) {
        let columns = snapshot.columns(group[0].segment);
        let documents: Vec<DocId> = group.iter().map(|candidate| candidate.doc).collect();
        let mut evaluator =
            NodeEvaluator::new(context, group[0].segment, EvaluatorScope::Of(&documents, &reader.units()))?;
        for candidate in group {
            plan.deadline.check()?;
            reader.read(&mut evaluator, candidate.doc);
            let published = columns.published.first(candidate.doc).unwrap_or(0);
            let decay = decay.map_or(1.0, |decay| decay.factor(published));
            let bonus =
                PositionBonus { proximity: proximity.score(&reader) * decay, lead: lead(plan, scoring, &reader) };
            let score = candidate.score * bonus.factor() + bonus.proximity;
            if score >= threshold {
                let tie = columns.tie.first(candidate.doc).unwrap_or(0);
                ranked.push(Ranked { candidate: *candidate, score, bonus, published, tie });
            }
        }
    }
    Ok(ranked)
}
