//! Cutting texts into words, spaces and marks.

/// The tokens of a text: words, spaces, and marks. An apostrophe with one or two
/// letters is one token.
pub(super) struct Tokens<'t>(pub &'t str);

impl<'t> Iterator for Tokens<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        /// Characters of marks in one token.
        const MARKS: usize = 4;
        let mut chars = self.0.chars();
        let first = chars.next()?;
        let end = if first == ' ' {
            1
        } else if is_letter(first) {
            self.0.find(|c| !is_letter(c)).unwrap_or(self.0.len())
        } else {
            let letters = || chars.clone().take_while(|c| is_letter(*c)).take(3);
            match (first, letters().count()) {
                ('\'' | '’', 1 | 2) => first.len_utf8() + letters().map(char::len_utf8).sum::<usize>(),
                _ => self.0.chars().take(MARKS).take_while(|c| *c != ' ' && !is_letter(*c)).map(char::len_utf8).sum(),
            }
        };
        let (token, rest) = self.0.split_at(end);
        self.0 = rest;
        Some(token)
    }
}

/// Whether it belongs to words; General Punctuation does not.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || c >= '\u{80}' && !('\u{2000}'..='\u{206f}').contains(&c)
}

/// Whether a token is a word.
pub(super) fn is_word(token: &str) -> bool {
    token.chars().next().is_some_and(is_letter)
}

/// Whether the space before a word that follows this text is implied.
pub(super) fn leaves_gap(text: &[u8]) -> bool {
    match text {
        [.., 0xe2, 0x80, last] => matches!(last, 0x99 | 0x9d),
        [.., last] => last.is_ascii_alphanumeric() || *last >= 0x80 || b",.;:?!)".contains(last),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_into_words_and_marks() {
        let check = |text: &str, expected: &[&str]| {
            assert_eq!(Tokens(text).collect::<Vec<_>>(), expected);
            assert_eq!(expected.concat(), text);
        };
        check("", &[]);
        check("The film", &["The", " ", "film"]);
        check("It’s late", &["It", "’s", " ", "late"]);
        check("rock'n'roll", &["rock", "'n", "'", "roll"]);
        check("Oh ... Beyoncé!", &["Oh", " ", "...", " ", "Beyoncé", "!"]);
        check("a-----b", &["a", "----", "-", "b"]);
    }

    #[test]
    fn spaces_are_implied_behind_words_and_clauses() {
        for text in ["film", "film,", "said.", "“so”", "film’", "é"] {
            assert!(leaves_gap(text.as_bytes()), "{text}");
        }
        for text in ["", " ", "(", "“", "-", "…"] {
            assert!(!leaves_gap(text.as_bytes()), "{text}");
        }
        assert!(is_word("film") && is_word("7") && is_word("é") && !is_word("’s") && !is_word(" "));
    }
}
