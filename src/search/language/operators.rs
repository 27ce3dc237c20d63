//! Operators: which words are one, and in which queries.

use crate::article::FieldName;
use crate::search::language::marks::is_quote;
use crate::search::language::prefixes::has_prefix;
use crate::segment::with_stemmer;

/// The largest gap of `NEAR/N` and `ADJ/N`, in words.
const MAX_GAP: u32 = 1000;
/// Words from which on a query with a function word in it may be prose.
const PROSE_WORDS: usize = 9;
/// Words for each part between operators from which on it is prose.
const PROSE_WORDS_OF_PART: usize = 4;
/// A query is in capitals where at most one letter in so many is in lower case.
const LETTERS_PER_SLIP: usize = 9;
/// Letters of a query in which one slip counts for nothing.
const LETTERS_WITH_SLIP: usize = 4;
/// Bytes of the longest function word.
const MAX_FUNCTION_WORD: usize = 16;
/// “In the same sentence” and “in the same paragraph” of other search engines, in words.
const SENTENCE_GAP: u32 = 25;
const PARAGRAPH_GAP: u32 = 75;

/// An operator between or before parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    And,
    Or,
    Not,
    /// `NEAR/N`, or `ADJ/N` in order.
    Near {
        gap: u32,
        ordered: bool,
    },
}

/// The operator that a word is. Operators are in capitals; anything else is a word.
pub(crate) fn operator(text: &str) -> Option<Operator> {
    match text {
        "AND" | "&&" => Some(Operator::And),
        "OR" | "||" => Some(Operator::Or),
        "NOT" => Some(Operator::Not),
        _ => match text.split_once('/') {
            Some(("NEAR", gap)) => near(gap, false),
            Some(("ADJ", gap)) => near(gap, true),
            _ => None,
        },
    }
}

/// The operator that a word is in other search engines.
pub(crate) fn foreign_operator(text: &str) -> Option<Operator> {
    if matches!(text, "ANDNOT" | "AND-NOT" | "BUTNOT") {
        return Some(Operator::Not);
    }
    // Longer ones are no operator, and need not be lowered.
    let lower = Some(text).filter(|text| text.len() <= 16)?.to_ascii_lowercase();
    match lower.split_once('/') {
        Some(("w" | "n" | "near" | "within", "s")) => Some(Operator::Near { gap: SENTENCE_GAP, ordered: false }),
        Some(("w" | "n" | "near" | "within", "p")) => Some(Operator::Near { gap: PARAGRAPH_GAP, ordered: false }),
        Some(("w" | "n" | "near" | "within" | "around", gap)) => near(gap, false),
        Some(("pre" | "p" | "adj" | "onear", gap)) => near(gap, true),
        Some(_) => None,
        None => match lower.strip_prefix("around(") {
            Some(gap) => near(gap.strip_suffix(')')?, false),
            None => lower
                .strip_prefix("near")
                .and_then(|gap| near(gap, false))
                .or_else(|| near(lower.strip_prefix("adj")?, true)),
        },
    }
}

fn near(gap: &str, ordered: bool) -> Option<Operator> {
    // As a number, `+5` would be one too.
    let gap: u32 = Some(gap).filter(|gap| gap.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()?;
    Some(Operator::Near { gap: gap.min(MAX_GAP), ordered })
}

/// How the words of a query are read that may be operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Policy {
    /// The query is in capitals: it is read as if in lower case.
    pub shouted: bool,
    /// `AND` and `OR` are operators.
    pub joins: bool,
    /// `NOT` is an operator.
    pub negates: bool,
    /// That an operator is read as a word is told.
    pub told: bool,
}

impl Policy {
    /// Whether a word that is an operator is one in this query; signs always are.
    pub fn includes(self, operator: Operator, text: &str) -> bool {
        match operator {
            Operator::And | Operator::Or => self.joins || !text.starts_with(char::is_alphabetic),
            Operator::Not => self.negates,
            Operator::Near { .. } => true,
        }
    }
}

/// The reading of a query.
///
/// In a query in capitals “AND” and “OR” may be any words, so they are words, unless two
/// operators or a field tell that it is Boolean; “NOT” is one, since few names have it.
/// A function word tells a headline, in which none is an operator. A long query that
/// is not in capitals is prose where it has a function word, long parts between its
/// operators, and no parentheses, fields, or phrases beside an operator.
pub(crate) fn policy(query: &str, fields: &[FieldName]) -> Policy {
    let all = Policy { shouted: false, joins: true, negates: true, told: true };
    let pieces: Vec<&str> = query.split_whitespace().collect();
    let shouted = is_shouted(pieces.iter().filter(|piece| operator(piece).is_none()));
    let operators = joins(&pieces);
    if pieces.iter().any(|piece| has_prefix(piece, fields)) {
        return Policy { shouted, ..all };
    }
    let has_function_word = pieces.iter().any(|piece| operator(piece).is_none() && is_function_word(piece));
    if shouted {
        let boolean = !has_function_word;
        return Policy { shouted, joins: boolean && operators > 1, negates: boolean, told: boolean };
    }
    let words = pieces.iter().filter(|piece| operator(piece).is_none() && piece.contains(char::is_alphanumeric));
    let words = words.count();
    let is_prose = words >= PROSE_WORDS
        && words >= PROSE_WORDS_OF_PART * (operators + 1)
        && has_function_word
        && !query.contains('(')
        && !has_phrase_beside_operator(&pieces);
    if is_prose { Policy { joins: false, negates: false, ..all } } else { all }
}

/// The operators between parts.
fn joins(pieces: &[&str]) -> usize {
    let inner = pieces.get(1..pieces.len().saturating_sub(1)).unwrap_or_default();
    inner.iter().filter(|piece| operator(piece.trim_start_matches(['(', ')'])).is_some()).count()
}

fn has_phrase_beside_operator(pieces: &[&str]) -> bool {
    pieces.windows(2).any(|pair| match pair {
        [before, after] => {
            operator(after).is_some() && before.ends_with(is_quote)
                || operator(before).is_some() && after.starts_with(is_quote)
        }
        _ => false,
    })
}

/// Whether nearly all letters are capitals. Letters of scripts without capitals are not.
fn is_shouted<'p>(pieces: impl Iterator<Item = &'p &'p str>) -> bool {
    let (mut capitals, mut others) = (0, 0);
    for c in pieces.flat_map(|piece| piece.chars()).filter(|c| c.is_alphabetic()) {
        *(if c.is_uppercase() { &mut capitals } else { &mut others }) += 1;
    }
    let letters = capitals + others;
    capitals > 0
        && others * LETTERS_PER_SLIP <= letters.max(usize::from(letters >= LETTERS_WITH_SLIP) * LETTERS_PER_SLIP)
}

fn is_function_word(piece: &str) -> bool {
    let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
    if word.len() > MAX_FUNCTION_WORD {
        return false;
    }
    with_stemmer(|stemmer| stemmer.is_function_word(&word.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEITHER: (bool, bool) = (false, false);
    const NOT_ONLY: (bool, bool) = (false, true);
    const BOTH: (bool, bool) = (true, true);

    #[test]
    fn operators_in_capitals_are_told_from_headlines() {
        let check = |query: &str, (joins, negates): (bool, bool)| {
            let Policy { shouted, joins: found, negates: negated, .. } = policy(query, &[]);
            assert_eq!((shouted, found, negated), (true, joins, negates), "{query}");
        };
        check("TOM CRUISE NOT ATWELL", NOT_ONLY);
        check("TOM CRUISE NOT HAYLEY ATWELL", NOT_ONLY);
        check("TOM CRUISE NEAR/5 HAYLEY ATWELL", NOT_ONLY);
        check("(TOM CRUISE) NOT HAYLEY ATWELL", NOT_ONLY);
        check("TRICK OR TREAT", NOT_ONLY);
        check("\"BARBIE\" AND “OPPENHEIMER”", NOT_ONLY);
        check("McCONAUGHEY AND HARRELSON", NOT_ONLY);
        check("TO BE OR NOT TO BE", NEITHER);
        check("CRUISE DOES NOT FLY", NEITHER);
        check("\"TO BE\" (OR NOT TO BE)", NEITHER);
        check("(BATMAN OR SUPERMAN) AND TRAILER", BOTH);
        check("BATMAN OR SUPERMAN OR JOKER", BOTH);
        check("TITLE:BATMAN OR THE JOKER", BOTH);
    }

    #[test]
    fn other_queries_have_operators_unless_they_are_prose() {
        let check = |query: &str, expected: (bool, bool)| {
            let Policy { shouted, joins, negates, .. } = policy(query, &[]);
            assert_eq!((shouted, (joins, negates)), (false, expected), "{query}");
        };
        check("TOM CRUISE NOT Hayley Atwell", BOTH);
        check("a AND b", BOTH);
        check("תום AND קרוז היילי אטוול", BOTH);
        check("תום AND קרוז היילי אטוול HBO", BOTH);
        check("what did Tom Cruise AND the others say about it at the end", NEITHER);
        check("what did Tom Cruise (AND the others) say about it at the end", BOTH);
        check("title:barbie AND the people who have seen it in the first week", BOTH);
        check("\"Tom Cruise\" AND the people who have seen it in the first week", BOTH);
        check("batman OR superman OR the joker OR robin OR wonder woman OR bane OR alfred OR the penguin", BOTH);
        check("mars moon sun venus saturn pluto uranus neptune OR mercury", BOTH);
    }

    #[test]
    fn operators_of_other_engines() {
        let near = |gap, ordered| Some(Operator::Near { gap, ordered });
        for (text, expected) in [
            ("w/5", near(5, false)),
            ("W/5", near(5, false)),
            ("near/5", near(5, false)),
            ("near5", near(5, false)),
            ("NEAR5", near(5, false)),
            ("n/5", near(5, false)),
            ("AROUND(5)", near(5, false)),
            ("pre/3", near(3, true)),
            ("adj3", near(3, true)),
            ("w/s", near(25, false)),
            ("w/9999", near(1000, false)),
            ("ANDNOT", Some(Operator::Not)),
            ("w/", None),
            ("w/Tom", None),
            ("w/+5", None),
            ("near", None),
            ("nearby", None),
            ("adjust", None),
            ("AC/DC", None),
            ("9/11", None),
        ] {
            assert_eq!(foreign_operator(text), expected, "{text}");
        }
    }
}
