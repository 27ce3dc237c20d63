//! Numbers, words and marks of a text.

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// Digits: their value (the largest one if it is beyond 64 bits) and count.
    Number(u64, usize),
    Word(&'t str),
    Mark(char),
}

/// The tokens of a text in lower case.
#[derive(Debug)]
pub(super) struct Tokens<'t> {
    /// Each with whether it follows the one before it without a space.
    list: Vec<(Token<'t>, bool)>,
}

/// Characters that are words of their own, since nothing separates them.
const SINGLE: &[char] = &['年', '月', '日', '년', '월', '일'];

/// Characters that are not shown, such as direction marks.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

impl<'t> Tokens<'t> {
    /// Cuts a text that is in lower case.
    pub(super) fn of(text: &'t str) -> Self {
        let mut list = Vec::new();
        let mut is_glued = false;
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let length = if first.is_ascii_digit() {
                rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
            } else if first.is_alphabetic() && !SINGLE.contains(&first) {
                // Combining marks belong to their letter.
                let in_word = |c: char| c.is_alphabetic() && !SINGLE.contains(&c) || matches!(c, '\u{300}'..='\u{36f}');
                rest.find(|c| !in_word(c)).unwrap_or(rest.len())
            } else {
                first.len_utf8()
            };
            let (piece, after) = rest.split_at(length.max(first.len_utf8()));
            rest = after;
            if is_blank(first) {
                is_glued = false;
                continue;
            }
            let token = if first.is_ascii_digit() {
                Token::Number(piece.parse().unwrap_or(u64::MAX), piece.len())
            } else if first.is_alphabetic() {
                Token::Word(piece)
            } else {
                Token::Mark(first)
            };
            list.push((token, is_glued));
            is_glued = true;
        }
        Self { list }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn at(&self, at: usize) -> Option<Token<'t>> {
        self.list.get(at).map(|(token, _)| *token)
    }

    /// A number with its count of digits.
    pub(super) fn number(&self, at: usize) -> Option<(u64, usize)> {
        match self.at(at)? {
            Token::Number(value, digits) => Some((value, digits)),
            _ => None,
        }
    }

    /// A number of at most `max` digits.
    pub(super) fn short_number(&self, at: usize, max: usize) -> Option<i16> {
        let (value, digits) = self.number(at)?;
        if digits <= max { i16::try_from(value).ok() } else { None }
    }

    pub(super) fn word(&self, at: usize) -> Option<&'t str> {
        match self.at(at)? {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn is_mark(&self, at: usize, marks: &[char]) -> bool {
        matches!(self.at(at), Some(Token::Mark(mark)) if marks.contains(&mark))
    }

    /// Whether a token follows the one before it without a space.
    pub(super) fn is_glued(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|(_, glued)| *glued)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_words_and_marks() {
        let tokens = Tokens::of("5th\u{a0}märz, 2019年3月");
        let expected = [
            (Token::Number(5, 1), false),
            (Token::Word("th"), true),
            (Token::Word("märz"), false),
            (Token::Mark(','), true),
            (Token::Number(2019, 4), false),
            (Token::Word("年"), true),
            (Token::Number(3, 1), true),
            (Token::Word("月"), true),
        ];
        assert_eq!(tokens.list, expected);
        assert_eq!(Tokens::of("99999999999999999999999").number(0), Some((u64::MAX, 23)));
        assert_eq!(Tokens::of(" \u{200e} ").len(), 0);
    }
}
