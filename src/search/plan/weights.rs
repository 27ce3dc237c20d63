//! Words that say little beside others.

use crate::search::language::syntax_tree::Occur;
use crate::search::params::{FUNCTION_WORD_WEIGHT, SENTENCE_WORDS};
use crate::search::plan::tree::{Clause, Node, Plan, Role, Sequence, UnitKind};

/// Stems of words that hold English sentences and questions together: articles,
/// pronouns, auxiliary verbs, prepositions, conjunctions, and the words that
/// questions begin with.
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "after", "again", "against", "all", "also", "although", "am", "among", "an", "and", "ani", "anyth",
    "are", "as", "at", "be", "becaus", "been", "befor", "being", "between", "both", "but", "by", "can", "cannot",
    "could", "did", "do", "doe", "done", "dure", "each", "either", "etc", "ever", "everi", "few", "find", "for",
    "from", "further", "give", "had", "has", "have", "he", "her", "here", "him", "his", "how", "howev", "i", "if",
    "in", "into", "is", "it", "itself", "just", "kind", "like", "made", "make", "mani", "may", "me", "might", "more",
    "most", "much", "must", "my", "neither", "no", "nor", "not", "of", "on", "onli", "or", "other", "our", "out",
    "over", "own", "per", "pleas", "possibl", "rather", "same", "shall", "she", "should", "sinc", "so", "some", "such",
    "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through", "to", "too",
    "under", "until", "up", "upon", "us", "use", "veri", "via", "was", "we", "were", "what", "when", "where",
    "whether", "whi", "which", "while", "who", "whom", "whose", "will", "with", "within", "without", "would", "you",
    "your",
];

/// Marks function words as light beside others, and lowers their weight in
/// queries written as sentences. Words of noticed names stay as they are (“The
/// Who”), and so do all words of a query that has no others.
pub(crate) fn weigh_words(plan: &mut Plan) {
    let is_word = |clause: &Clause| clause.occur == Occur::Should && clause.covered_by.is_none();
    let light: Vec<usize> =
        (0..plan.clauses.len()).filter(|at| is_word(&plan.clauses[*at]) && is_function(plan, *at)).collect();
    let kind = plan.clauses.iter().filter(|clause| clause.occur != Occur::Not).count();
    let others = kind - light.len();
    if others == 0 {
        return;
    }
    let is_sentence = plan.clauses.len() >= SENTENCE_WORDS && others > 1;
    for at in light {
        plan.clauses[at].light = true;
        if let (Node::Unit(unit), true) = (&plan.clauses[at].node, is_sentence) {
            plan.units[*unit].weight = FUNCTION_WORD_WEIGHT;
        }
    }
}

/// Whether a clause is a function word, typed as such.
fn is_function(plan: &Plan, clause: usize) -> bool {
    let Node::Unit(unit) = plan.clauses[clause].node else { return false };
    match &plan.units[unit].kind {
        UnitKind::Words(sequences) if plan.units[unit].role == Role::Scored => match sequences.as_slice() {
            [Sequence { terms, exact: false, .. }] => {
                matches!(&terms[..], [term] if FUNCTION_WORDS.binary_search(&term.as_str()).is_ok())
            }
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(FUNCTION_WORDS.is_sorted());
    }
}
