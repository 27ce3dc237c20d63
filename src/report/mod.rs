//! What articles report: who said what, and what is stated of works and when.

mod quotes;
mod statements;

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
