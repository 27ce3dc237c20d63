//! Checks of statement rules on annotated text.

use crate::article::annotated::annotated;
use crate::segment::Segmented;

use super::statement::Statement;
use super::statements;

/// Checks the statements of a text, published on March 15, 2023, with mentions as
/// `[work|Dune]` and dates as `[20230714|July 14]`. Each statement is its kind, work,
/// person, object, first day, “former” and place, as far as there are any.
pub(super) fn check(marked: &str, expected: &[&str]) {
    check_with(marked, expected, |_| String::new());
}

/// Like [`check`], with the certainty at the end of each statement.
pub(super) fn check_certainty(marked: &str, expected: &[&str]) {
    check_with(marked, expected, |statement| statement.certainty.as_str().to_owned());
}

fn check_with(marked: &str, expected: &[&str], last: fn(&Statement) -> String) {
    let mut read = annotated(marked);
    read.article.published = Some("2023-03-15".to_owned());
    let segmented = Segmented::new(&read.article);
    let text = &read.article.text;
    let found = statements(&read.article, &segmented, &read.mentions, &read.dates);
    let name = |at: Option<usize>| at.map(|at| read.mentions[at].name.clone()).unwrap_or_default();
    let described = found.iter().map(|statement| {
        let parts = [
            statement.kind.as_str().to_owned(),
            statement.work.map(|work| work.name(text, &read.mentions)).unwrap_or_default(),
            name(statement.person),
            name(statement.object),
            statement.date.map(|date| date.first.to_string()).unwrap_or_default(),
            if statement.former { "former".to_owned() } else { String::new() },
            statement.place.map(|place| place.of(text).to_owned()).unwrap_or_default(),
            last(statement),
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    });
    assert_eq!(described.collect::<Vec<_>>(), expected, "{marked}");
}
