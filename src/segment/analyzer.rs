//! Words to index terms at positions.

use std::borrow::Cow;

use crate::article::{Span, Token, char_boundary};

use super::fold::{fold_into, folded};
use super::glued::name_parts;
use super::parts::{after_elision, dotted_parts};
use super::signs::signs;
use super::words;

/// The longest term in bytes; longer ones are truncated.
const MAX_TERM: usize = 80;
/// The bytes between two words in which signs are looked for.
const MAX_GAP: usize = 64;

/// How a term relates to its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermKind {
    /// The word itself. Every position has exactly one.
    Word,
    /// Part of a glued name, or the joined form of a compound: another way to
    /// find the same position. The positions of other words do not change.
    Variant,
    /// Part of a word that finds it, but does not stand for it: in a query it is nothing.
    Part,
}

/// A term at its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term<'t> {
    /// The folded word, borrowed from the text if folding does not change it.
    pub text: Cow<'t, str>,
    /// Count of words before it.
    pub position: u32,
    /// The bytes of the text it was made from.
    pub span: Span,
    /// Whether it is the word itself.
    pub kind: TermKind,
}

/// Makes the terms of articles and queries.
///
/// `PomKlementieff` is indexed whole and as “pom klementieff”, `Spider-Man` as
/// two words and as “spiderman”, `Paramount+` as “paramount” and “paramount+”,
/// `TMZ.com` whole and as “tmz com”, `d’Adèle` also as “adele”; a sign that
/// is a name, such as “÷”, is at the position of the word before it, of the word after it
/// at the start of a line. The words after them keep their positions.
///
/// ```
/// use newsearch::Span;
/// use newsearch::internals::segment::Analyzer;
/// let text = "VingRhames smiled";
/// let terms = Analyzer::terms(text, Span::new(0, text.len()));
/// let at = |position| {
///     terms.iter().filter(|t| t.position == position).map(|t| &*t.text).collect::<Vec<_>>()
/// };
/// assert_eq!(at(0), ["vingrhames", "ving", "rhames"]);
/// assert_eq!(at(1), ["rhames", "smiled"]);
/// ```
pub struct Analyzer;

impl Analyzer {
    /// The terms of `span` in `text`, in order of position.
    pub fn terms(text: &str, span: Span) -> Vec<Term<'_>> {
        Self::terms_of(text, &words(text, span))
    }

    /// The terms of `words`, which are those of the text.
    pub fn terms_of<'t>(text: &'t str, words: &[Token]) -> Vec<Term<'t>> {
        let mut terms = Vec::with_capacity(words.len() + 8);
        // Variants at positions not reached yet.
        let mut later: Vec<Term<'t>> = Vec::new();
        add_leading_signs(text, words.first(), &mut terms);
        for (index, word) in words.iter().enumerate() {
            let position = index as u32;
            if !later.is_empty() {
                let (due, rest) = later.drain(..).partition(|term| term.position <= position);
                let due: Vec<Term<'t>> = due;
                terms.extend(due);
                later = rest;
            }
            let term = word_term(text, word.span, position);
            add(text, words, index, term, &mut terms, &mut later);
            let end = words.get(index + 1).map_or(text.len(), |next| next.span.start);
            add_signs(text, Span::new(word.span.end, end), position, &mut terms);
        }
        later.sort_by_key(|term| term.position);
        terms.append(&mut later);
        terms
    }
}

/// The term of a word itself.
fn word_term(text: &str, span: Span, position: u32) -> Term<'_> {
    let mut text = folded(span.of(text));
    if text.len() > MAX_TERM {
        let end = (0..=MAX_TERM).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text = Cow::Owned(text[..end].to_owned());
    }
    Term { text, position, span, kind: TermKind::Word }
}

/// Adds `term`, the term of the word `index`, and the variants that start at it.
fn add<'t>(
    text: &'t str,
    words: &[Token],
    index: usize,
    term: Term<'t>,
    terms: &mut Vec<Term<'t>>,
    later: &mut Vec<Term<'t>>,
) {
    let Term { span, position, .. } = term;
    let with_plus = text[span.end..].starts_with('+').then(|| Term {
        text: Cow::Owned(format!("{}+", term.text)),
        span: Span::new(span.start, span.end + 1),
        position,
        kind: TermKind::Variant,
    });
    let compound = compound(text, words, index, &term.text);
    terms.push(term);
    terms.extend(with_plus);
    terms.extend(compound);
    let word = span.of(text);
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return;
    }
    if let Some(parts) = name_parts(word).or_else(|| dotted_parts(word)) {
        add_parts(text, span, position, &parts, terms, later);
    }
    let rest = after_elision(word).map(|rest| word_term(text, rest.shifted(span.start), position));
    terms.extend(rest.map(|rest| Term { kind: TermKind::Part, ..rest }));
}

/// Adds the signs on the line of the first word before it.
fn add_leading_signs<'t>(text: &'t str, first: Option<&Token>, terms: &mut Vec<Term<'t>>) {
    let end = first.map_or(text.len(), |word| word.span.start);
    let start = char_boundary(text, end.saturating_sub(MAX_GAP));
    let line = text[start..end].rfind('\n').map_or(start, |at| start + at + 1);
    push_signs(text, Span::new(line, end), 0, terms);
}

/// Adds the signs between two words, at the position of the first; those on the line of
/// the second at its position.
fn add_signs<'t>(text: &'t str, gap: Span, position: u32, terms: &mut Vec<Term<'t>>) {
    // Fast path: nearly always a space, or a mark and a space.
    if gap.len() < 3 && gap.of(text).is_ascii() {
        return;
    }
    let gap = Span::new(gap.start, char_boundary(text, gap.end.min(gap.start + MAX_GAP)));
    match text[gap.start..gap.end].find('\n') {
        None => push_signs(text, gap, position, terms),
        Some(at) => {
            let line = text[gap.start..gap.end].rfind('\n').map_or(gap.end, |at| gap.start + at + 1);
            push_signs(text, Span::new(gap.start, gap.start + at), position, terms);
            push_signs(text, Span::new(line, gap.end), position + 1, terms);
        }
    }
}

fn push_signs<'t>(text: &'t str, gap: Span, position: u32, terms: &mut Vec<Term<'t>>) {
    let inside = gap.of(text);
    if inside.is_ascii() && !inside.contains("!!") && !inside.contains("??") {
        return;
    }
    let follows_word = text[..gap.start].ends_with(char::is_alphanumeric);
    terms.extend(signs(inside, follows_word).map(|sign| {
        let span = sign.shifted(gap.start);
        Term { text: Cow::Borrowed(span.of(text)), position, span, kind: TermKind::Variant }
    }));
}

/// Adds the parts of a glued name at successive positions, the last part also
/// at the word's own position, so that phrases with the next word match.
fn add_parts<'t>(
    text: &'t str,
    word: Span,
    position: u32,
    parts: &[Span],
    terms: &mut Vec<Term<'t>>,
    later: &mut Vec<Term<'t>>,
) {
    let part = |nth: usize, position: u32| Term {
        kind: TermKind::Variant,
        ..word_term(text, parts[nth].shifted(word.start), position)
    };
    let last = parts.len() - 1;
    terms.push(part(0, position));
    terms.push(part(last, position));
    for nth in 1..parts.len() {
        later.push(part(nth, position + nth as u32));
    }
}

/// “Spider-Man” as “spiderman”, at the position of its first word: up to four
/// words and 40 bytes.
fn compound<'t>(text: &'t str, words: &[Token], index: usize, first: &str) -> Option<Term<'t>> {
    let hyphenated =
        |a: &Token, b: &Token| matches!(text.get(a.span.end..b.span.start), Some("-" | "\u{2010}" | "\u{2011}"));
    let here = &words[index];
    if !words.get(index + 1).is_some_and(|next| hyphenated(here, next)) {
        return None;
    }
    if index > 0 && hyphenated(&words[index - 1], here) {
        return None;
    }
    let mut joined = first.to_owned();
    let mut end = index;
    while end - index < 3 && words.get(end + 1).is_some_and(|next| hyphenated(&words[end], next)) {
        end += 1;
        fold_into(words[end].span.of(text), &mut joined);
    }
    (joined.len() <= 40).then(|| Term {
        text: Cow::Owned(joined),
        position: index as u32,
        span: Span::new(here.span.start, words[end].span.end),
        kind: TermKind::Variant,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(u32, &str)]) {
        let terms = Analyzer::terms(text, Span::new(0, text.len()));
        let found: Vec<_> = terms.iter().map(|t| (t.position, &*t.text)).collect();
        assert_eq!(found, expected, "{text}");
        assert!(found.is_sorted_by_key(|t| t.0));
    }

    #[test]
    fn variants_shift_nothing() {
        check(
            "Spider-Man on Disney+",
            &[(0, "spider"), (0, "spiderman"), (1, "man"), (2, "on"), (3, "disney"), (3, "disney+")],
        );
        check(
            "GregTarzanDavis Davis",
            &[(0, "gregtarzandavis"), (0, "greg"), (0, "davis"), (1, "tarzan"), (1, "davis"), (2, "davis")],
        );
        check("M:I 7’s McQuarrie", &[(0, "m"), (1, "i"), (2, "7"), (3, "mcquarrie")]);
    }

    #[test]
    fn compounds_have_at_most_four_words() {
        check("co-op", &[(0, "co"), (0, "coop"), (1, "op")]);
        check("a-b-c-d-e", &[(0, "a"), (0, "abcd"), (1, "b"), (2, "c"), (3, "d"), (4, "e")]);
        check("a - b", &[(0, "a"), (1, "b")]);
    }

    #[test]
    fn parts_are_found_by_themselves() {
        check("U.S. film 3.5", &[(0, "us"), (1, "film"), (2, "3.5")]);
        check("by TMZ.com.", &[(0, "by"), (1, "tmz.com"), (1, "tmz"), (1, "com"), (2, "com")]);
        check("the casting.Hayley Atwell", &[(0, "the"), (1, "casting"), (2, "hayley"), (3, "atwell")]);
        check("J.K.Rowling said", &[(0, "j.k.rowling"), (0, "jk"), (0, "rowling"), (1, "rowling"), (1, "said")]);
        check("will.i.am", &[(0, "will.i.am"), (0, "will"), (0, "am"), (1, "i"), (2, "am")]);
        check("Vie d’Adèle", &[(0, "vie"), (1, "dadele"), (1, "adele")]);
    }

    #[test]
    fn signs_are_names_at_the_word_beside_them() {
        check("÷", &[(0, "÷")]);
        check(
            "★ Low tide\n÷ sold “÷” well",
            &[(0, "★"), (0, "low"), (1, "tide"), (2, "÷"), (2, "sold"), (2, "÷"), (3, "well")],
        );
        check("a – b … c + d", &[(0, "a"), (1, "b"), (2, "c"), (3, "d")]);
        check("M÷A 🎬night", &[(0, "m"), (0, "÷"), (1, "a"), (1, "🎬"), (2, "night")]);
        check("!!! play, wow!!!", &[(0, "!!!"), (0, "play"), (1, "wow")]);
        check("the band !!! play", &[(0, "the"), (1, "band"), (1, "!!!"), (2, "play")]);
    }

    #[test]
    fn kinds_and_spans_of_variants() {
        let text = "TomCruise+";
        let terms = Analyzer::terms(text, Span::new(0, text.len()));
        let found: Vec<_> = terms.iter().map(|t| (&*t.text, t.kind, t.span.of(text))).collect();
        let expected = [
            ("tomcruise", TermKind::Word, "TomCruise"),
            ("tomcruise+", TermKind::Variant, "TomCruise+"),
            ("tom", TermKind::Variant, "Tom"),
            ("cruise", TermKind::Variant, "Cruise"),
            ("cruise", TermKind::Variant, "Cruise"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn long_words_are_truncated_at_a_character() {
        let text = "字".repeat(30);
        let word = Token { span: Span::new(0, text.len()) };
        let terms = Analyzer::terms_of(&text, &[word]);
        assert_eq!(terms[0].text.chars().count(), 26);
        let plain = "x".repeat(100);
        assert_eq!(Analyzer::terms(&plain, Span::new(0, 100))[0].text.len(), MAX_TERM);
    }
}
