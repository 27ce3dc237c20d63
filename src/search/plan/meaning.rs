//! What a question means, as a vector of its words.

use crate::meaning::TextVector;
use crate::search::language::syntax_tree::{self, Expression, Occur};
use crate::search::plan::tree::Plan;
use crate::search::query::search_query::Query;
use crate::search::query::sort::Sort;

/// The vector of a question's words and phrases. `None` where meaning says nothing: it
/// is switched off, hits are in order of their days, or all that is asked is a name.
pub(crate) fn meaning_of(query: &Query, clauses: &[(syntax_tree::Clause, f32)], plan: &Plan) -> Option<TextVector> {
    if !query.meaning || query.sort != Sort::Relevance || is_a_name(plan) {
        return None;
    }
    let mut text = String::new();
    for (clause, _) in clauses.iter().filter(|(clause, _)| clause.occur != Occur::Not) {
        add_words(&clause.expression, &mut text);
    }
    TextVector::of_question(&text)
}

/// Whether every word of a question is part of a name that it was linked to.
fn is_a_name(plan: &Plan) -> bool {
    plan.clauses.iter().filter(|clause| clause.is_counted()).all(|clause| clause.covered_by.is_some())
}

/// Adds the words that an article should have.
fn add_words(expression: &Expression, text: &mut String) {
    match expression {
        Expression::Word(words) | Expression::Phrase(words) | Expression::Sloppy { words, .. } => {
            for word in words.split_whitespace() {
                // A possessive means what its word does.
                text.push_str(word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word));
                text.push(' ');
            }
        }
        Expression::And(parts) | Expression::Or(parts) => parts.iter().for_each(|part| add_words(part, text)),
        Expression::Said(inner) | Expression::Within(_, inner) => add_words(inner, text),
        Expression::Near { left, right, .. } => {
            add_words(left, text);
            add_words(right, text);
        }
        // Parts and near spellings of words have no meaning of their own; names,
        // days and labels are conditions.
        _ => {}
    }
}
