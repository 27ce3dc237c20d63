//! One date from a field in any of the spellings that archives use.
//!
//! A field is cut into numbers, words and marks. What is not part of a date, a time
//! of day, a zone or a label such as “Published” makes it no date at all: durations,
//! ranges, versions and prices stay unread.

mod tokens;
mod words;
mod epoch;
mod matcher;
mod surroundings;
mod field;
mod value;
mod address;
mod settle;
#[cfg(test)]
mod spellings;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::read::DateOrder;

#[cfg(feature = "pages")]
pub(super) use address::day_of_address;
#[cfg(feature = "pages")]
pub(super) use field::first_in;
pub(super) use settle::settle;
pub(super) use value::date_text;

/// Plausible years of a news archive.
const YEARS: std::ops::RangeInclusive<i16> = 1600..=2200;
/// The longest field that may be a date, in bytes.
const MAX_FIELD: usize = 200;

/// A date as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    /// The day, in the zone in which it was written.
    pub(super) day: Date,
    /// Whether day or month first is open: the other reading is a day as well.
    pub(super) is_open: bool,
    /// Whether only the month was stated; the day is its first then.
    pub(super) is_month: bool,
    /// The hour in UTC, if it was written in UTC with a time of day. The day where
    /// it was written may be another one then.
    pub(super) utc_hour: Option<i8>,
}

impl Reading {
    fn of_day(day: Date) -> Self {
        Self { day, is_open: false, is_month: false, utc_hour: None }
    }

    /// The day where it was written, if something else of the article states a day:
    /// that one, if the moment in UTC falls on it in some zone.
    pub(super) fn local_day(&self, stated: Date) -> Date {
        let Some(hour) = self.utc_hour else { return self.day };
        let day_before = self.day.checked_sub(1.day()).is_ok_and(|day| day == stated);
        let day_after = self.day.checked_add(1.day()).is_ok_and(|day| day == stated);
        // People live up to 10 hours behind UTC, and up to 13 ahead.
        if day_before && hour < 10 || day_after && hour >= 11 { stated } else { self.day }
    }
}

/// Parses a date and returns it as `YYYY-MM-DD`, without converting its time
/// zone. `None` if the text is not a date of a day or outside the years 1600 to 2200.
///
/// Accepts ISO 8601, RFC 2822, seconds or milliseconds since 1970, and dates as
/// they are written, in English and other languages. `01/02/2023` is month first.
///
/// ```
/// use newsearch::internals::extract::parse_date;
/// assert_eq!(parse_date("2022-03-25T23:10:00-08:00").as_deref(), Some("2022-03-25"));
/// assert_eq!(parse_date("Sept. 30, 2022").as_deref(), Some("2022-09-30"));
/// assert_eq!(parse_date("31 December 9999"), None);
/// ```
pub fn parse_date(text: &str) -> Option<String> {
    read(text, None).filter(|reading| !reading.is_month).map(|reading| reading.day.to_string())
}

/// Reads a field that is a date and nothing else. `order` is what comes first in
/// other dates of the source.
pub(super) fn read(text: &str, order: Option<DateOrder>) -> Option<Reading> {
    let text = text.trim();
    if text.len() > MAX_FIELD || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let reading = epoch::read(text).or_else(|| field::read(text, order))?;
    YEARS.contains(&reading.day.year()).then_some(reading)
}
