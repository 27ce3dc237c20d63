//! Quotation marks beside a word.

use super::view::TokenView;

/// Whether a quotation mark opens right before a word.
pub(in crate::recognize) fn opening_quote(view: &TokenView<'_>, word: usize) -> bool {
    let before = &view.text[..view.words[word].span.start];
    let Some(mark) = before.chars().next_back() else { return false };
    if !matches!(mark, '“' | '‘' | '«' | '"' | '\'') {
        return false;
    }
    let earlier = before[..before.len() - mark.len_utf8()].chars().next_back();
    match mark {
        '\'' => earlier.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ':' | '[' | '—' | '“' | '"')),
        _ => earlier.is_none_or(|c| !c.is_alphanumeric()),
    }
}

/// Whether a quotation mark closes right after a word, or after the punctuation
/// that follows the word.
pub(in crate::recognize) fn closing_quote(view: &TokenView<'_>, word: usize) -> bool {
    let rest = &view.text[view.words[word].span.end..];
    let rest = rest.trim_start_matches([',', '.', '!', '?', '…', '+', ')']);
    let mut marks = rest.chars();
    match marks.next() {
        Some('”' | '"' | '»') => true,
        Some('\'' | '’') => marks.next().is_none_or(|c| !c.is_alphanumeric()),
        _ => false,
    }
}

/// Whether punctuation precedes the closing mark after a word, which makes the
/// quotation likely to be speech.
pub(in crate::recognize) fn closes_like_speech(view: &TokenView<'_>, word: usize) -> bool {
    view.text[view.words[word].span.end..].starts_with([',', '.', '!', '?', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Span};
    use crate::recognize::gazetteer::Gazetteer;
    use crate::recognize::lexicon::WordClusters;
    use crate::segment::Segmented;

    /// Checks the marks around the first and the last word of the text.
    fn check(text: &str, opens: bool, closes: bool, like_speech: bool) {
        let article = Article { body: Span::new(0, text.len()), text: text.to_owned(), ..Article::default() };
        let view = TokenView::new(text, &Segmented::new(&article), Gazetteer::default(), WordClusters(&[]));
        let last = view.words.len() - 1;
        assert_eq!(opening_quote(&view, 0), opens, "{text}");
        assert_eq!(closing_quote(&view, last), closes, "{text}");
        assert_eq!(closes_like_speech(&view, last), like_speech, "{text}");
    }

    #[test]
    fn quotation_marks_beside_words() {
        check("“Top Gun”", true, true, false);
        check("\"Top Gun,\" ", true, true, true);
        check("‘Top Gun’", true, true, false);
        check("'Top Gun'", true, true, false);
        check("«Top Gun»", true, true, false);
        check("“Top Gun!”", true, true, true);
        check("Top Gun", false, false, false);
        check("Top Gun.", false, false, true);
        // An apostrophe does not close a quotation where a letter follows.
        check("Top Gun’90s", false, false, false);
    }
}
