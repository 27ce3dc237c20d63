//! Dates that articles speak of.

use serde::{Deserialize, Serialize};

use super::Span;

/// A date that an article speaks of: a day, or a longer time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionedDate {
    /// Bytes into the article's text.
    pub span: Span,
    /// First day, as `YYYYMMDD`.
    pub first: u64,
    /// Last day, as `YYYYMMDD`; that of a month or year where no day is named.
    pub last: u64,
}
