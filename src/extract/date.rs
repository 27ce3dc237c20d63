//! Parses the date formats that archives use.

use jiff::civil::Date;
use jiff::fmt::rfc2822;
use jiff::{Timestamp, Zoned};

/// Plausible years of a news archive.
const YEARS: std::ops::RangeInclusive<i16> = 1600..=2200;

/// `strptime` patterns of dates without a time, most specific first.
/// `01/02/2023` is month first, as in American English.
const PATTERNS: &[&str] = &[
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%B %d, %Y",
    "%b %d, %Y",
    "%b. %d, %Y",
    "%B %d %Y",
    "%d %B %Y",
    "%d %b %Y",
    "%A, %B %d, %Y",
    "%a, %b %d, %Y",
    "%A, %d %B %Y",
    "%a, %d %b %Y",
    "%d-%b-%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%Y年%m月%d日",
];

/// Parses a date and returns it as `YYYY-MM-DD`, without converting its time
/// zone. `None` if the text is not a date or outside the years 1600 to 2200.
///
/// Accepts ISO 8601, RFC 2822, seconds or milliseconds since 1970, and dates
/// written in English.
///
/// ```
/// use newsearch::internals::extract::parse_date;
/// assert_eq!(parse_date("2022-03-25T23:10:00-08:00").as_deref(), Some("2022-03-25"));
/// assert_eq!(parse_date("Sept. 30, 2022").as_deref(), Some("2022-09-30"));
/// assert_eq!(parse_date("31 December 9999"), None);
/// ```
pub fn parse_date(text: &str) -> Option<String> {
    let text = text.trim();
    let date = parse_iso(text)
        .or_else(|| parse_epoch(text))
        .or_else(|| parse_written(text))
        .or_else(|| rfc2822::DateTimeParser::new().parse_zoned(text).ok().map(|z: Zoned| z.date()))?;
    YEARS.contains(&date.year()).then(|| date.to_string())
}

/// `YYYY-MM-DD`, alone or followed by a time.
fn parse_iso(text: &str) -> Option<Date> {
    let (date, rest) = text.split_at_checked(10)?;
    let ends = rest.is_empty() || rest.starts_with(['T', 't', ' ']);
    if ends { date.parse().ok() } else { None }
}

/// Seconds (9 or 10 digits) or milliseconds (12 or 13) since 1970.
fn parse_epoch(text: &str) -> Option<Date> {
    let number: i64 = text.parse().ok()?;
    let time = match text.len() {
        9 | 10 => Timestamp::from_second(number),
        12 | 13 => Timestamp::from_millisecond(number),
        _ => return None,
    };
    Some(time.ok()?.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// A date in one of [`PATTERNS`].
fn parse_written(text: &str) -> Option<Date> {
    // `%b` knows only the three-letter form.
    let text = text.replace("Sept.", "Sep").replace("Sept ", "Sep ");
    PATTERNS.iter().find_map(|pattern| Date::strptime(pattern, &text).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(parse_date(text).as_deref(), expected, "{text}");
    }

    #[test]
    fn formats_of_one_day() {
        for text in [
            "2019-01-04",
            "2019/01/04",
            "20190104",
            "January 4, 2019",
            "Jan. 4, 2019",
            "4 January 2019",
            "Friday, January 4, 2019",
            "2019-01-04T12:00:00Z",
            "2019-01-04 23:59",
            "Fri, 4 Jan 2019 10:00:00 +0000",
            "1/4/2019",
            "4.1.2019",
            "2019年1月4日",
            "1546560000",
            "1546560000000",
            " 04-Jan-2019 ",
        ] {
            check(text, Some("2019-01-04"));
        }
    }

    #[test]
    fn time_zones_are_not_converted() {
        check("2019-01-04T23:59:00-08:00", Some("2019-01-04"));
        check("Fri, 4 Jan 2019 23:59:00 -0800", Some("2019-01-04"));
        check("Sept 30, 2022", Some("2022-09-30"));
        check("946684799", Some("1999-12-31"));
    }

    #[test]
    fn other_text_is_not_a_date() {
        for text in [
            "",
            "soon",
            "2019-13-01",
            "2019-01-04x",
            "9999-12-31",
            "0001-01-01",
            "99999999999999999999",
            "é019-01-04",
            "12345",
        ] {
            check(text, None);
        }
    }
}
