//! The names of months and weekdays; weeks, months and years around a day, as
//! first and last day.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// The months, in small letters.
pub(crate) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The days of the week, in small letters.
pub(crate) const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// The day of the week of a name in small letters.
pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(name, _)| *name == word).map(|(_, day)| *day)
}

/// A day as the number `YYYYMMDD`.
pub(crate) fn date_number(date: Date) -> u64 {
    super::day_number(&date.to_string())
}

/// The week from Monday that lies so many weeks from that of a day.
pub(crate) fn week_from(day: Date, step: i64) -> Option<(Date, Date)> {
    let monday = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
    let first = monday.checked_add((7 * step).days()).ok()?;
    Some((first, first.checked_add(6.days()).ok()?))
}

/// The month that lies so many months from that of a day.
pub(crate) fn month_from(day: Date, step: i64) -> Option<(Date, Date)> {
    let first = day.first_of_month().checked_add(step.months()).ok()?;
    Some((first, first.last_of_month()))
}

/// The year that lies so many years from that of a day.
pub(crate) fn year_from(day: Date, step: i64) -> Option<(Date, Date)> {
    let first = day.first_of_year().checked_add(step.years()).ok()?;
    Some((first, first.last_of_year()))
}
