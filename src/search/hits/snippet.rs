//! Snippets: the passages that show best why an article matches.

use serde::Serialize;

use crate::article::Span;
use crate::index::{StoredArticle, StoredSentence};
use crate::search::hits::block::opens_block;
use crate::search::hits::highlight::MatchedArticle;
use crate::search::hits::passage::{MAX_CHARS, SHORT, end_after, passage};
use crate::search::hits::passage_shape::PassageShape;
use crate::search::hits::snippet_window::{MIN_SENTENCE, windows};
use crate::search::hits::unit_value::unit_values;

/// How many sentences are looked at for the beginning of an article.
const OPENING: usize = 30;

/// The field that the offsets of a snippet refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum SnippetField {
    /// The article's title.
    Title,
    /// The article's text, as `show` and `annotate` print it.
    Body,
}

/// A passage with its highlights.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Snippet {
    /// The field that the offsets refer to.
    pub field: SnippetField,
    /// First byte in the field.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// The passage, as written.
    pub text: String,
    /// Matches: byte ranges of `text`, in order, not overlapping.
    pub highlights: Vec<(usize, usize)>,
}

/// The best `count` passages of an article, best first, not overlapping; `weights`
/// are those of the units. Where nothing matches in the body, its first sentence,
/// or the title.
pub(crate) fn snippets(matched: MatchedArticle<'_>, weights: &[f32], count: usize) -> Vec<Snippet> {
    let article = matched.article;
    let values = unit_values(matched.plan, weights);
    let mut passages: Vec<Span> = Vec::new();
    for window in windows(matched, &values) {
        if passages.len() >= count {
            break;
        }
        let span = passage(matched, &window, &values);
        if !span.is_empty() && !passages.iter().any(|other| other.overlaps(span)) {
            passages.push(span);
        }
    }
    if passages.is_empty() && count > 0 {
        passages.extend(opening(article));
    }
    let mut snippets: Vec<Snippet> =
        passages.into_iter().map(|span| snippet_of(matched, span, SnippetField::Body)).collect();
    if snippets.is_empty() && count > 0 && !article.title_span.is_empty() {
        snippets.push(snippet_of(matched, article.title_span, SnippetField::Title));
    }
    snippets
}

/// The snippet of a passage.
fn snippet_of(matched: MatchedArticle<'_>, span: Span, field: SnippetField) -> Snippet {
    let (origin, highlights) = match field {
        SnippetField::Body => (0, matched.body_highlights(span)),
        SnippetField::Title => (span.start, matched.title_highlights()),
    };
    Snippet {
        field,
        start: span.start - origin,
        end: span.end - origin,
        text: span.of(&matched.article.text).to_owned(),
        highlights: highlights.iter().map(|s| (s.start - span.start, s.end - span.start)).collect(),
    }
}

/// The beginning of an article: of the first line of prose, else its first sentence that
/// is long enough.
fn opening(article: &StoredArticle) -> Option<Span> {
    let (text, sentences) = (&article.text, &article.sentences);
    let near = &sentences[..sentences.len().min(OPENING)];
    let prose = |sentence: &&StoredSentence| {
        let passage = sentence.span.of(text);
        sentence.span.len() >= MIN_SENTENCE
            && PassageShape::of(passage, sentence.opens_paragraph) == PassageShape::Prose
    };
    let long = |sentence: &&StoredSentence| sentence.span.len() >= MIN_SENTENCE;
    let first = near.iter().position(|sentence| prose(&sentence));
    let first = first.or_else(|| near.iter().position(|sentence| long(&sentence))).unwrap_or(0);
    let span = sentences.get(first)?.span;
    let chars = |span: Span| span.of(text).chars().count();
    if let Some(next) = sentences.get(first + 1).filter(|_| chars(span) < SHORT && !opens_block(article, first + 1)) {
        let joined = Span::new(span.start, next.span.end);
        if chars(joined) <= MAX_CHARS {
            return Some(joined);
        }
    }
    let end = end_after(text, span, span.start, MAX_CHARS);
    Some(Span::new(span.start, end).trimmed(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An article of these sentences.
    fn article(sentences: &[&str]) -> StoredArticle {
        let mut article = StoredArticle::default();
        for sentence in sentences {
            let start = article.text.len();
            article.text.push_str(sentence);
            let span = Span::new(start, article.text.len());
            article.text.push(' ');
            article.sentences.push(StoredSentence { span, first_word: 0, opens_paragraph: false });
        }
        article
    }

    #[test]
    fn openings_are_the_first_long_sentence() {
        let check = |sentences: &[&str], expected: Option<&str>| {
            let article = article(sentences);
            assert_eq!(opening(&article).map(|span| span.of(&article.text)), expected);
        };
        check(&[], None);
        check(&["Short."], Some("Short."));
        check(
            &["By Ada.", "The harbor festival opens on Friday night."],
            Some("The harbor festival opens on Friday night."),
        );
        let long = "word ".repeat(100);
        let article = article(&[&long]);
        let span = opening(&article).expect("a sentence");
        assert!(span.of(&article.text).chars().count() <= MAX_CHARS && span.of(&article.text).ends_with("word"));
    }
}
