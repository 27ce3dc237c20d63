//! Sentences of articles as examples.

use serde::Serialize;

use crate::article::Span;
use crate::index::StoredArticle;

/// A sentence of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Example {
    /// The article's id.
    pub id: String,
    /// Its file.
    pub path: String,
    /// Its date.
    pub published: Option<String>,
    /// The first byte of the form or sentence in the article's text.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// The sentence.
    pub sentence: String,
}

impl Example {
    /// The sort key of examples: by day, those without one last.
    pub(crate) fn order(&self) -> (bool, Option<&str>, &str, usize) {
        (self.published.is_none(), self.published.as_deref(), &self.id, self.start)
    }

    /// A span of an article with its sentence.
    pub(crate) fn new(article: &StoredArticle, span: Span) -> Self {
        let sentence = article.sentences.iter().map(|s| s.span).find(|s| s.contains(span));
        Self {
            id: article.id.clone(),
            path: article.path.clone(),
            published: article.published.clone(),
            start: span.start,
            end: span.end,
            sentence: sentence.unwrap_or(article.title_span).of(&article.text).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::index::StoredSentence;

    use super::*;

    #[test]
    fn spans_are_shown_with_their_sentence() {
        let sentence =
            |start, end| StoredSentence { span: Span::new(start, end), first_word: 0, opens_paragraph: false };
        let article = StoredArticle {
            text: "Title\nAda sings. Ben listens.".to_owned(),
            title_span: Span::new(0, 5),
            sentences: vec![sentence(6, 16), sentence(17, 29)],
            ..StoredArticle::default()
        };
        let check = |start, end, expected| assert_eq!(Example::new(&article, Span::new(start, end)).sentence, expected);
        check(6, 9, "Ada sings.");
        check(17, 29, "Ben listens.");
        check(0, 5, "Title");
    }

    #[test]
    fn examples_are_ordered_by_day() {
        let example = |published: Option<&str>, id: &str| Example {
            id: id.to_owned(),
            path: String::new(),
            published: published.map(str::to_owned),
            start: 0,
            end: 0,
            sentence: String::new(),
        };
        let mut examples = [example(None, "a"), example(Some("2024-02-01"), "b"), example(Some("2023-02-01"), "c")];
        examples.sort_by(|a, b| a.order().cmp(&b.order()));
        assert_eq!(examples.map(|example| example.id), ["c", "b", "a"]);
    }
}
