//! How much of a query an article must match.

use crate::search::exec::bm25f::Scoring;
use crate::search::exec::score_bounds::proximity_bounds;
use crate::search::params::ALL_WORDS;
use crate::search::plan::clauses::{is_linked_entity, is_name_phrase, is_word};
use crate::search::plan::tree::{Clause, Node, Plan, Role};

/// How much of a query's words an article must have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Coverage {
    /// All of them, but function words and those that the archive lacks.
    All,
    /// Any of them, but function words.
    Any,
    /// A share of their weight, 0 to 1.
    Share(f32),
}

/// What an article must match.
pub(crate) struct MatchRequirement {
    pub coverage: Coverage,
    /// The weight of each clause; 0 for those that are not counted.
    pub weights: Vec<f32>,
    /// The sum of weights that an article must have; 0 where any word is enough.
    pub needed: f32,
    /// The sum of weights of an article that has all words.
    pub all: f32,
    /// For each clause whether it is counted; see [`is_word`].
    pub is_word: Vec<bool>,
    pub has_words: bool,
    /// For each clause whether an article that has nothing else matches where any word
    /// is enough.
    pub is_telling: Vec<bool>,
    /// For each unit of a linked entity whether its words count only where the
    /// document has them as a phrase, or the entity: scattered they are unrelated
    /// words.
    pub phrase_only: Vec<bool>,
    /// For each clause the upper bound of its proximity score.
    pub proximity: Vec<f32>,
}

impl MatchRequirement {
    pub fn new(plan: &Plan, scoring: &Scoring, coverage: Coverage) -> Self {
        let weights = weights(plan, scoring);
        let is_word: Vec<bool> = plan.clauses.iter().map(|clause| is_word(plan, clause)).collect();
        let mut phrase_only = vec![false; plan.units.len()];
        let phrases = plan.clauses.iter().filter(|clause| is_name_phrase(plan, clause));
        phrases.filter_map(|clause| clause.covered_by).for_each(|name| phrase_only[name] = true);
        let is_telling =
            |(clause, is_word): (&Clause, &bool)| *is_word || clause.is_partial || is_linked_entity(clause);
        let sum: f32 = weights.iter().sum();
        let share = match coverage {
            Coverage::All => ALL_WORDS,
            Coverage::Any => 0.0,
            Coverage::Share(share) => share,
        };
        Self {
            coverage,
            needed: share * sum,
            all: ALL_WORDS * sum,
            weights,
            has_words: is_word.contains(&true),
            is_telling: plan.clauses.iter().zip(&is_word).map(is_telling).collect(),
            is_word,
            phrase_only,
            proximity: proximity_bounds(plan, scoring),
        }
    }

    /// Whether an article matches: by the weight of the words that it has, and by
    /// whether it has anything telling.
    pub fn is_met(&self, matched: f32, is_telling: bool) -> bool {
        !self.has_words || is_telling && matched >= self.needed
    }

    /// Whether an article that matches has all words.
    pub fn is_complete(&self, matched: f32) -> bool {
        !self.has_words || matched >= self.all
    }
}

/// The weight of each clause in the coverage: its IDF, and 0 for words that
/// the archive lacks.
fn weights(plan: &Plan, scoring: &Scoring) -> Vec<f32> {
    let weight = |clause: &Clause| if is_word(plan, clause) { weigh(plan, scoring, &clause.node) } else { 0.0 };
    plan.clauses.iter().map(weight).collect()
}

fn weigh(plan: &Plan, scoring: &Scoring, node: &Node) -> f32 {
    match node {
        Node::Unit(unit) if plan.units[*unit].role != Role::Scored || !scoring.occurs[*unit] => 0.0,
        Node::Unit(unit) => plan.units[*unit].weight * scoring.idf[*unit],
        Node::And(parts) => parts.iter().map(|part| weigh(plan, scoring, part)).sum(),
        Node::Or(parts) => parts.iter().map(|part| weigh(plan, scoring, part)).fold(0.0, f32::max),
        Node::Near { left, right, .. } => weigh(plan, scoring, left) + weigh(plan, scoring, right),
        Node::Sloppy { units, .. } => units.iter().map(|unit| weigh(plan, scoring, &Node::Unit(*unit))).sum(),
        Node::InQuote { inner, .. } => weigh(plan, scoring, inner),
        Node::Not(_) | Node::Published(_) | Node::Since(_) | Node::Has(_) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::exec::fixtures::{plan_of_words, scoring_of};

    #[test]
    fn nodes_weigh_by_their_units() {
        let (plan, scoring) = (plan_of_words(3), scoring_of(&[2.0, 3.0, 0.0]));
        let unit = |at| Node::Unit(at);
        let check = |node: Node, expected| assert_eq!(weigh(&plan, &scoring, &node), expected, "{node:?}");
        check(unit(0), 2.0);
        check(unit(2), 0.0);
        check(Node::And(vec![unit(0), unit(1)]), 5.0);
        check(Node::Or(vec![unit(0), unit(1)]), 3.0);
        check(Node::Near { left: unit(0).into(), right: unit(1).into(), gap: 2, ordered: false }, 5.0);
        check(Node::Sloppy { units: vec![0, 0, 1], gap: 2 }, 7.0);
        check(Node::Not(unit(0).into()), 0.0);
    }

    #[test]
    fn the_needed_weight_is_a_share_of_all() {
        let mut plan = plan_of_words(3);
        plan.clauses[2].score_only = true;
        let requirement = MatchRequirement::new(&plan, &scoring_of(&[2.0, 3.0, 4.0]), Coverage::Share(0.5));
        assert_eq!(
            (requirement.needed, requirement.is_met(2.4, true), requirement.is_met(2.5, true)),
            (2.5, false, true)
        );
        assert_eq!((requirement.is_complete(4.9), requirement.is_complete(5.0)), (false, true));
        assert_eq!(requirement.weights, [2.0, 3.0, 0.0]);
        assert_eq!((requirement.has_words, requirement.is_word), (true, vec![true, true, false]));
    }
}
