//! Joins the rows of a timeline, and marks changes and contradictions.

use crate::insight::timeline_row::TimelineRow;

/// Joins consecutive equal statements to one row each. Statements about other
/// events may lie between them.
pub(super) fn fold_rows(rows: impl IntoIterator<Item = TimelineRow>) -> Vec<TimelineRow> {
    let mut folded: Vec<TimelineRow> = Vec::new();
    for row in rows {
        let interrupts = |other: &TimelineRow| {
            other.is_same_event(&row) && !other.former && !row.former && !other.is_same_statement(&row)
        };
        let last = folded.iter().rposition(|other| other.is_same_statement(&row));
        match last {
            Some(at) if !folded[at + 1..].iter().any(interrupts) => folded[at].join(row),
            _ => folded.push(row),
        }
    }
    folded
}

/// Marks changes and contradictions.
pub(super) fn mark_changes(rows: &mut [TimelineRow]) {
    for at in 0..rows.len() {
        let (changed_from, contradicts) = change(rows, at);
        (rows[at].changed_from, rows[at].contradicts) = (changed_from, contradicts);
    }
}

/// The value that a row replaces, and those that it contradicts.
fn change(rows: &[TimelineRow], at: usize) -> (Option<String>, Vec<String>) {
    let row = &rows[at];
    let Some(value) = row.value.as_deref().filter(|_| row.what.is_release()) else { return Default::default() };
    let of_same = |other: &&TimelineRow| (other.what, &other.work) == (row.what, &row.work);
    let differs = |other: &&TimelineRow| other.value.as_deref().is_some_and(|other| !agree(other, value));
    let is_of_same_article =
        |other: &&TimelineRow| other.published == row.published && other.sentences[0].id == row.sentences[0].id;
    // “First set for A, then for B”: plans of one article are in order.
    let former = |rows: &[TimelineRow]| {
        let before =
            rows.iter().rev().filter(|other| other.former).filter(of_same).filter(is_of_same_article).find(differs);
        before.and_then(|former| former.value.clone())
    };
    if row.former {
        return (former(&rows[..at]), Vec::new());
    }
    let before = || rows[..at].iter().filter(|other| !other.former && other.is_same_event(row));
    match before().next_back() {
        None => (former(rows), Vec::new()),
        Some(last) if !differs(&last) => (None, Vec::new()),
        Some(last) => {
            let returns = before().any(|other| other.value.as_deref().is_some_and(|other| agree(other, value)));
            if last.published == row.published || returns {
                (None, last.value.iter().cloned().collect())
            } else {
                (last.value.clone(), Vec::new())
            }
        }
    }
}

/// Whether one of two dates includes the other: 2023 and 2023-07-14.
fn agree(a: &str, b: &str) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

#[cfg(test)]
mod tests {
    use crate::insight::example::Example;
    use crate::report::{Certainty, EventKind};

    use super::*;

    fn row(published: &str, value: &str, former: bool) -> TimelineRow {
        let example = Example {
            id: published.to_owned(),
            path: String::new(),
            published: Some(published.to_owned()),
            start: 0,
            end: 1,
            sentence: format!("{published} {value}"),
        };
        TimelineRow {
            published: Some(published.to_owned()),
            until: Some(published.to_owned()),
            what: EventKind::Release,
            work: Some("Dune".to_owned()),
            person: None,
            object: None,
            value: Some(value.to_owned()),
            granularity: None,
            former,
            sure: Certainty::Reported,
            place: None,
            changed_from: None,
            contradicts: Vec::new(),
            articles: 1,
            sources: Vec::new(),
            sentences: vec![example],
        }
    }

    /// Input: day, value, and whether it is a former plan. Expected: value, whether
    /// former, articles, previous value, number of contradicted values.
    type Expected<'a> = (&'a str, bool, usize, Option<&'a str>, usize);

    fn check(statements: &[(&str, &str, bool)], expected: &[Expected<'_>]) {
        let mut rows = fold_rows(statements.iter().map(|(day, value, former)| row(day, value, *former)));
        mark_changes(&mut rows);
        let found: Vec<Expected<'_>> = rows
            .iter()
            .map(|row| {
                let value = row.value.as_deref().unwrap_or("");
                (value, row.former, row.articles, row.changed_from.as_deref(), row.contradicts.len())
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn equal_statements_are_joined_and_changes_marked() {
        check(&[], &[]);
        check(&[("2020-01-01", "2021", false)], &[("2021", false, 1, None, 0)]);
        check(
            &[
                ("2020-01-01", "2020-12-18", false),
                ("2020-02-01", "2020-12-18", false),
                ("2020-10-05", "2020-12-18", true),
                ("2020-10-05", "2021-10-01", false),
                ("2021-01-01", "2021", false),
                ("2021-02-01", "2020-12-18", false),
            ],
            &[
                ("2020-12-18", false, 2, None, 0),
                ("2020-12-18", true, 1, None, 0),
                ("2021-10-01", false, 1, Some("2020-12-18"), 0),
                ("2021", false, 1, None, 0),
                ("2020-12-18", false, 1, None, 1),
            ],
        );
    }

    #[test]
    fn values_of_one_day_contradict_each_other() {
        check(
            &[("2020-01-01", "2021", false), ("2020-01-01", "2022", false)],
            &[("2021", false, 1, None, 0), ("2022", false, 1, None, 1)],
        );
    }

    #[test]
    fn dates_agree_that_include_each_other() {
        let cases = [("2023", "2023-07-14", true), ("2023-07", "2023-07", true), ("2023-07", "2023-08", false)];
        for (a, b, expected) in cases {
            assert_eq!((agree(a, b), agree(b, a)), (expected, expected), "{a} {b}");
        }
    }
}
