//! Upper bounds of full scores, before positions are read.

use crate::search::exec::bm25f::{Scoring, saturated};
use crate::search::params::LEAD_BONUS;
use crate::search::plan::tree::{Node, Plan};

/// For each clause what [`Together`] can come to for it.
pub(crate) fn proximity_bounds(plan: &Plan, scoring: &Scoring) -> Vec<f32> {
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
pub(crate) fn score_bound(score: f32, together: f32) -> f32 {
    (score * (1.0 + LEAD_BONUS) + together) * 1.0001
}
