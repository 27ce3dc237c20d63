//! Lower weights for function words.

use crate::article::Language;
use crate::search::language::syntax_tree::Occur;
use crate::search::params::{FUNCTION_WORD_WEIGHT, SENTENCE_WORDS};
use crate::search::plan::tree::{Clause, Node, Plan, Role, Sequence, UnitKind};

/// Marks function words as `score_only`, and lowers their weight in queries
/// written as sentences. Words of linked entities (“The Who”) and queries of
/// nothing but function words stay as they are.
pub(crate) fn weigh_words(plan: &mut Plan) {
    let is_word = |clause: &Clause| clause.occur == Occur::Should && clause.covered_by.is_none();
    let function_words: Vec<usize> =
        (0..plan.clauses.len()).filter(|at| is_word(&plan.clauses[*at]) && is_function(plan, *at)).collect();
    let included = plan.clauses.iter().filter(|clause| clause.occur != Occur::Not).count();
    let others = included - function_words.len();
    if others == 0 {
        return;
    }
    let is_sentence = plan.clauses.len() >= SENTENCE_WORDS && others > 1;
    for at in function_words {
        plan.clauses[at].score_only = true;
        if let (Node::Unit(unit), true) = (&plan.clauses[at].node, is_sentence) {
            plan.units[*unit].weight *= FUNCTION_WORD_WEIGHT;
        }
    }
}

/// Whether a clause is a single function word.
fn is_function(plan: &Plan, clause: usize) -> bool {
    let Node::Unit(unit) = plan.clauses[clause].node else { return false };
    match &plan.units[unit].kind {
        UnitKind::Words(sequences) if plan.units[unit].role == Role::Scored => match sequences.as_slice() {
            [Sequence { terms, exact: false, .. }] => {
                matches!(&terms[..], [term] if Language::default().is_function_word(term))
            }
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::plan::tree::Unit;

    fn check(stems: &[&str], marked: &[bool], lowered: &[bool]) {
        let mut plan = Plan::default();
        for stem in stems {
            let sequence = Sequence { exact: false, ..Sequence::exact(vec![(*stem).to_owned()]) };
            let node = plan.push(Unit::scored((*stem).to_owned(), UnitKind::Words(vec![sequence]), 1.0));
            plan.clauses.push(Clause::new(Occur::Should, node));
        }
        weigh_words(&mut plan);
        assert_eq!(plan.clauses.iter().map(|clause| clause.score_only).collect::<Vec<_>>(), marked, "{stems:?}");
        let found: Vec<bool> = plan.units.iter().map(|unit| unit.weight == FUNCTION_WORD_WEIGHT).collect();
        assert_eq!(found, lowered, "{stems:?}");
    }

    #[test]
    fn function_words_weigh_less_in_sentences_only() {
        check(&["the", "film"], &[true, false], &[false, false]);
        check(&["who", "star", "in", "barbi"], &[true, false, true, false], &[true, false, true, false]);
        check(&["what", "is", "the", "barbi"], &[true, true, true, false], &[false; 4]);
        check(&["the", "who"], &[false, false], &[false, false]);
    }
}
