//! The dates that an article speaks of, as JSON has them.

use serde::Serialize;
use utoipa::ToSchema;

use crate::article::{Granularity, MentionedDate, iso_day};

/// A mentioned date.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ShownDate<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    /// ISO date of the first day, and of the last.
    first: String,
    last: String,
    granularity: Granularity,
}

/// The dates of a text.
pub(super) fn shown<'a>(text: &'a str, dates: &[MentionedDate]) -> Vec<ShownDate<'a>> {
    let shown = |date: &MentionedDate| ShownDate {
        start: date.span.start,
        end: date.span.end,
        text: date.span.of(text),
        first: iso_day(date.first),
        last: iso_day(date.last),
        granularity: date.granularity(),
    };
    dates.iter().map(shown).collect()
}
