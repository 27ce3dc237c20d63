//! What articles report: quotes with their speakers, and statements about works and
//! people.

mod quotes;
mod statements;

use serde::{Deserialize, Serialize};

use crate::article::{Article, Mention, MentionedDate};
use crate::segment::Segmented;

pub use quotes::{Quote, quotes};
pub use statements::{Certainty, EventKind, Statement, Subject, country, statements};

/// The quotes and statements of an article.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Reports {
    /// Its quotes.
    pub quotes: Vec<Quote>,
    /// Its statements.
    pub statements: Vec<Statement>,
}

impl Reports {
    /// Extracts the quotes and statements of an article.
    pub fn new(article: &Article, segmented: &Segmented, mentions: &[Mention], dates: &[MentionedDate]) -> Self {
        let quotes = quotes(article, segmented, mentions);
        Self { quotes, statements: statements(article, segmented, mentions, dates) }
    }
}
