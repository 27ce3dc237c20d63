//! Compounds in a sentence, such as “boundary-layer”, as words of their own: an article may
//! have the words apart, and who writes no hyphen means the same.

use crate::article::Span;
use crate::search::language::marks::is_address;
use crate::search::language::syntax_tree::{Clause, Expression, Occur};
use crate::search::params::SENTENCE_WORDS;
use crate::segment::{Analyzer, TermKind};

/// Splits the compounds of a query that may be a sentence.
pub(crate) fn split_compounds(clauses: &mut Vec<Clause>) {
    if clauses.len() < SENTENCE_WORDS {
        return;
    }
    *clauses = std::mem::take(clauses).into_iter().flat_map(split).collect();
}

fn split(clause: Clause) -> Vec<Clause> {
    let (Expression::Word(text), Occur::Should) = (&clause.expression, clause.occur) else { return vec![clause] };
    let terms = Analyzer::terms(text, Span::new(0, text.len()));
    let words = terms.iter().filter(|term| term.kind == TermKind::Word).map(|term| term.span.of(text).to_owned());
    let words: Vec<Clause> =
        words.map(|word| Clause { occur: Occur::Should, expression: Expression::Word(word) }).collect();
    if words.len() < 2 || is_address(text) { vec![clause] } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::language::parser::parse;

    fn check(query: &str, expected: &[&str]) {
        let mut clauses = parse(query, &[]).expect("readable");
        split_compounds(&mut clauses);
        let words: Vec<&str> = clauses
            .iter()
            .map(|clause| match &clause.expression {
                Expression::Word(word) => &**word,
                _ => "other",
            })
            .collect();
        assert_eq!(words, expected, "{query}");
    }

    #[test]
    fn compounds_are_split_in_sentences_only() {
        check("spider-man premiere", &["spider-man", "premiere"]);
        check("when is the spider-man premiere", &["when", "is", "the", "spider", "man", "premiere"]);
        check("heat/mass transfer in tubes", &["heat", "mass", "transfer", "in", "tubes"]);
        check("see https://a.org/b-c for spider-man", &["see", "https://a.org/b-c", "for", "spider", "man"]);
        check("the +x-men \"x-men\" title:x-men", &["the", "x-men", "other", "other"]);
    }
}
