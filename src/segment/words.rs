//! Words by Unicode Standard Annex #29, corrected for names.

use unicode_segmentation::UnicodeSegmentation;

use crate::article::{Span, Token};

use super::fold::is_invisible;

/// The words of `span` in `text`, in order: the segments of UAX #29 that have a
/// letter or digit.
///
/// Differs from UAX #29 for the sake of names: a colon or underscore separates
/// words (“M:I”), so does a dot between sentences whose space was lost
/// (“casting.Hayley”), and a possessive “'s” is not part of a word.
///
/// ```
/// use newsearch::Span;
/// use newsearch::internals::segment::words;
/// let text = "M:I 7's star, Conan O’Brien";
/// let words: Vec<_> = words(text, Span::new(0, text.len())).iter().map(|w| w.span.of(text)).collect();
/// assert_eq!(words, ["M", "I", "7", "star", "Conan", "O’Brien"]);
/// ```
pub fn words(text: &str, span: Span) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(span.len() / 5);
    each_word(text, span, &mut |span| tokens.push(Token { span }));
    tokens
}

/// Passes the spans of the words to `each`.
pub(crate) fn each_word(text: &str, span: Span, each: &mut impl FnMut(Span)) {
    let inner = span.of(text);
    let mut from = 0;
    while from < inner.len() {
        let end = inner.as_bytes()[from..].iter().position(|byte| *byte == b' ').map_or(inner.len(), |at| from + at);
        let piece = &inner[from..end];
        match plain(piece) {
            Some(0) => {}
            Some(length) => each(Span::new(span.start + from, span.start + from + length)),
            None if piece.contains(HINT) => {
                join_at_hints(piece, &mut |word| each(word.shifted(span.start + from)));
            }
            None => {
                piece.split_word_bound_indices().for_each(|(at, part)| add(inner, from + at, part, span.start, each));
            }
        }
        from = end + 1;
    }
}

/// Where a line may be broken: within a word in most scripts, between words in those that
/// write none apart.
const HINT: char = '\u{200b}';

/// Passes the words of a piece, those on either side of a [`HINT`] as one.
fn join_at_hints(piece: &str, each: &mut impl FnMut(Span)) {
    let mut last: Option<Span> = None;
    let mut push = |word: Span| match &mut last {
        Some(before) if is_hint(piece, *before, word) => before.end = word.end,
        last => {
            if let Some(before) = last.replace(word) {
                each(before);
            }
        }
    };
    piece.split_word_bound_indices().for_each(|(at, part)| add(piece, at, part, 0, &mut push));
    if let Some(word) = last {
        each(word);
    }
}

/// Whether nothing but invisible characters is between two words of scripts that write
/// words apart.
fn is_hint(text: &str, before: Span, word: Span) -> bool {
    let is_apart = |c: char| c.is_alphanumeric() && (c < '\u{e00}' || ('\u{1e00}'..='\u{1fff}').contains(&c));
    text[before.end..word.start].chars().all(is_invisible)
        && text[..before.end].chars().rev().find(|c| !is_invisible(*c)).is_some_and(is_apart)
        && text[word.start..].chars().next().is_some_and(is_apart)
        && text[before.end..word.start].contains(HINT)
}

/// Fast path: the length of the word if a piece between spaces is ASCII letters
/// and digits and then at most one mark. UAX #29 has boundaries at every space and
/// at the mark, and none within the word.
fn plain(piece: &str) -> Option<usize> {
    let bytes = piece.as_bytes();
    let length = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(bytes.len());
    matches!(bytes[length..], [] | [b',' | b'.' | b';' | b':' | b'!' | b'?' | b')' | b'"']).then_some(length)
}

/// Passes the words of a segment of UAX #29, if it has any.
fn add(text: &str, at: usize, part: &str, start: usize, each: &mut impl FnMut(Span)) {
    let is_word = part.as_bytes()[0].is_ascii_alphanumeric() || part.chars().any(char::is_alphanumeric);
    // UAX #29 has invisible characters behind a word in it.
    let part = part.trim_end_matches(is_invisible);
    if is_word && !is_detached_possessive(text, at, part) {
        add_word(start + at, part, each);
    }
}

/// Whether it is the “s” of “7's”, which UAX #29 makes a word of its own.
fn is_detached_possessive(text: &str, at: usize, word: &str) -> bool {
    (word == "s" || word == "S")
        && text[..at]
            .strip_suffix(['\'', '’'])
            .is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '+' | '!' | ')')))
}

/// Passes the parts of a word between colons, underscores, and sentences that nothing
/// separates.
fn add_word(start: usize, word: &str, each: &mut impl FnMut(Span)) {
    let mut part = |from: usize, to: usize| {
        if from < to {
            each(Span::new(start + from, start + to));
        }
    };
    let word = &word[..word.len() - possessive(word)];
    let mut from = 0;
    for (at, mark) in word.match_indices([':', '_', '.']) {
        if mark != "." || ends_sentence(&word[..at], &word[at + 1..]) {
            part(from, at);
            from = at + mark.len();
        }
    }
    part(from, word.len());
}

/// Whether a dot within a word ends a sentence or an abbreviation, of which the space after
/// it was lost: “casting.Hayley”, “Dr.Dre”. Not that of “Ph.D”, “TMZ.com” or “Node.JS”.
fn ends_sentence(before: &str, after: &str) -> bool {
    let mut next = after.chars();
    before.ends_with(char::is_lowercase)
        && next.next().is_some_and(char::is_uppercase)
        && next.next().is_some_and(char::is_lowercase)
}

/// The length of a possessive ending in bytes; 0 if there is none.
fn possessive(word: &str) -> usize {
    let end = ["'s", "’s", "'S", "’S"].into_iter().find(|end| word.ends_with(end));
    end.map_or(0, |end| if word.len() > end.len() { end.len() } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::odd_texts;

    #[test]
    fn the_fast_path_gives_the_words_of_uax29() {
        for text in odd_texts() {
            let mut whole = Vec::new();
            let mut push = |span| whole.push(Token { span });
            text.split_word_bound_indices().for_each(|(at, part)| add(&text, at, part, 0, &mut push));
            assert_eq!(words(&text, Span::new(0, text.len())), whole, "{text:?}");
        }
    }

    #[test]
    fn words_of_names() {
        fn check(text: &str, expected: &[&str]) {
            let found = words(text, Span::new(0, text.len()));
            assert_eq!(found.iter().map(|w| w.span.of(text)).collect::<Vec<_>>(), expected, "{text}");
        }
        check("M:I and snake_case", &["M", "I", "and", "snake", "case"]);
        check("Tom’s film, the Joneses' house", &["Tom", "film", "the", "Joneses", "house"]);
        check("7's, U.S.'s and E!'s", &["7", "U.S", "and", "E"]);
        check("'s", &["s"]);
        check("J.K. paid $1,500.50 (or so)", &["J.K", "paid", "1,500.50", "or", "so"]);
        check("Spider-Man & Éa", &["Spider", "Man", "Éa"]);
        check(" — … ", &[]);
        check(
            "the casting.Hayley Dr.Dre e.g.The Ph.D",
            &["the", "casting", "Hayley", "Dr", "Dre", "e.g", "The", "Ph.D"],
        );
        check("TMZ.com Node.JS U.S.Navy J.Lo", &["TMZ.com", "Node.JS", "U.S.Navy", "J.Lo"]);
        check("Pe\u{200b}dro Pascal\u{200b}, Hay\u{ad}ley", &["Pe\u{200b}dro", "Pascal", "Hay\u{ad}ley"]);
        check("a\u{200b}b\u{200b}\u{2060}c-d", &["a\u{200b}b\u{200b}\u{2060}c", "d"]);
        check("ท\u{200b}ย", &["ท", "ย"]);
    }

    #[test]
    fn only_the_span_is_read() {
        let text = "one two three";
        let found = words(text, Span::new(4, 7));
        assert_eq!(found, [Token { span: Span::new(4, 7) }]);
    }
}
