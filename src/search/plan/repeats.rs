//! Repeated words of a query, so that its cost does not grow with them.

use rustc_hash::FxHashMap;

use crate::search::language::syntax_tree::{Clause, Expression, Occur};
use crate::search::params::{MAX_LINKED_WORDS, MAX_NAME_WORDS};

/// Words that are kept as typed: entities are linked in them, and “Duran Duran” is
/// one.
const KEPT: usize = MAX_LINKED_WORDS + MAX_NAME_WORDS;

/// Drops repeated words behind the first ones and repeated exclusions. Gives each
/// clause that is left with how often it counts: its score is that of all its
/// repetitions.
pub(crate) fn fold_repeats(clauses: Vec<Clause>) -> Vec<(Clause, f32)> {
    let mut folded: Vec<(Clause, f32)> = Vec::with_capacity(clauses.len());
    let mut first: FxHashMap<(u8, String), usize> = FxHashMap::default();
    let mut words = 0;
    for clause in clauses {
        if let Expression::Word(text) = &clause.expression {
            let is_typed = clause.occur != Occur::Not && words < KEPT;
            words += usize::from(clause.occur != Occur::Not);
            let known = *first.entry((clause.occur as u8, text.to_lowercase())).or_insert(folded.len());
            if known < folded.len() && !is_typed {
                folded[known].1 += 1.0;
                continue;
            }
        }
        folded.push((clause, 1.0));
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::language::parser::parse;

    fn check(query: &str, expected: &[(&str, f32)]) {
        let folded = fold_repeats(parse(query, &[]).expect("a query"));
        let text = |clause: &Clause| match &clause.expression {
            Expression::Word(text) => text.clone(),
            other => format!("{other:?}"),
        };
        let found: Vec<(String, f32)> = folded.iter().map(|(clause, count)| (text(clause), *count)).collect();
        let found: Vec<(&str, f32)> = found.iter().map(|(text, count)| (text.as_str(), *count)).collect();
        assert_eq!(found.iter().skip(KEPT).copied().collect::<Vec<_>>(), expected, "{query}");
        assert_eq!(found.iter().map(|(_, count)| count).sum::<f32>(), query.split_whitespace().count() as f32);
    }

    #[test]
    fn words_are_repeated_among_the_first_ones_only() {
        check(&"duran ".repeat(KEPT), &[]);
        check(&format!("{}tail tail duran tail", "duran ".repeat(KEPT)), &[("tail", 3.0)]);
        check(&format!("{}+tail tail", "duran ".repeat(KEPT)), &[("tail", 1.0), ("tail", 1.0)]);
        let many = fold_repeats(parse(&"of the ".repeat(10_000), &[]).expect("a query"));
        assert_eq!((many.len(), many[0].1), (KEPT, 1.0 + (20_000 - KEPT) as f32 / 2.0));
    }

    #[test]
    fn capitals_tell_no_words_apart() {
        let folded = fold_repeats(parse(&format!("{}Tail tail TAIL", "duran ".repeat(KEPT)), &[]).expect("a query"));
        assert_eq!(folded.last().map(|(_, count)| *count), Some(3.0));
    }

    #[test]
    fn an_exclusion_counts_once() {
        let folded = fold_repeats(parse("film -tide -tide -\"low tide\"", &[]).expect("a query"));
        assert_eq!(folded.len(), 3);
    }
}
