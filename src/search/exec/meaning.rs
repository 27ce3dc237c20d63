//! Weighs scores by how near an article is in meaning to what is asked.

use crate::search::exec::candidate::Candidate;
use crate::search::exec::context::SearchContext;
use crate::search::params::MEANING_WEIGHT;
use crate::search::plan::tree::Plan;

/// The largest factor of a score.
pub(crate) fn most(plan: &Plan) -> f32 {
    if plan.meaning.is_some() { 1.0 + MEANING_WEIGHT } else { 1.0 }
}

/// The factor of the score of an article, at least 1.
pub(crate) fn meaning_factor(context: SearchContext<'_>, candidate: &Candidate) -> f32 {
    let Some(asked) = &context.plan.meaning else { return 1.0 };
    let article = context.snapshot.columns(candidate.segment).meaning(candidate.doc);
    1.0 + MEANING_WEIGHT * asked.nearness(article)
}

/// Multiplies the scores of candidates, and their bounds, by their factors.
pub(crate) fn weigh(context: SearchContext<'_>, candidates: &mut [Candidate]) {
    if context.plan.meaning.is_none() {
        return;
    }
    for candidate in candidates {
        let factor = meaning_factor(context, candidate);
        candidate.score *= factor;
        candidate.max_score *= factor;
    }
}
