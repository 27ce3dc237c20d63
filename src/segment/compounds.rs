//! Compounds: words that are also written as one (`Spider-Man`, `rock'n'roll`).

use super::analyzer::{Term, TermKind};
use super::fold::fold;

/// The most words of a compound.
pub const MAX_COMPOUND_WORDS: usize = 4;

/// The compounds among the terms of a text: each as one word, and as its words separated
/// by spaces. Not numbers with their units: “34-year-old”.
///
/// ```
/// use newsearch::Span;
/// use newsearch::internals::segment::{Analyzer, compounds};
/// let text = "Spider-Man meets a 34-year-old";
/// let terms = Analyzer::terms(text, Span::new(0, text.len()));
/// let found: Vec<_> = compounds(text, &terms).collect();
/// assert_eq!(found, [("spiderman".to_owned(), "spider man".to_owned())]);
/// ```
pub fn compounds<'t>(text: &'t str, terms: &'t [Term<'_>]) -> impl Iterator<Item = (String, String)> + 't {
    terms.iter().enumerate().filter_map(move |(at, term)| match term.kind {
        TermKind::Word => elided_and(term.span.of(text)),
        TermKind::Variant => hyphenated(terms, at),
        TermKind::Part => None,
    })
}

/// The compound whose joined form is the term `at`.
fn hyphenated(terms: &[Term<'_>], at: usize) -> Option<(String, String)> {
    let joined = &terms[at];
    let first = terms[..at].iter().rposition(|term| term.kind == TermKind::Word)?;
    let inside = |term: &&Term<'_>| joined.span.start <= term.span.start && term.span.end <= joined.span.end;
    let near = terms[first..].iter().take_while(|term| term.position < joined.position + MAX_COMPOUND_WORDS as u32);
    let words: Vec<&str> =
        near.filter(|term| term.kind == TermKind::Word).filter(inside).map(|term| &*term.text).collect();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_measure = is_number(words.first()?) && !words.iter().all(|word| is_number(word));
    (words.len() > 1 && !is_measure && words.concat() == joined.text)
        .then(|| (joined.text.to_string(), words.join(" ")))
}

/// The words of one with an elided “and” in it: `rock'n'roll`.
pub fn elided_and(word: &str) -> Option<(String, String)> {
    // Fast path: nearly all words have no apostrophe.
    if !word.contains(['\'', '’']) {
        return None;
    }
    let parts: Vec<String> = word.split(['\'', '’']).map(fold).filter(|part| !part.is_empty()).collect();
    matches!(&parts[..], [_, and, _] if and == "n").then(|| (parts.concat(), parts.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::super::analyzer::Analyzer;
    use super::*;
    use crate::article::Span;

    #[test]
    fn compounds_of_a_text() {
        let check = |text: &str, expected: &[(&str, &str)]| {
            let terms = Analyzer::terms(text, Span::new(0, text.len()));
            let found: Vec<(String, String)> = compounds(text, &terms).collect();
            let found: Vec<(&str, &str)> = found.iter().map(|(one, words)| (one.as_str(), words.as_str())).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("the X-Men on Disney+", &[("xmen", "x men")]);
        check("a sci-fi rom‑com", &[("scifi", "sci fi"), ("romcom", "rom com")]);
        check("rock'n'roll, drum’n’bass", &[("rocknroll", "rock n roll"), ("drumnbass", "drum n bass")]);
        check("9-1-1 and 10-week-old", &[("911", "9 1 1")]);
        check("don't VingRhames TMZ.com O'Brien", &[]);
    }
}
