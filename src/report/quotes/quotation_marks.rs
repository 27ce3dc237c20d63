//! Spans of text in quotation marks.

use crate::article::Span;

/// A span in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct QuotedSpan {
    /// With the marks.
    pub span: Span,
    /// Without the marks.
    pub inner: Span,
    /// Whether its paragraph ends without a closing mark.
    pub open: bool,
}

/// The spans in quotation marks of a paragraph, in order. A quotation within
/// another is part of it.
pub(super) fn quoted_spans(text: &str, paragraph: Span) -> Vec<QuotedSpan> {
    let mut found = Vec::new();
    let mut at = paragraph.start;
    while let Some((open, mark)) = next_opening(text, Span::new(at, paragraph.end)) {
        let inside = open + mark.len_utf8();
        match closing(text, Span::new(inside, paragraph.end), mark) {
            Some((close, length)) => {
                let span = Span::new(open, close + length);
                found.push(QuotedSpan { span, inner: Span::new(inside, close), open: false });
                at = span.end;
            }
            None if is_single(mark) => at = inside,
            None => {
                let rest = Span::new(open, paragraph.end).trimmed(text);
                let inner = Span::new(inside, rest.end);
                found.push(QuotedSpan { span: rest, inner, open: true });
                break;
            }
        }
    }
    found
}

/// Whether a mark is also used as an apostrophe.
fn is_single(mark: char) -> bool {
    matches!(mark, '‘' | '\'')
}

/// The byte offset of the first mark that opens a quotation, and the mark.
fn next_opening(text: &str, within: Span) -> Option<(usize, char)> {
    let marks = within.of(text).char_indices().filter(|(_, c)| matches!(c, '“' | '”' | '„' | '«' | '"' | '‘' | '\''));
    marks.map(|(at, mark)| (within.start + at, mark)).find(|(at, mark)| opens(text, *at, *mark))
}

/// Whether the mark at a byte offset opens a quotation.
fn opens(text: &str, at: usize, mark: char) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + mark.len_utf8()..].chars().next();
    let starts = before.is_none_or(|c| c.is_whitespace() || "([{—–-/:“\"".contains(c));
    let goes_on = after.is_some_and(|c| !c.is_whitespace());
    match mark {
        '“' | '„' | '«' => true,
        '"' => starts && goes_on,
        // A closing mark typed in place of an opening one: “ he says.” I hate …”.
        '”' => {
            after.is_some_and(char::is_whitespace)
                && text[at + mark.len_utf8()..].trim_start().starts_with(char::is_uppercase)
                && before.is_some_and(|c| c == ' ' || c == '.')
        }
        // Not the apostrophe of ’90s or ’til.
        _ => starts && after.is_some_and(char::is_alphabetic),
    }
}

/// The byte offset of the mark that closes a quotation, and its length in bytes.
fn closing(text: &str, within: Span, opening: char) -> Option<(usize, usize)> {
    let mut marks = within.of(text).char_indices();
    let found = marks.find(|(at, mark)| {
        let at = within.start + at;
        let after = text[at + mark.len_utf8()..].chars().next();
        let before = text[..at].chars().next_back();
        let ends = after.is_none_or(|c| !c.is_alphanumeric());
        match opening {
            '“' | '”' => *mark == '”' || *mark == '"' && ends,
            '„' => matches!(mark, '“' | '”'),
            '«' => *mark == '»',
            '"' if *mark == '\'' => text[at..].starts_with("''"),
            '"' => *mark == '"' && (ends || before.is_some_and(|c| ",.!?".contains(c))) || *mark == '”',
            '‘' => *mark == '’' && ends && before.is_some_and(|c| !c.is_whitespace()),
            _ => *mark == '\'' && ends && before.is_some_and(|c| !c.is_whitespace()),
        }
    });
    found.map(|(at, mark)| {
        let doubled = opening == '"' && mark == '\'';
        (within.start + at, if doubled { 2 } else { mark.len_utf8() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = quoted_spans(text, Span::new(0, text.len())).iter().map(|m| m.span.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_of_every_style() {
        check("“I ran,” he said. “Then I fell.”", &["“I ran,”", "“Then I fell.”"]);
        check("\"I ran,\" he said. \"Then I fell.\"", &["\"I ran,\"", "\"Then I fell.\""]);
        check("‘It’s fine,’ she said of the ’90s.", &["‘It’s fine,’"]);
        check("'It's fine,' she said of the '90s.", &["'It's fine,'"]);
        check("„Gut“ and «bien» he said", &["„Gut“", "«bien»"]);
        check("“He said ‘no’ to me,” she said.", &["“He said ‘no’ to me,”"]);
        check("“It goes on", &["“It goes on"]);
        check("a 6\" screen, the dogs' home", &[]);
    }

    #[test]
    fn marks_that_do_not_pair_up() {
        // A closing mark in place of the opening one.
        check("She left. ” I ran,” he said.", &["” I ran,”"]);
        check("He won.” They danced,” she said.", &["” They danced,”"]);
        // Two single marks close a double one.
        check("\"I ran,'' he said.", &["\"I ran,''"]);
        check("The ‘gap", &[]);
        check("", &[]);
    }

    #[test]
    fn an_unclosed_quotation_runs_to_the_end_of_the_paragraph() {
        let text = "He said: “It goes on  ";
        let [quoted] = quoted_spans(text, Span::new(0, text.len()))[..] else { panic!("one quotation") };
        assert_eq!((quoted.inner.of(text), quoted.open), ("It goes on", true));
    }
}
