//! Reads a date, whatever its spelling.

use super::reading::Reading;
use super::{epoch, field};
use crate::read::DateOrder;

/// Plausible years of a news archive.
const YEARS: std::ops::RangeInclusive<i16> = 1600..=2200;
/// The longest field that may be a date, in bytes.
const MAX_FIELD: usize = 200;

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
pub(in crate::extract) fn read(text: &str, order: Option<DateOrder>) -> Option<Reading> {
    let text = text.trim();
    if text.len() > MAX_FIELD || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let reading = epoch::read(text).or_else(|| field::read(text, order))?;
    YEARS.contains(&reading.day.year()).then_some(reading)
}
