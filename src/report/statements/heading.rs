//! Titles in headings.

use crate::article::{EntityKind, Mention, Span};

use super::statement::Subject;

/// The title in a heading in which no name was recognized: `line` without quotation
/// marks, if it is capitalized as a title.
pub(super) fn title_in_heading(text: &str, line: Span, mentions: &[Mention]) -> Option<Subject> {
    let bare = line.of(text).trim_matches(|c: char| c.is_whitespace() || "“”\"‘’'".contains(c));
    let start = line.start + line.of(text).find(bare)?;
    let span = Span::new(start, start + bare.len());
    let another = mentions.iter().any(|mention| {
        mention.kind != EntityKind::Work && mention.span.overlaps(span) && mention.span.len() * 10 >= span.len() * 8
    });
    let main = bare.split_whitespace().filter(|word| word.len() > 3);
    let title = main.clone().count() > 0 && main.clone().all(|word| word.starts_with(char::is_uppercase));
    let first = bare.split_whitespace().next().unwrap_or_default();
    let label = matches!(
        first,
        "Read"
            | "More"
            | "Related"
            | "RELATED"
            | "Watch"
            | "Cast"
            | "Details"
            | "Contributing"
            | "Sign"
            | "See"
            | "Where"
            | "When"
            | "How"
            | "What"
            | "Who"
    );
    let fits = bare.split_whitespace().count() <= 8 && !bare.contains(['@', '/', '|']);
    let single = bare.split_whitespace().count() < 2 && bare.len() == line.of(text).trim().len();
    let clean = bare.starts_with(char::is_alphanumeric) && !bare.ends_with("Writer");
    (title && clean && !single && !label && !another && fits).then_some(Subject::Titled(span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_in_title_case_are_titles() {
        let check = |text: &str, expected: Option<&str>| {
            let found = title_in_heading(text, Span::new(0, text.len()), &[]);
            let found = found.map(|subject| subject.name(text, &[]));
            assert_eq!(found.as_deref(), expected, "{text}");
        };
        check("The Long Harbor", Some("The Long Harbor"));
        check("“Harbor”", Some("Harbor"));
        check("Harbor", None);
        check("The long harbor", None);
        check("Related Stories", None);
        check("Staff Writer", None);
        check("Follow @Harbor News", None);
    }

    #[test]
    fn a_name_of_another_kind_is_not_a_title() {
        let text = "Ann Harbor";
        let span = Span::new(0, text.len());
        let kind = EntityKind::Person;
        let person = Mention { span, kind, name: text.to_owned(), confidence: 1.0, listed: 0, year: None };
        assert_eq!(title_in_heading(text, span, &[person]), None);
    }
}
