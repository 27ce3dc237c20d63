//! A statement and the work that it is about.

use serde::{Deserialize, Serialize};

use crate::article::{Mention, MentionedDate, Span};

use super::certainty::Certainty;
use super::event_kind::EventKind;
use super::work_names::next_in_series;

/// The work that a statement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// The work of a mention, by index.
    Mention(usize),
    /// The next in the series of a mention: “a sequel” of “Rocky 3”.
    Next(usize),
    /// A title in a heading: bytes into the article's text.
    Titled(Span),
}

impl Subject {
    /// The name of the work.
    pub fn name(self, text: &str, mentions: &[Mention]) -> String {
        match self {
            Self::Mention(at) => mentions[at].name.clone(),
            Self::Next(at) => next_in_series(&mentions[at].name).unwrap_or_default(),
            Self::Titled(span) => span.of(text).to_owned(),
        }
    }
}

/// An event that an article states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// What happens.
    #[serde(rename = "what")]
    pub kind: EventKind,
    /// The work; `None` for some awards.
    pub work: Option<Subject>,
    /// Index of a mention of the person, if one is named.
    pub person: Option<usize>,
    /// Index of a mention of the role or award.
    pub object: Option<usize>,
    /// When it happens.
    pub date: Option<MentionedDate>,
    /// Whether it was planned and no longer is.
    pub former: bool,
    /// How certain the article is.
    #[serde(rename = "sure")]
    pub certainty: Certainty,
    /// A country, platform, festival or “theaters”; bytes into the article's text.
    pub place: Option<Span>,
    /// The sentence that states it.
    pub sentence: Span,
}

impl Statement {
    /// A statement of which only the kind, certainty and sentence are known.
    pub(super) fn new(kind: EventKind, certainty: Certainty, sentence: Span) -> Self {
        Self {
            kind,
            work: None,
            person: None,
            object: None,
            date: None,
            former: false,
            certainty,
            place: None,
            sentence,
        }
    }
}
