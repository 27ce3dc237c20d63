//! Ranges of days in queries: `2021..2022-03`, “last week”.

use jiff::civil::Date;
use jiff::{ToSpan, Zoned};

use crate::article::{date_number, day_number, month_from, week_from, year_from};
use crate::extract::parse_date;
use crate::search::language::ranges;

/// First and last day, as `YYYYMMDD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Days {
    pub first: u64,
    pub last: u64,
}

/// Bytes of the longest text that may be days.
const MAX_TEXT: usize = 100;

/// The last day of dates of four digits.
const LAST_DAY: u64 = 99_991_231;

/// The accepted forms, for error messages.
pub(crate) const EXPECTED: &str =
    "write 2021, 2021-03, 2021-03-25, a range such as 2021..2022-03 or >=2021, or “last week”";

impl Days {
    /// Parses a day, month, year, a range of them with either end open, or a
    /// time relative to today.
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_on(text, Zoned::now().date())
    }

    /// As [`Days::parse`], on a given day.
    pub fn parse_on(text: &str, today: Date) -> Option<Self> {
        let text = text.trim();
        if text.len() > MAX_TEXT {
            return None;
        }
        if text.starts_with(['[', '{', '>', '<', '=']) {
            return ranges::parse(text, |text| Self::parse_on(text, today));
        }
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

    /// All days before the first.
    pub fn before(self) -> Self {
        Self { first: 0, last: day_before(self.first) }
    }

    /// All days after the last.
    pub fn after(self) -> Self {
        Self { first: day_after(self.last), last: u64::MAX }
    }

    /// The days that are in both; `None` where there are none.
    pub fn within(self, other: Self) -> Option<Self> {
        let both = Self { first: self.first.max(other.first), last: self.last.min(other.last) };
        (both.first <= both.last).then_some(both)
    }

    /// As a query has them, in the fewest digits: `2021`, `2020-03..2021-04`, `..2020`.
    pub fn written(self) -> String {
        let Self { first, last } = self;
        let open = |day: u64| day == 0 || day == u64::MAX;
        let year_starts = open(first) || first % 10_000 <= 101;
        let year_ends = open(last) || last % 10_000 >= 1231;
        let month_starts = open(first) || first % 100 <= 1;
        let month_ends = open(last) || last % 100 >= days_of_month(last);
        let (digits, starts, ends) = match () {
            () if year_starts && year_ends => (4, first, last),
            () if month_starts && month_ends => (7, first, last),
            () => (10, first, last),
        };
        let text = |day: u64| match (open(day), digits) {
            (true, _) => String::new(),
            (_, 4) => format!("{:04}", day / 10_000),
            (_, 7) => format!("{:04}-{:02}", day / 10_000, day / 100 % 100),
            _ => format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100),
        };
        match (text(starts), text(ends)) {
            (from, to) if from == to => from,
            (from, to) => format!("{from}..{to}"),
        }
    }

    pub(super) fn of(first: Date, last: Date) -> Self {
        Self { first: date_number(first), last: date_number(last) }
    }
}

/// The day after one; of an open end the same.
fn day_after(number: u64) -> u64 {
    if number > LAST_DAY {
        return u64::MAX;
    }
    match (number / 10_000, number / 100 % 100, number % 100) {
        (_, _, day) if day < days_of_month(number) => number + 1,
        (year, month @ ..12, _) => year * 10_000 + (month + 1) * 100 + 1,
        (year, ..) => (year + 1) * 10_000 + 101,
    }
}

/// The day before one; of an open end the same.
fn day_before(number: u64) -> u64 {
    if number == 0 || number > LAST_DAY {
        return number;
    }
    match (number / 10_000, number / 100 % 100, number % 100) {
        (_, _, 2..) => number - 1,
        (year, month @ 2.., _) => {
            let base = year * 10_000 + (month - 1) * 100;
            base + days_of_month(base)
        }
        (year, ..) => year.saturating_sub(1) * 10_000 + 1231,
    }
}

/// The last day of the month of a day.
fn days_of_month(number: u64) -> u64 {
    let month = i8::try_from(number / 100 % 100).unwrap_or(1).clamp(1, 12);
    let first = i16::try_from(number / 10_000).ok().and_then(|year| Date::new(year, month, 1).ok());
    first.map_or(31, |date| u64::from(date.days_in_month().unsigned_abs()))
}

/// `2021`, `2021-2022` and `2021-03`. Every month ends on its 31st: as `YYYYMMDD` no day of
/// another month falls in between.
fn calendar(text: &str) -> Option<Days> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten();
    match text.split_once('-') {
        None if text.len() == 4 => {
            let year = digits(text)? * 10_000;
            Some(Days { first: year + 101, last: year + 1231 })
        }
        Some((first, last)) if first.len() == 4 && last.len() == 4 => {
            let (first, last) = (digits(first)?, digits(last)?);
            (first <= last).then(|| Days { first: first * 10_000 + 101, last: last * 10_000 + 1231 })
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
pub(super) fn relative(text: &str, today: Date) -> Option<Days> {
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
        check("2020-2021", Some((20_200_101, 20_211_231)));
        check(">2020", Some((20_210_101, u64::MAX)));
        check("[2020 TO 2021-03]", Some((20_200_101, 20_210_331)));
        check("2021-13", None);
        check("soon", None);
    }

    #[test]
    fn what_is_before_and_after() {
        for (text, before, after) in [
            ("2021", 20_201_231, 20_220_101),
            ("2021-02", 20_210_131, 20_210_301),
            ("2021-03", 20_210_228, 20_210_401),
            ("2021-03-05", 20_210_304, 20_210_306),
            ("2020-02-29", 20_200_228, 20_200_301),
            ("..2020", 0, 20_210_101),
            ("2020..", 20_191_231, u64::MAX),
        ] {
            let days = Days::parse(text).expect("days");
            assert_eq!((days.before().last, days.after().first), (before, after), "{text}");
        }
    }

    #[test]
    fn days_are_written_in_the_fewest_digits() {
        for text in ["2021", "..2020", "2020..", "2020..2021", "2020-03", "..2020-02", "2020..2020-03-05", "2020-03-05"]
        {
            let days = Days::parse(text).expect("days");
            assert_eq!(Days::parse(&days.written()), Some(days), "{text}: {}", days.written());
        }
        assert_eq!(Days::parse("2020").expect("a year").before().written(), "..2019");
        assert_eq!(Days::parse("2020-03").expect("a month").after().written(), "2020-04..");
        assert_eq!(Days::parse("2020-01..2020-03").expect("months").written(), "2020-01..2020-03");
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
