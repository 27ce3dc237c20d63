//! Words that say little beside others.

use super::tree::{Node, Plan, Role, Wanted};
use super::super::language::Occur;

/// What words count that only hold a sentence together, beside others.
const FUNCTION_WORD: f32 = 0.1;
/// In shorter queries every word was typed for a reason.
const LEAST_WORDS: usize = 4;

/// Stems of words that hold English sentences and questions together: articles,
/// pronouns, auxiliary verbs, prepositions, conjunctions, and the words that
/// questions begin with.
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "after", "again", "against", "all", "also", "although", "am", "among", "an", "and", "ani", "anyth",
    "are", "as", "at", "be", "becaus", "been", "befor", "being", "between", "both", "but", "by", "can", "cannot",
    "could", "did", "do", "doe", "done", "dure", "each", "either", "etc", "ever", "everi", "few", "find", "for", "from",
    "further", "give", "had", "has", "have", "he", "her", "here", "him", "his", "how", "howev", "i", "if", "in",
    "into", "is", "it", "itself", "just", "kind", "like", "made", "make", "mani", "may", "me", "might", "more", "most",
    "much", "must", "my", "neither", "no", "nor", "not", "of", "on", "onli", "or", "other", "our", "out", "over",
    "own", "per", "pleas", "possibl", "rather", "same", "shall", "she", "should", "sinc", "so", "some", "such", "than",
    "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through", "to", "too", "under",
    "until", "up", "upon", "us", "use", "veri", "via", "was", "we", "were", "what", "when", "where", "whether",
    "which", "while", "who", "whom", "whose", "whi", "will", "with", "within", "without", "would", "you", "your",
];

/// Lowers the weight of function words in queries written as sentences. Words
/// of noticed names keep theirs (“The Who”), and so do all words of a query
/// that has no others.
pub(super) fn weigh_words(plan: &mut Plan) {
    let is_function = |plan: &Plan, unit: usize| match &plan.units[unit].wanted {
        Wanted::Words(sequences) => match sequences.as_slice() {
            [only] => !only.exact && matches!(&only.terms[..], [term] if FUNCTION_WORDS.binary_search(&term.as_str()).is_ok()),
            _ => false,
        },
        _ => false,
    };
    let words: Vec<usize> = plan
        .clauses
        .iter()
        .filter(|clause| clause.occur == Occur::Should && clause.covered_by.is_none())
        .filter_map(|clause| match clause.node {
            Node::Unit(unit) if plan.units[unit].role == Role::Scored => Some(unit),
            _ => None,
        })
        .collect();
    let little: Vec<usize> = words.iter().copied().filter(|unit| is_function(plan, *unit)).collect();
    if plan.clauses.len() < LEAST_WORDS || plan.clauses.len() - little.len() < 2 {
        return;
    }
    for unit in little {
        plan.units[unit].weight = FUNCTION_WORD;
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
