//! The dates that an article mentions, as JSON has them.

use serde::Serialize;

use crate::article::{Granularity, MentionedDate, iso_day};

/// A mentioned date.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
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

#[cfg(test)]
mod tests {
    use crate::article::Span;

    use super::*;

    #[test]
    fn dates_have_their_text_and_days() {
        let text = "Out in July 2023 — on 14 July.";
        let check = |span: Span, first, last, expected: (&str, &str, &str)| {
            let found = shown(text, &[MentionedDate { span, first, last }]);
            assert_eq!((found[0].text, found[0].first.as_str(), found[0].last.as_str()), expected);
        };
        check(Span::new(7, 16), 20_230_701, 20_230_731, ("July 2023", "2023-07-01", "2023-07-31"));
        check(Span::new(24, 31), 20_230_714, 20_230_714, ("14 July", "2023-07-14", "2023-07-14"));
    }
}
