//! The answer to a question.

use serde::Serialize;

/// What is asked about a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum QuestionKind {
    /// Who plays a character.
    Plays,
    /// Who directed a work.
    Directs,
    /// Who wrote it.
    Writes,
    /// Who created it.
    Creates,
    /// Who produced it.
    Produces,
    /// Who is in its cast.
    Stars,
    /// When it comes out.
    Release,
    /// When it is shown for the first time.
    Premiere,
}

/// What articles answer to a question, with the sentence of one that says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct QuestionAnswer {
    /// What was asked.
    pub question: QuestionKind,
    /// The name that was asked about.
    pub subject: String,
    /// The answer: names, or a day.
    pub answer: String,
    /// A sentence that says so.
    pub sentence: String,
    /// The id of its article.
    pub article: String,
    /// The title of its article.
    pub title: String,
    /// The date of its article.
    pub date: Option<String>,
    /// The sentence in the article's text: first byte, and the byte after the last.
    pub span: (usize, usize),
    /// How many articles say so, copies once.
    pub support: usize,
}
