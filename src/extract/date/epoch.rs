//! Moments as a number: seconds and parts of them since 1970, and the digits of a
//! day and time written as one.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::reading::Reading;

/// Seconds that are taken for a date: from 1985, since ids have nine digits as well,
/// to 2033, since telephone numbers of ten digits start with 2.
const SECONDS: std::ops::Range<i64> = 473_385_600..2_000_000_000;
/// Years of days that are written as eight digits.
const COMPACT_YEARS: std::ops::RangeInclusive<i16> = 1700..=2100;

/// Reads `1551780000`, also with fractions, in milliseconds, microseconds or
/// nanoseconds, and `/Date(1551780000000)/`; `20190305` and `20190305100000`.
pub(super) fn read(text: &str) -> Option<Reading> {
    if let Some(rest) = text.strip_prefix("/Date(").or(text.strip_prefix("\\/Date(")) {
        let digits = rest.split([')', '+', '-']).next()?;
        return of_milliseconds(digits.parse().ok()?);
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) || fraction.len() > 12 {
        return None;
    }
    let is_whole = !text.contains('.');
    let is_compact = is_whole && matches!(whole.len(), 8 | 12 | 14 | 17);
    if is_compact && let Some(reading) = compact(whole) {
        return Some(reading);
    }
    let unit = match whole.len() {
        9 | 10 => 1,
        12 | 13 => 1000,
        15 | 16 => 1_000_000,
        18 | 19 if is_whole => 1_000_000_000,
        _ => return None,
    };
    let number: i64 = whole.parse().ok()?;
    Some(number / unit).filter(|seconds| SECONDS.contains(seconds)).and_then(of_seconds)
}

/// The day in UTC of a moment.
pub(super) fn of_seconds(seconds: i64) -> Option<Reading> {
    let moment = Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC);
    Some(Reading { utc_hour: Some(moment.hour()), ..Reading::of_day(moment.date()) })
}

/// The day in UTC of a moment, which may lie before 1970.
pub(super) fn of_milliseconds(milliseconds: i64) -> Option<Reading> {
    of_seconds(milliseconds.div_euclid(1000))
}

/// `YYYYMMDD`, alone or followed by hours and minutes, seconds, milliseconds.
fn compact(digits: &str) -> Option<Reading> {
    let number = |from: usize, to: usize| digits.get(from..to).map_or(Some(0), |part| part.parse::<i8>().ok());
    let year: i16 = digits.get(..4)?.parse().ok()?;
    let day = Date::new(year, number(4, 6)?, number(6, 8)?).ok()?;
    let is_time = number(8, 10)? < 24 && number(10, 12)? < 60 && number(12, 14)? < 61;
    (COMPACT_YEARS.contains(&year) && is_time).then_some(Reading::of_day(day))
}

/// A day written as eight digits.
pub(super) fn compact_day(number: u64) -> Option<Date> {
    let year = i16::try_from(number / 10_000).ok().filter(|year| COMPACT_YEARS.contains(year))?;
    let (month, day) = (number / 100 % 100, number % 100);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
