//! Direct quotes and who speaks them.
//!
//! Rules over the text around quotation marks: verbs of saying with their
//! subjects in the same sentence, pronouns resolved to the last person named, and
//! quotes that continue another of the same speaker. An uncertain speaker is left
//! out.

mod attribution;
mod gender;
mod people;
mod quotation_marks;
mod speaker_hint;
mod speech;
mod text_shape;

use serde::{Deserialize, Serialize};

use crate::article::{Article, Mention, Span};
use crate::segment::Segmented;

use attribution::attributed_quotes;

/// Words that somebody said or wrote, in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Bytes into the article's text, marks included.
    pub span: Span,
    /// Index of a mention of the speaker; `None` if the article does not say.
    pub speaker: Option<usize>,
}

/// The quotes of an article's body, in text order, not overlapping.
///
/// ```
/// use newsearch::{Article, Span};
/// use newsearch::internals::recognize::EntityRecognizer;
/// use newsearch::internals::report::quotes;
/// use newsearch::internals::segment::Segmented;
/// let text = "“I love to run,” Tom Cruise told Variety. “It keeps me going.”".to_owned();
/// let article = Article { body: Span::new(0, text.len()), text, ..Article::default() };
/// let mentions = EntityRecognizer::new().recognize(&article);
/// let found = quotes(&article, &Segmented::new(&article), &mentions);
/// assert_eq!(found.len(), 2);
/// assert!(found.iter().all(|quote| mentions[quote.speaker.unwrap()].name == "Tom Cruise"));
/// ```
pub fn quotes(article: &Article, segmented: &Segmented, mentions: &[Mention]) -> Vec<Quote> {
    let spans = attributed_quotes(article, segmented, mentions);
    spans.into_iter().map(|(span, speaker)| Quote { span, speaker }).collect()
}
