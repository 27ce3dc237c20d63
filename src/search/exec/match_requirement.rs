//! How much of a query an article must have.

use crate::search::error::SearchError;
use crate::search::exec::bm25f::Scoring;
use crate::search::exec::candidate::MatchCounts;
use crate::search::exec::score_bounds::proximity_bounds;
use crate::search::params::{ANY_WORD, ENOUGH_MATCHES, required_shares};
use crate::search::plan::clauses::{is_name_phrase, is_word};
use crate::search::plan::tree::{Clause, Node, Plan, Role};

/// What an article must have, for a share of what is wanted.
pub(crate) struct MatchRequirement {
    pub share: f32,
    /// For each clause what it weighs in that share.
    pub weights: Vec<f32>,
    /// The weight that must be there.
    pub needed: f32,
    /// For each clause whether an article may lack it.
    pub is_word: Vec<bool>,
    pub has_words: bool,
    /// For each unit of noticed names whether their words count only where the
    /// document has them one after the other: scattered they are other words.
    /// Not where what is there at all is asked for.
    pub phrase_only: Vec<bool>,
    /// For each clause what closeness can add for it.
    pub proximity: Vec<f32>,
}

impl MatchRequirement {
    pub fn new(plan: &Plan, scoring: &Scoring, share: f32) -> Self {
        let weights = weights(plan, scoring);
        let is_word: Vec<bool> = plan.clauses.iter().map(|clause| is_word(plan, clause)).collect();
        let mut phrase_only = vec![false; plan.units.len()];
        if share > ANY_WORD {
            let together = plan.clauses.iter().filter(|clause| is_name_phrase(plan, clause));
            together.filter_map(|clause| clause.covered_by).for_each(|name| phrase_only[name] = true);
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

/// Finds articles with ever smaller shares of what is wanted, until there are
/// enough.
pub(crate) fn by_shares<T: Default>(
    plan: &Plan,
    mut find: impl FnMut(f32) -> Result<T, SearchError>,
    count: impl Fn(&T) -> usize,
) -> Result<(T, MatchCounts), SearchError> {
    let words = plan.clauses.iter().filter(|clause| is_word(plan, clause)).count();
    let enough = if words > 2 { ENOUGH_MATCHES } else { 1 };
    let mut found = T::default();
    let (mut total, mut complete) = (0, None);
    for share in required_shares(words) {
        // What is there at all comes only where nothing else does.
        if total >= enough || *share == ANY_WORD && total > 0 {
            break;
        }
        found = find(*share)?;
        total = count(&found);
        complete.get_or_insert(total);
    }
    Ok((found, MatchCounts { total, complete: complete.unwrap_or(0) }))
}

/// What each clause weighs in the share that an article must have. A word that
/// the archive does not hold cannot be asked of an article.
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
