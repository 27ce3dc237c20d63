//! Splits text into word pieces: the longest piece that a word begins with, then the
//! longest that goes on, as in Wu et al., “Google's Neural Machine Translation System”,
//! 2016. Words are in lower case and without accents.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::table::Table;

/// Longer words than this, in bytes, have no pieces.
const LONGEST_WORD: usize = 100;

/// Calls `each` with the pieces of a text until it says no. A word of which a part is
/// unknown has none.
pub(super) fn each_piece(table: &Table, text: &str, mut each: impl FnMut(usize) -> bool) {
    let mut word = String::new();
    let mut pieces = Vec::new();
    let mut flush = |word: &mut String| {
        split(table, word, &mut pieces);
        word.clear();
        pieces.drain(..).all(&mut each)
    };
    for c in text.chars().map(|c| if matches!(c, '‘' | '’') { '\'' } else { c }) {
        if c.is_alphanumeric() || is_combining_mark(c) {
            push_folded(c, &mut word);
            if !is_ideograph(c) {
                continue;
            }
        } else if !c.is_whitespace() && !c.is_control() {
            // A sign is a word by itself.
            if !flush(&mut word) {
                return;
            }
            word.push(c);
        }
        if !flush(&mut word) {
            return;
        }
    }
    flush(&mut word);
}

/// Adds a letter in lower case, without its accents.
fn push_folded(c: char, word: &mut String) {
    if c.is_ascii() {
        word.push(c.to_ascii_lowercase());
    } else {
        word.extend(c.to_lowercase().nfd().filter(|part| !is_combining_mark(*part)));
    }
}

/// Whether a letter is a word by itself.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

fn split(table: &Table, word: &str, pieces: &mut Vec<usize>) {
    if word.len() > LONGEST_WORD {
        return;
    }
    let mut rest = word;
    while !rest.is_empty() {
        let within = rest.len() < word.len();
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
        let longest =
            ends.map(|end| rest.split_at(end)).find_map(|(piece, rest)| Some((table.piece(piece, within)?, rest)));
        let Some((piece, after)) = longest else {
            pieces.clear();
            return;
        };
        pieces.push(piece);
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::table;
    use super::*;

    fn check(text: &str, expected: &[(&str, bool)]) {
        let table = table();
        let mut found = Vec::new();
        each_piece(table, text, |piece| {
            found.push(piece);
            true
        });
        let expected: Vec<usize> =
            expected.iter().map(|(piece, within)| table.piece(piece, *within).expect("a piece")).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_are_split_into_the_longest_pieces() {
        check("", &[]);
        check("The Film", &[("the", false), ("film", false)]);
        check("THE FILM", &[("the", false), ("film", false)]);
        check("Beyoncé", &[("beyonce", false)]);
        check("Beyonce\u{301}", &[("beyonce", false)]);
        check("unboxings", &[("un", false), ("box", true), ("ings", true)]);
        check("it’s", &[("it", false), ("'", false), ("s", false)]);
        check("it's", &[("it", false), ("'", false), ("s", false)]);
        check("東京", &[("東", false), ("京", false)]);
        check(&"x".repeat(200), &[]);
    }

    #[test]
    fn reading_stops_when_told() {
        let mut count = 0;
        each_piece(table(), "one two three four", |_| {
            count += 1;
            count < 2
        });
        assert_eq!(count, 2);
    }
}
