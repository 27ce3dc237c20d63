//! The words of a query that is nothing but words.

use crate::article::{FieldName, Language, Span};
use crate::search::backend::archive::Archive;
use crate::search::error::SearchError;
use crate::search::language::parser::parse;
use crate::search::language::syntax_tree::{Clause, Expression, Occur};
use crate::segment::{Analyzer, TermKind, with_stemmer};

/// A word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct QueryWord {
    pub typed: String,
    /// As it is indexed; `None` for what is no single word of letters, and never a
    /// misspelling.
    pub folded: Option<String>,
    /// The articles that have it, in any form.
    pub articles: u64,
    pub is_function: bool,
}

/// The words of a query that is nothing but words.
pub(super) fn plain_words(text: &str, fields: &[FieldName]) -> Option<Vec<String>> {
    let clauses = parse(text, fields).ok()?;
    let word = |clause: Clause| match clause {
        Clause { occur: Occur::Should, expression: Expression::Word(word) } => Some(word),
        _ => None,
    };
    clauses.into_iter().map(word).collect()
}

/// What an archive knows of some words.
pub(super) fn look_up(archive: &Archive, words: &[String]) -> Result<Vec<QueryWord>, SearchError> {
    archive.snapshot.settle(|| words.iter().map(|word| look_up_word(archive, word)).collect())
}

fn look_up_word(archive: &Archive, typed: &str) -> Result<QueryWord, SearchError> {
    let terms = Analyzer::terms(typed, Span::new(0, typed.len()));
    let mut words = terms.iter().filter(|term| term.kind == TermKind::Word);
    let (first, second) = (words.next(), words.next());
    let folded = first.filter(|_| second.is_none()).map(|term| term.text.to_string());
    let folded = folded.filter(|word| word.chars().all(char::is_alphabetic));
    let Some(word) = &folded else {
        return Ok(QueryWord { typed: typed.to_owned(), folded, articles: u64::MAX, is_function: false });
    };
    let (snapshot, body) = (&archive.snapshot, archive.schema.body);
    let stem = with_stemmer(|stemmer| stemmer.stem(word).to_owned());
    let forms = snapshot.segments.forms.of(&stem);
    let of_stem = snapshot.frequency(body, &forms)?;
    let articles = of_stem.max(snapshot.term_frequency(body, word)?);
    let is_function = Language::default().is_function_word(&stem);
    Ok(QueryWord { typed: typed.to_owned(), folded, articles, is_function })
}

/// The words of a text as they are indexed, separated by spaces.
pub(super) fn indexed_words(text: &str) -> String {
    let terms = Analyzer::terms(text, Span::new(0, text.len()));
    let words = terms.iter().filter(|term| term.kind == TermKind::Word);
    words.map(|term| term.text.as_ref()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_queries_of_words_are_plain() {
        let check = |text, expected: Option<&[&str]>| {
            let words = plain_words(text, &[]);
            let expected = expected.map(|words| words.iter().map(ToString::to_string).collect::<Vec<_>>());
            assert_eq!(words, expected);
        };
        check("low tide", Some(&["low", "tide"]));
        check("", Some(&[]));
        check("low -tide", None);
        check("\"low tide\"", None);
        check("person:Ada", None);
        check("(low", Some(&["low"]));
    }

    #[test]
    fn words_are_as_they_are_indexed() {
        assert_eq!(indexed_words("M*A*S*H: Beyoncé’s"), "m a s h beyonce");
    }
}
