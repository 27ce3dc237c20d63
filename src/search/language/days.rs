//! Ranges of days in queries: `2021..2022-03`, “last week”.

use jiff::civil::Date;
use jiff::{ToSpan, Zoned};

use crate::article::{date_number, day_number, month_from, week_from, year_from};
use crate::extract::parse_date;

/// First and last day, as `YYYYMMDD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Days {
    pub first: u64,
    pub last: u64,
}

/// The accepted forms, for error messages.
pub(crate) const EXPECTED: &str = "write 2021, 2021-03, 2021-03-25, a range such as 2021..2022-03, or “last week”";

impl Days {
    /// Parses a day, month, year, a range of them with either end open, or a
    /// time relative to today.
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_on(text, Zoned::now().date())
    }

    fn parse_on(text: &str, today: Date) -> Option<Self> {
        let text = text.trim();
        if let Some((from, to)) = text.split_once("..") {
            let first =
                if from.trim().is_empty() { Some(0) } else { Self::parse_on(from, today).map(|days| days.first) };
            let last =
                if to.trim().is_empty() { Some(u64::MAX) } else { Self::parse_on(to, today).map(|days| days.last) };
            return Some(Self { first: first?, last: last? });
        }
        calendar(text).or_else(|| relative(text, today)).or_else(|| {
            let day = day_number(&parse_date(text)?);
            Some(Self { first: day, last: day })
        })
    }

    /// Whether a day, `YYYYMMDD`, is in the range.
    pub fn contains(self, day: u64) -> bool {
        (self.first..=self.last).contains(&day)
    }

    fn of(first: Date, last: Date) -> Self {
        Self { first: date_number(first), last: date_number(last) }
    }
}

/// `2021` and `2021-03`. Every month ends on its 31st: as `YYYYMMDD` no day of
/// another month falls in between.
fn calendar(text: &str) -> Option<Days> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten();
    match text.split_once('-') {
        None if text.len() == 4 => {
            let year = digits(text)? * 10_000;
            Some(Days { first: year + 101, last: year + 1231 })
        }
        Some((year, month)) if year.len() == 4 && (1..=2).contains(&month.len()) => {
            let month = digits(month).filter(|month| (1..=12).contains(month))?;
            let base = digits(year)? * 10_000 + month * 100;
            Some(Days { first: base + 1, last: base + 31 })
        }
        _ => None,
    }
}

/// “today”, “last week” (the seven days of the calendar week before this one,
/// from Monday), “this month”, “last 30 days”.
fn relative(text: &str, today: Date) -> Option<Days> {
    let folded = text.to_lowercase().replace(['-', '_'], " ");
    let words: Vec<&str> = folded.split_whitespace().collect();
    match words[..] {
        ["today"] => Some(Days::of(today, today)),
        ["yesterday"] => {
            let day = today.checked_sub(1.day()).ok()?;
            Some(Days::of(day, day))
        }
        ["tomorrow"] => {
            let day = today.checked_add(1.day()).ok()?;
            Some(Days::of(day, day))
        }
        [which @ ("last" | "this" | "next"), unit] => period(unit, step(which), today),
        ["last" | "past", count, unit] => {
            let count: i64 = count.parse().ok().filter(|count| (1..=100_000).contains(count))?;
            let days = match unit.trim_end_matches('s') {
                "day" => count,
                "week" => count * 7,
                "month" => count * 30,
                "year" => count * 365,
                _ => return None,
            };
            Some(Days::of(today.checked_sub((days - 1).days()).ok()?, today))
        }
        _ => None,
    }
}

fn step(which: &str) -> i64 {
    match which {
        "last" => -1,
        "next" => 1,
        _ => 0,
    }
}

fn period(unit: &str, step: i64, today: Date) -> Option<Days> {
    let (first, last) = match unit {
        "week" => week_from(today, step)?,
        "month" => month_from(today, step)?,
        "year" => year_from(today, step)?,
        _ => return None,
    };
    Some(Days::of(first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(u64, u64)>) {
        let today = Date::constant(2023, 3, 15);
        assert_eq!(Days::parse_on(text, today).map(|days| (days.first, days.last)), expected, "{text}");
    }

    #[test]
    fn days_months_years_and_ranges() {
        check("2021", Some((20_210_101, 20_211_231)));
        check("2021-03", Some((20_210_301, 20_210_331)));
        check("2021-03-25", Some((20_210_325, 20_210_325)));
        check("2021..2022-03", Some((20_210_101, 20_220_331)));
        check("..2020", Some((0, 20_201_231)));
        check("2020..", Some((20_200_101, u64::MAX)));
        check("March 25, 2021", Some((20_210_325, 20_210_325)));
        check("2021-13", None);
        check("soon", None);
    }

    #[test]
    fn relative_dates_count_from_today() {
        check("last week", Some((20_230_306, 20_230_312)));
        check("this-month", Some((20_230_301, 20_230_331)));
        check("last year", Some((20_220_101, 20_221_231)));
        check("last 7 days", Some((20_230_309, 20_230_315)));
        check("yesterday", Some((20_230_314, 20_230_314)));
    }
}
