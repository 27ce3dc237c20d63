//! Upper bounds of full scores, before positions are read.

use crate::search::exec::bm25f::{Scoring, saturated};
use crate::search::params::LEAD_BONUS;
use crate::search::plan::tree::{Node, Plan};

/// For each clause an upper bound of the proximity score of its word; 0 for
/// clauses without one.
pub(crate) fn proximity_bounds(plan: &Plan, scoring: &Scoring) -> Vec<f32> {
    let mut of_unit = vec![0.0; plan.units.len()];
    plan.words().for_each(|unit| of_unit[unit] = saturated(scoring.idf[unit].min(1.0)));
    let bound = |node: &Node| if let Node::Unit(unit) = node { of_unit[*unit] } else { 0.0 };
    plan.clauses.iter().map(|clause| bound(&clause.node)).collect()
}

/// Slack for the rounding of floating-point sums.
const ROUNDING: f32 = 1.0001;

/// An upper bound of the full score, from the score of postings and the bound of
/// the proximity score.
pub(crate) fn score_bound(score: f32, proximity: f32) -> f32 {
    (score * (1.0 + LEAD_BONUS) + proximity) * ROUNDING
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::exec::bm25f::saturate;
    use crate::search::exec::fixtures::{plan_of_words, scoring_of};
    use crate::search::exec::ranked::PositionBonus;
    use crate::search::language::syntax_tree::Occur;
    use crate::search::plan::tree::{Clause, Unit, UnitKind};

    #[test]
    fn no_full_score_is_above_its_bound() {
        let mut random = fastrand::Rng::with_seed(7);
        for _ in 0..10_000 {
            let words = random.usize(1..6);
            let idf: Vec<f32> = (0..words).map(|_| random.f32() * 12.0).collect();
            let (plan, scoring) = (plan_of_words(words), scoring_of(&idf));
            let bounds = proximity_bounds(&plan, &scoring);
            let proximity = scoring.idf.iter().map(|idf| saturate(idf.min(1.0), random.f32() * 1e3)).sum::<f32>();
            let (score, lead) = (random.f32() * 50.0, random.f32());
            let full = score * PositionBonus { proximity, lead }.factor() + proximity;
            assert!(full <= score_bound(score, bounds.iter().sum()), "{score} {lead} {proximity}");
        }
    }

    #[test]
    fn only_words_have_a_proximity_bound() {
        let (mut plan, mut scoring) = (Plan::default(), Scoring::none());
        let word = plan.push(Unit::scored("word".to_owned(), UnitKind::Any(Vec::new()), 1.0));
        let name = plan.push(Unit::scored("name".to_owned(), UnitKind::Names(vec![1]), 1.0));
        plan.clauses = vec![Clause::new(Occur::Should, word), Clause::new(Occur::Should, name)];
        scoring.idf = vec![0.5, 3.0];
        assert_eq!(proximity_bounds(&plan, &scoring), [saturated(0.5), 0.0]);
    }
}
