//! What articles report: who said what, and what is stated of works and when.

mod quotes;
mod statements;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::article::{Article, Mention, MentionedDate};
use crate::segment::Segmented;

pub use quotes::{Quote, quotes};
pub use statements::{Statement, Subject, Sureness, What, country, statements};

/// What an article reports.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Reports {
    /// Who said what.
    pub quotes: Vec<Quote>,
    /// What it states.
    pub statements: Vec<Statement>,
}

impl Reports {
    /// What an article reports.
    pub fn new(article: &Article, segmented: &Segmented, mentions: &[Mention], dates: &[MentionedDate]) -> Self {
        let quotes = quotes(article, segmented, mentions);
        Self { quotes, statements: statements(article, segmented, mentions, dates) }
    }
}

/// A word in lower case, borrowed where it is so already.
fn lowered(word: &str) -> Cow<'_, str> {
    match word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        true => Cow::Borrowed(word),
        false => Cow::Owned(word.to_lowercase()),
    }
}
