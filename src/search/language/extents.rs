//! Where words, ranges and quoted texts end.

use crate::search::language::marks::{is_address, is_quote, separator};

/// Bytes in which the end of a range or of text in single quotation marks is looked for.
const NEAR_END: usize = 200;

/// Bytes of a word, which ends at white space, at a typographic quotation mark, in a
/// group at `)`, and, if `splits`, at marks that part words.
pub(crate) fn word_length(rest: &str, in_group: bool, splits: bool) -> usize {
    let splits = splits && !is_address(rest);
    let mut before = None;
    for (at, c) in rest.char_indices() {
        let is_end = c.is_whitespace()
            || c == ')' && in_group
            || c != '"' && is_quote(c)
            || splits && separator(before, &rest[at..]) > 0;
        if at > 0 && is_end {
            return at;
        }
        before = Some(c);
    }
    rest.len()
}

/// The beginning of a text, in which a word that a note quotes ends or is cut. A search of the
/// rest at every word would take quadratic time.
pub(crate) fn beginning(rest: &str) -> &str {
    rest.char_indices().nth(NEAR_END).map_or(rest, |(at, _)| &rest[..at])
}

/// A range of days in brackets, with them, and its bytes.
pub(crate) fn range(rest: &str) -> Option<(&str, usize)> {
    let close = rest.bytes().take(NEAR_END).position(|byte| matches!(byte, b']' | b'}'))?;
    rest.starts_with(['[', '{']).then(|| (&rest[..=close], close + 1))
}

/// Text in single quotation marks, without them, and its bytes.
pub(crate) fn single_quoted(rest: &str) -> Option<(&str, usize)> {
    let inner = rest.strip_prefix(['\'', '‘'])?;
    let open = rest.len() - inner.len();
    let is_apart = |c: char| c.is_whitespace() || matches!(c, ')' | ',' | '.' | ';');
    let (close, mark) = inner
        .char_indices()
        .take(NEAR_END)
        .find(|(at, c)| matches!(c, '\'' | '’') && inner[at + c.len_utf8()..].chars().next().is_none_or(is_apart))?;
    let text = &inner[..close];
    let is_text = !text.starts_with(char::is_whitespace) && text.contains(char::is_alphanumeric);
    is_text.then_some((text, open + close + mark.len_utf8()))
}

/// The text in quotation marks, and its bytes with them; `None` if it is not closed.
pub(crate) fn quoted(rest: &str) -> Option<(&str, usize)> {
    let open = rest.chars().next().map_or(0, char::len_utf8);
    let (length, close) = rest[open..].char_indices().find(|(_, c)| is_quote(*c))?;
    Some((&rest[open..open + length], open + length + close.len_utf8()))
}

/// Whether a quotation mark directly behind a word can only close one.
pub(crate) fn is_stray(before: Option<char>, behind: Option<char>) -> bool {
    let is_apart = behind.is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ')'));
    before.is_some_and(|c| !c.is_whitespace() && c != '(') && is_apart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_at_marks() {
        let check = |rest: &str, in_group: bool, splits: bool, expected: &str| {
            assert_eq!(&rest[..word_length(rest, in_group, splits)], expected, "{rest}");
        };
        check("film, here", false, true, "film");
        check("film,here", false, false, "film,here");
        check("film) here", true, true, "film");
        check("film) here", false, true, "film)");
        check("5'10\" tall", false, true, "5'10\"");
        check("film” here", false, true, "film");
        check("…", false, true, "…");
        check("https://a.example/b,c d", false, true, "https://a.example/b,c");
    }

    #[test]
    fn ranges_and_quotations_end_where_they_close() {
        assert_eq!(range("[2020 TO 2021] a"), Some(("[2020 TO 2021]", 14)));
        assert_eq!(range("[2020 TO"), None);
        assert_eq!(single_quoted("'top gun' a"), Some(("top gun", 9)));
        assert_eq!(single_quoted("‘don’t go’"), Some(("don’t go", 16)));
        assert_eq!(single_quoted("'til dawn"), None);
        assert_eq!(single_quoted("'' a"), None);
        assert_eq!(quoted("“top gun” a"), Some(("top gun", 13)));
        assert_eq!(quoted("\"top gun"), None);
    }

    #[test]
    fn marks_that_only_close_are_stray() {
        for (before, behind, expected) in [
            (Some('a'), Some(' '), true),
            (Some('!'), None, true),
            (Some('.'), Some(','), true),
            (Some(' '), Some('a'), false),
            (Some('a'), Some('a'), false),
            (Some('('), None, false),
            (None, None, false),
        ] {
            assert_eq!(is_stray(before, behind), expected, "{before:?} {behind:?}");
        }
    }
}
