//! How much of a query an article must match.

use crate::search::error::SearchError;
use crate::search::exec::bm25f::Scoring;
use crate::search::exec::candidate::MatchCounts;
use crate::search::exec::score_bounds::proximity_bounds;
use crate::search::params::{ALL_WORDS, ANY_WORD, ENOUGH_MATCHES, required_shares};
use crate::search::plan::clauses::{is_name_phrase, is_word};
use crate::search::plan::tree::{Clause, Node, Plan, Role};

/// What an article must match, for a share of the query's weight.
pub(crate) struct MatchRequirement {
    pub share: f32,
    /// The weight of each clause; 0 for those that are not counted.
    pub weights: Vec<f32>,
    /// The sum of weights that an article must have.
    pub needed: f32,
    /// For each clause whether it is counted; see [`is_word`].
    pub is_word: Vec<bool>,
    pub has_words: bool,
    /// For each unit of a linked entity whether its words count only where the
    /// document has them as a phrase, or the entity: scattered they are unrelated
    /// words. Never for [`ANY_WORD`].
    pub phrase_only: Vec<bool>,
    /// For each clause the upper bound of its proximity score.
    pub proximity: Vec<f32>,
}

impl MatchRequirement {
    pub fn new(plan: &Plan, scoring: &Scoring, share: f32) -> Self {
        let weights = weights(plan, scoring);
        let is_word: Vec<bool> = plan.clauses.iter().map(|clause| is_word(plan, clause)).collect();
        let mut phrase_only = vec![false; plan.units.len()];
        if share > ANY_WORD {
            let phrases = plan.clauses.iter().filter(|clause| is_name_phrase(plan, clause));
            phrases.filter_map(|clause| clause.covered_by).for_each(|name| phrase_only[name] = true);
        }
        Self {
            share,
            needed: share * weights.iter().sum::<f32>(),
            weights,
            has_words: is_word.contains(&true),
            is_word,
            phrase_only,
            proximity: proximity_bounds(plan, scoring),
        }
    }
}

/// Runs `find` with ever smaller required shares until there are enough matches.
pub(crate) fn by_shares<T: Default>(
    plan: &Plan,
    mut find: impl FnMut(f32) -> Result<T, SearchError>,
    count: impl Fn(&T) -> usize,
) -> Result<(T, MatchCounts), SearchError> {
    let words = plan.clauses.iter().filter(|clause| is_word(plan, clause)).count();
    let enough = if words > 2 { ENOUGH_MATCHES } else { 1 };
    let mut found = T::default();
    let (mut total, mut complete) = (0, None);
    let shares = if plan.all_words_only { &[ALL_WORDS] } else { required_shares(words) };
    for share in shares {
        // Any single word is enough only if nothing else matches.
        if total >= enough || *share == ANY_WORD && total > 0 {
            break;
        }
        found = find(*share)?;
        total = count(&found);
        complete.get_or_insert(total);
    }
    Ok((found, MatchCounts { total, complete: complete.unwrap_or(0) }))
}

/// The weight of each clause in the required share: its IDF, and 0 for words that
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
        let requirement = MatchRequirement::new(&plan, &scoring_of(&[2.0, 3.0, 4.0]), 0.5);
        assert_eq!((requirement.needed, requirement.weights), (2.5, vec![2.0, 3.0, 0.0]));
        assert_eq!((requirement.has_words, requirement.is_word), (true, vec![true, true, false]));
    }

    #[test]
    fn shares_are_lowered_until_enough_match() {
        let check = |words: usize, counts: &[usize], tried: &[f32], expected: (usize, usize)| {
            let mut shares = Vec::new();
            let find = |share| {
                shares.push(share);
                Ok(vec![(); counts[shares.len() - 1]])
            };
            let (_, counts) = by_shares(&plan_of_words(words), find, Vec::len).expect("no error");
            assert_eq!(shares, tried, "{words} words");
            assert_eq!((counts.total, counts.complete), expected, "{words} words");
        };
        check(1, &[3], &[ALL_WORDS], (3, 3));
        check(2, &[0, 8], &[ALL_WORDS, ANY_WORD], (8, 0));
        check(3, &[4, 9], &[0.6, 0.3], (9, 4));
        check(3, &[12], &[0.6], (12, 12));
        check(6, &[0, 0, 5], &[0.3, 0.15, ANY_WORD], (5, 0));
    }

    #[test]
    fn all_words_can_be_asked_for() {
        let plan = Plan { all_words_only: true, ..plan_of_words(6) };
        let mut shares = Vec::new();
        let find = |share| {
            shares.push(share);
            Ok(Vec::<()>::new())
        };
        let (_, counts) = by_shares(&plan, find, Vec::len).expect("no error");
        assert_eq!((shares, counts), (vec![ALL_WORDS], MatchCounts::default()));
    }
}
