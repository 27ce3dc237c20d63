//! Words by Unicode Standard Annex #29, mended for names.

use unicode_segmentation::UnicodeSegmentation;

use crate::article::{Span, Token};

/// The words of `span` in `text`, in order: runs that hold a letter or digit.
///
/// Differs from UAX #29 where names need it: a colon parts words (“M:I”), and
/// a possessive “'s” belongs to none.
///
/// ```
/// use newsearch::article::Span;
/// use newsearch::segment::words;
/// let text = "M:I 7's star, Conan O’Brien";
/// let words: Vec<_> = words(text, Span::new(0, text.len())).iter().map(|w| w.span.of(text)).collect();
/// assert_eq!(words, ["M", "I", "7", "star", "Conan", "O’Brien"]);
/// ```
pub fn words(text: &str, span: Span) -> Vec<Token> {
    let inner = span.of(text);
    let mut tokens = Vec::with_capacity(inner.len() / 5);
    for (at, word) in inner.split_word_bound_indices() {
        if !word.as_bytes()[0].is_ascii_alphanumeric() && !word.chars().any(char::is_alphanumeric) {
            continue;
        }
        if !is_parted_possessive(inner, at, word) {
            add_word(span.start + at, word, &mut tokens);
        }
    }
    tokens
}

/// The “s” of “7's”, which UAX #29 makes a word of its own.
fn is_parted_possessive(text: &str, at: usize, word: &str) -> bool {
    (word == "s" || word == "S")
        && text[..at]
            .strip_suffix(['\'', '’'])
            .is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '+' | '!' | ')')))
}

fn add_word(start: usize, word: &str, tokens: &mut Vec<Token>) {
    let push = |from: usize, to: usize, tokens: &mut Vec<Token>| {
        if from < to {
            tokens.push(Token { span: Span::new(start + from, start + to) });
        }
    };
    let word = &word[..word.len() - possessive(word)];
    if !word.contains([':', '_']) {
        push(0, word.len(), tokens);
        return;
    }
    let mut from = 0;
    for (at, mark) in word.match_indices([':', '_']) {
        push(from, at, tokens);
        from = at + mark.len();
    }
    push(from, word.len(), tokens);
}

/// The length in bytes of a possessive ending.
fn possessive(word: &str) -> usize {
    let end = ["'s", "’s", "'S", "’S"].into_iter().find(|end| word.ends_with(end));
    end.map_or(0, |end| if word.len() > end.len() { end.len() } else { 0 })
}
