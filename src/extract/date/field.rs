//! The date of a whole field, and the first date of a short text.

use super::matcher::{Found, Rules, What, date_at};
use super::reading::Reading;
use super::surroundings::{Beside, beside_at, time_at, zone_at};
use super::tokens::Tokens;
use crate::read::DateOrder;

/// The longest text in which a year may have two digits, in bytes.
#[cfg(feature = "pages")]
const SHORT_LINE: usize = 60;

/// A date with the label in front of it.
struct Labeled {
    found: Found,
    label: Option<Beside>,
    hour: Option<i8>,
    is_utc: bool,
}

/// Reads a text that is a date with what may stand beside it, and nothing else.
pub(super) fn read(text: &str, order: Option<DateOrder>) -> Option<Reading> {
    let lower = text.to_lowercase();
    let tokens = Tokens::of(&lower);
    let rules = Rules { order, is_field: true, short_years: true };
    let mut dates: Vec<Labeled> = Vec::new();
    let mut label = None;
    let (mut hour, mut is_utc) = (None, false);
    let mut at = 0;
    while at < tokens.len() {
        if let Some(found) = date_at(&tokens, at, rules) {
            let (hour, is_utc) = time_within(&tokens, at, found.end);
            dates.push(Labeled { found, label: label.take(), hour, is_utc });
            at = found.end;
            continue;
        }
        let after_time = dates.last().map_or(hour, |date| date.hour).is_some();
        let (beside, end) = beside_at(&tokens, at, after_time)?;
        match (beside, dates.last_mut()) {
            (Beside::Hour(found), Some(date)) => date.hour = date.hour.or(Some(found)),
            (Beside::Hour(found), None) => hour = Some(found),
            (Beside::Zone { is_utc }, Some(date)) => date.is_utc |= is_utc,
            (Beside::Zone { is_utc: found }, None) => is_utc = found,
            (Beside::Published | Beside::Changed, _) => label = Some(beside),
            (Beside::Other, _) => {}
        }
        at = end;
    }
    let first = dates.first_mut()?;
    first.hour = first.hour.or(hour);
    first.is_utc |= is_utc;
    published_of(&dates)
}

/// The hour within a date such as `Mar 5 10:00:00 +0000 2019`, and whether it is in UTC.
fn time_within(tokens: &Tokens<'_>, from: usize, end: usize) -> (Option<i8>, bool) {
    let time = (from..end).filter(|at| tokens.is_mark(at + 1, &[':'])).find_map(|at| time_at(tokens, at));
    let Some((hour, after)) = time else { return (None, false) };
    (Some(hour), zone_at(tokens, after).is_some_and(|(is_utc, _)| is_utc))
}

/// The date of publication among the dates of a field; `None` for a range.
fn published_of(dates: &[Labeled]) -> Option<Reading> {
    let is_changed = |date: &Labeled| date.label == Some(Beside::Changed);
    let mut others = dates.iter().filter(|date| !is_changed(date));
    let chosen = others.next().or(dates.first())?;
    let is_range = others.any(|other| other.found.what != chosen.found.what);
    if is_range { None } else { Some(reading(chosen)) }
}

fn reading(date: &Labeled) -> Reading {
    let utc_hour = date.hour.filter(|_| date.is_utc);
    match date.found.what {
        What::Day(day) => Reading { utc_hour, ..Reading::of_day(day) },
        What::Open(day, _) => Reading { utc_hour, is_open: true, ..Reading::of_day(day) },
        What::Month(day) => Reading { is_month: true, ..Reading::of_day(day) },
    }
}

/// The first date of a day in running text, such as “Posted on May 4, 2016 by Ann”.
#[cfg(feature = "pages")]
pub(in crate::extract) fn first_in(text: &str, order: Option<DateOrder>) -> Option<Reading> {
    let lower = text.to_lowercase();
    let tokens = Tokens::of(&lower);
    let rules = Rules { order, is_field: false, short_years: text.len() <= SHORT_LINE };
    (0..tokens.len()).find_map(|at| {
        let found = date_at(&tokens, at, rules)?;
        Some(reading(&Labeled { found, label: None, hour: None, is_utc: false }))
    })
}
