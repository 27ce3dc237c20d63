//! The shared words of all stages: articles, spans and mentions.
//!
//! Owns no behavior beyond what keeps these types sound; imports nothing.

mod calendar;
mod date;
mod day;
mod hash;
mod kind;
mod span;

pub(crate) use calendar::{MONTHS, WEEKDAYS, date_number, month_from, week_from, weekday, year_from};
pub use date::{Granularity, MentionedDate};
pub use day::{day_number, iso_day};
pub use hash::stable_hash;
pub use kind::EntityKind;
pub use span::Span;

use serde::{Deserialize, Serialize};

/// An article's identity: its record's own id, or one made from its path.
pub type ArticleId = String;

/// One news article, decoded and taken apart, its text never changed since.
///
/// Every span and offset of an article is a half-open range of UTF-8 bytes
/// into [`Article::text`].
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Article {
    /// The record's own id, or one made from its path.
    pub id: ArticleId,
    /// The file it came from, as the user named it.
    pub path: String,
    /// What to show as its title; shortened from the first sentence where the
    /// article has none.
    pub title: String,
    /// Where the title stands in `text`; empty where the article has none.
    pub title_span: Span,
    /// The whole decoded text, the title line first.
    pub text: String,
    /// Where the article itself stands in `text`, without title and headers.
    pub body: Span,
    /// ISO date (`YYYY-MM-DD`) of publication.
    pub published: Option<String>,
    /// ISO date of its last change, where one is stated.
    pub modified: Option<String>,
    /// The outlet it came from.
    pub source: Option<String>,
    /// The address it came from.
    pub url: Option<String>,
    /// Its authors, as named.
    pub authors: Vec<String>,
    /// The outlet's section, such as `Film`.
    pub section: Option<String>,
}

/// One sentence of an article, or its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes into the article's text, without surrounding white space.
    pub span: Span,
    /// Whether it starts a paragraph.
    pub opens_paragraph: bool,
}

/// One word of a text: what tokenizing leaves, punctuation not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Bytes into the text.
    pub span: Span,
}

/// A name found in an article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Bytes into the article's text.
    pub span: Span,
    /// What it names.
    pub kind: EntityKind,
    /// The canonical name, once linked; the surface before that.
    pub name: String,
    /// 0 to 1: how sure the recognizer is.
    pub confidence: f32,
    /// How well the gazetteer knows the surface as a name of this kind: from
    /// 0, not at all, to 3.
    pub listed: u8,
    /// The year of the film it means, where several have its title.
    pub year: Option<u16>,
}
