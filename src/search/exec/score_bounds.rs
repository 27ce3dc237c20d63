//! Upper bounds of full scores, before positions are read.

use crate::search::exec::bm25f::{Scoring, saturated};
use crate::search::params::LEAD_BONUS;
use crate::search::plan::tree::{Node, Plan};

/// For each clause an upper bound of the proximity score of its word; 0 for
/// clauses without one.
pub(crate) fn proximity_bounds(plan: &Plan, scoring: &Scoring) -> Vec<f32> {
    let mut bounds = vec![0.0; plan.clauses.len()];
    for unit in plan.words() {
        for (clause, bound) in plan.clauses.iter().zip(&mut bounds) {
            if clause.node == Node::Unit(unit) {
                *bound = saturated(scoring.idf[unit].min(1.0));
            }
        }
    }
    bounds
}

/// Slack for the rounding of floating-point sums.
const ROUNDING: f32 = 1.0001;

/// An upper bound of the full score, from the score of postings and the bound of
/// the proximity score.
pub(crate) fn score_bound(score: f32, proximity: f32) -> f32 {
    (score * (1.0 + LEAD_BONUS) + proximity) * ROUNDING
}
