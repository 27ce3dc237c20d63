//! Relative dates, resolved by the day of publication: “next Friday”.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::article::{Language, month_from, week_from, year_from};

use super::day_range::{DayRange, month_days, season_days};
use super::parser::DateParser;

impl DateParser<'_> {
    /// The relative date that starts at a word, and how many words it takes:
    /// “next Friday”, “last year”, “tomorrow”, “this weekend”.
    pub(super) fn relative(&self, at: usize) -> Option<(DayRange, usize)> {
        let today = self.published?;
        // A newspaper: “USA TODAY”.
        if self.word(at) == "TODAY" {
            return None;
        }
        let word = self.lower(at);
        let one = |date: Date| Some(((date, date), 1));
        match &*word {
            "today" | "tonight" => return one(today),
            "yesterday" => return one(today.checked_sub(1.day()).ok()?),
            "tomorrow" => return one(today.checked_add(1.day()).ok()?),
            "last" | "this" | "next" => {}
            _ => return self.ago(at, today).or_else(|| self.holiday(at, today)).or_else(|| self.weekday(at, today)),
        }
        let step = match &*word {
            "last" => -1,
            "next" => 1,
            _ => 0,
        };
        let coming = usize::from(matches!(&*self.lower(at + 1), "coming" | "past"));
        let step = match &*self.lower(at + 1) {
            "coming" => 1,
            "past" => -1,
            _ => step,
        };
        let unit = self.lower(at + 1 + coming);
        let days = match &*unit {
            "week" => week_from(today, step)?,
            "weekend" => {
                let (monday, sunday) = week_from(today, step)?;
                (monday.checked_add(4.days()).ok()?, sunday)
            }
            "month" => month_from(today, step)?,
            "year" => year_from(today, step)?,
            unit => match (
                Language::default().weekday(unit),
                Language::default().tables().months.iter().position(|month| *month == unit),
            ) {
                (Some(day), _) => {
                    let date = nearby_weekday(today, day, step)?;
                    (date, date)
                }
                (_, Some(month)) => nearby_month(today, month as i8 + 1, step)?,
                _ => nearby_season(today, unit, step)?,
            },
        };
        Some((days, 2 + coming))
    }

    /// A bare weekday: the last one up to the day of publication, or the next one
    /// after words such as “will”.
    fn weekday(&self, at: usize, today: Date) -> Option<(DayRange, usize)> {
        let word = self.word(at);
        let day = Language::default()
            .weekday(&self.lower(at))
            .filter(|_| word.starts_with(|c: char| c.is_ascii_uppercase()))?;
        // Names: “Friday Night Lights”, “Black Friday”, “Taking Back Sunday”.
        let named = |at: usize, gap: &str| gap == " " && self.word(at).starts_with(|c: char| c.is_ascii_uppercase());
        if named(at + 1, self.gap(at)) && self.month(at + 1).is_none() {
            return None;
        }
        if at.checked_sub(1).is_some_and(|before| named(before, self.gap(before)) && before > 0) {
            return None;
        }
        let ahead = self.looks_ahead(at) || ["until", "by"].contains(&&*self.lower(at.wrapping_sub(1)));
        if ahead && today.weekday() != day {
            let date = today.nth_weekday(1, day).ok()?;
            return Some(((date, date), 1));
        }
        let back = (today.weekday().to_monday_zero_offset() - day.to_monday_zero_offset()).rem_euclid(7);
        // “on Friday”, published on a Monday, is the last one.
        let date = today.checked_sub(i64::from(back).days()).ok()?;
        Some(((date, date), 1))
    }

    /// “three years ago”, “two weeks ago”, “a month ago”.
    fn ago(&self, at: usize, today: Date) -> Option<(DayRange, usize)> {
        let word = self.lower(at);
        let number = match &*word {
            "a" | "an" => 1,
            word => match Language::default().tables().numbers.iter().position(|number| *number == word) {
                Some(number) => number as i64,
                None => word.parse().ok().filter(|number| (1..=400).contains(number))?,
            },
        };
        if self.lower(at + 2) != "ago" {
            return None;
        }
        let one = |date: Date| (date, date);
        let days = match self.lower(at + 1).trim_end_matches('s') {
            "day" => one(today.checked_sub(number.days()).ok()?),
            "week" => one(today.checked_sub(number.weeks()).ok()?),
            "month" => month_from(today, -number)?,
            "year" => year_from(today, -number)?,
            _ => return None,
        };
        Some((days, 3))
    }
}

/// “last summer” is the one that ended before the day, “next summer” the one that
/// starts after it; `step` is -1, 0 or 1.
fn nearby_season(today: Date, season: &str, step: i64) -> Option<DayRange> {
    let this = season_days(today.year(), season)?;
    let year = match step {
        -1 if this.1 >= today => today.year() - 1,
        1 if this.0 <= today => today.year() + 1,
        _ => today.year(),
    };
    season_days(year, season)
}

/// “last Friday” is the one before the day, “next Friday” the one after, “this
/// Friday” that of the same week; `step` is -1, 0 or 1.
fn nearby_weekday(today: Date, day: Weekday, step: i64) -> Option<Date> {
    match step {
        0 => week_from(today, 0)?.0.checked_add(i64::from(day.to_monday_zero_offset()).days()).ok(),
        _ => today.nth_weekday(step as i32, day).ok(),
    }
}

/// “last November” is the one before the month of the day, “next November” the one
/// after; `step` is -1, 0 or 1.
fn nearby_month(today: Date, month: i8, step: i64) -> Option<DayRange> {
    let year = match step {
        -1 if month >= today.month() => today.year() - 1,
        1 if month <= today.month() => today.year() + 1,
        _ => today.year(),
    };
    month_days(year, month)
}

#[cfg(test)]
mod tests {
    use super::super::parser::first_date;

    fn check(text: &str, expected: Option<(&str, &str)>) {
        let found = first_date(text, |parser, at| parser.relative(at));
        assert_eq!(found.as_ref().map(|(words, days)| (*words, &**days)), expected, "{text}");
    }

    #[test]
    fn days() {
        check("seen today", Some(("today", "2023-03-15")));
        check("seen yesterday", Some(("yesterday", "2023-03-14")));
        check("seen tomorrow", Some(("tomorrow", "2023-03-16")));
        check("on Sunday", Some(("Sunday", "2023-03-12")));
        check("it opens Sunday", Some(("Sunday", "2023-03-19")));
        check("until Sunday", Some(("Sunday", "2023-03-19")));
        check("on Wednesday", Some(("Wednesday", "2023-03-15")));
        check("last Friday", Some(("last Friday", "2023-03-10")));
        check("this Friday", Some(("this Friday", "2023-03-17")));
        check("this coming Friday", Some(("this coming Friday", "2023-03-17")));
        check("USA TODAY", None);
        check("Friday Night", None);
        check("a Black Friday", None);
    }

    #[test]
    fn longer_periods() {
        check("next week", Some(("next week", "2023-03-20..2023-03-26")));
        check("this weekend", Some(("this weekend", "2023-03-17..2023-03-19")));
        check("last month", Some(("last month", "2023-02-01..2023-02-28")));
        check("next year", Some(("next year", "2024-01-01..2024-12-31")));
        check("last November", Some(("last November", "2022-11-01..2022-11-30")));
        check("next summer", Some(("next summer", "2023-06-01..2023-08-31")));
        check("last summer", Some(("last summer", "2022-06-01..2022-08-31")));
        check("last call", None);
    }

    #[test]
    fn periods_ago() {
        check("three days ago", Some(("three days ago", "2023-03-12")));
        check("2 weeks ago", Some(("2 weeks ago", "2023-03-01")));
        check("a month ago", Some(("a month ago", "2023-02-01..2023-02-28")));
        check("two years ago", Some(("two years ago", "2021-01-01..2021-12-31")));
        check("two films ago", None);
        check("500 years ago", None);
    }
}
