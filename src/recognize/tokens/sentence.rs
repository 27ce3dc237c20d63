//! A sentence as a range of words, with the style it is written in.

use super::shape::Shape;
use super::token::AnnotatedToken;

/// A sentence: words `start..end` of the article.
#[derive(Debug, Clone, Copy)]
pub(in crate::recognize) struct SentenceRange {
    pub start: usize,
    pub end: usize,
    /// Nearly all long words are capitalized, so capitals carry no information.
    pub title_case: bool,
    /// Written like chat, where capitals carry less information.
    pub informal: bool,
}

impl SentenceRange {
    /// The sentence of `words`, of which the first has the index `start`.
    pub(super) fn new(text: &str, start: usize, words: &[AnnotatedToken<'_>]) -> Self {
        let ends_in_stop = words.last().is_some_and(|w| text[w.span.end..].starts_with('.'));
        let title_case = !ends_in_stop && is_title_case(words);
        let informal = !title_case && is_informal(text, words);
        Self { start, end: start + words.len(), title_case, informal }
    }
}

/// Whether a sentence starts in lower case, ends without punctuation, or has
/// handles, tags or addresses.
fn is_informal(text: &str, words: &[AnnotatedToken<'_>]) -> bool {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let end = text[last.span.end..].trim_start_matches(['\'', '’', '”', '"', ')', ' ']);
    let stops = end.starts_with(['.', '!', '?', '…', ':', ',', ';']);
    let whole = text[first.span.start..last.span.end].bytes();
    !stops
        || first.shape == Shape::Lower
        || whole.clone().any(|b| matches!(b, b'@' | b'#'))
        || words.iter().any(|w| w.folded == "http" || w.folded == "https")
}

/// Whether at least 80 percent of four or more long words are capitalized.
fn is_title_case(words: &[AnnotatedToken<'_>]) -> bool {
    let long = words.iter().filter(|w| w.folded.len() > 3 && w.shape != Shape::Digit && !w.is_connector());
    let (mut all, mut capital) = (0, 0);
    for word in long {
        all += 1;
        capital += usize::from(word.is_capital());
    }
    all >= 4 && capital * 10 >= all * 8
}
