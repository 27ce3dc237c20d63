//! Initials in a query: “LOTR” for “The Lord of the Rings”.

use crate::article::Span;
use crate::index::EntityId;
use crate::search::error::SearchError;
use crate::search::plan::planner::Planner;
use crate::search::plan::tree::{Node, Plan, Sequence, UnitKind};
use crate::segment::{Analyzer, TermKind, fold, with_stemmer};

/// What the initials at the start of some words stand for.
pub(crate) struct SpelledOut {
    /// How many of the words they are: a number behind them may be part of the name.
    pub count: usize,
    /// The entities, each with its articles.
    pub found: Vec<(EntityId, u32)>,
    /// The words of the name.
    words: Vec<String>,
    /// Whether the initials are a word of other meaning: “GoT” is not “got”.
    is_other_word: bool,
}

/// What the first of some words stands for as initials. `named` is how many articles name
/// something by the word itself.
pub(crate) fn spelled_out(
    planner: &Planner<'_>,
    words: &[(usize, &str)],
    named: u32,
) -> Result<Option<SpelledOut>, SearchError> {
    let typed = words[0].1;
    let letters = fold(typed);
    if !letters.chars().all(char::is_alphanumeric) {
        return Ok(None);
    }
    let numbered = words.get(1).filter(|next| next.0 == words[0].0 + 1).and_then(|next| digits(next.1));
    let with_number = numbered.map(|digits| (2, planner.entities.of_initials(&format!("{letters}{digits}"))));
    let candidates = with_number.into_iter().chain([(1, planner.entities.of_initials(&letters))]);
    let Some((count, found)) = candidates.into_iter().find(|(_, found)| !found.is_empty()) else { return Ok(None) };
    let (first, articles) = found[0];
    let frequency = planner.snapshot.term_frequency(planner.schema.body, &letters)?;
    let is_word = frequency > 0 && named == 0;
    let is_meant = match count {
        // A word, and one that more articles have than the name: only as the name is written.
        1 if is_word && u64::from(articles) < frequency => is_written_as_initials(typed),
        1 => articles >= named,
        _ => true,
    };
    let Some(name) = planner.entities.name(first).filter(|_| is_meant) else { return Ok(None) };
    let found = found.iter().filter(|(entity, _)| planner.entities.name(*entity) == Some(name)).copied().collect();
    let terms = Analyzer::terms(name, Span::new(0, name.len()));
    let words = terms.into_iter().filter(|term| term.kind == TermKind::Word).map(|term| term.text.into_owned());
    Ok(Some(SpelledOut {
        count,
        found,
        words: words.collect(),
        is_other_word: is_word && u64::from(articles) < frequency,
    }))
}

impl SpelledOut {
    /// Lets the words of a query match as the name does.
    pub fn add_to(&self, plan: &mut Plan, clauses: &[(usize, &str)]) {
        for (clause, _) in clauses {
            let Node::Unit(unit) = plan.clauses[*clause].node else { continue };
            if let UnitKind::Words(sequences) = &mut plan.units[unit].kind {
                if self.is_other_word {
                    sequences.clear();
                }
                sequences.push(Sequence::exact(self.words.clone()));
            }
        }
    }
}

/// The digits of a number, or of a numeral.
fn digits(word: &str) -> Option<String> {
    let folded = fold(word);
    let numeral = crate::article::ROMAN_NUMERALS.iter().find(|(roman, _)| *roman == folded);
    let digits = numeral.map_or(folded.as_str(), |(_, digits)| digits);
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.to_owned())
}

/// Whether a word is written as initials are, and as no other word: “GoT”, with small
/// letters inside for small words, or a function word in capitals, such as “WHO”.
fn is_written_as_initials(typed: &str) -> bool {
    let capitals = typed.chars().filter(|c| c.is_uppercase()).count();
    let has_small = typed.chars().any(char::is_lowercase) && typed.ends_with(char::is_uppercase);
    let is_function = || with_stemmer(|stemmer| stemmer.is_function_word(&typed.to_lowercase()));
    capitals > 1 && (has_small || !typed.chars().any(char::is_lowercase) && is_function())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_tell_initials_from_words() {
        for (typed, expected) in
            [("GoT", true), ("WHO", true), ("got", false), ("Got", false), ("CEO", false), ("McQ", true), ("", false)]
        {
            assert_eq!(is_written_as_initials(typed), expected, "{typed}");
        }
    }

    #[test]
    fn numbers_and_numerals_have_digits() {
        for (word, expected) in [("6", Some("6")), ("VI", Some("6")), ("six", None), ("", None), ("7a", None)] {
            assert_eq!(digits(word).as_deref(), expected, "{word}");
        }
    }
}
