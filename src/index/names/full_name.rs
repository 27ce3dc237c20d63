//! Titles that several films share, told apart by their years.

use std::borrow::Cow;

use crate::article::Mention;

/// The name that a mention is counted under: its name, with the year where
/// several films share a title.
pub fn full_name(mention: &Mention) -> Cow<'_, str> {
    match mention.year {
        Some(year) => Cow::Owned(with_year(&mention.name, year)),
        None => Cow::Borrowed(&mention.name),
    }
}

/// A title with its year, as in “Dune (2021)”.
pub(super) fn with_year(title: &str, year: u16) -> String {
    format!("{title} ({year})")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{EntityKind, Span};

    #[test]
    fn years_are_part_of_the_name() {
        let check = |year, expected| {
            let name = "Dune".to_owned();
            let mention =
                Mention { span: Span::default(), kind: EntityKind::Work, name, confidence: 1.0, listed: 0, year };
            assert_eq!(full_name(&mention), expected);
        };
        check(None, "Dune");
        check(Some(2021), "Dune (2021)");
    }
}
