//! Dates reckoned from the day of publication.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::article::{Language, month_from, week_from, year_from};

use super::reader::{Days, Reader, month_days, season_days};

/// Numbers as articles write them.
const NUMBERS: [&str; 13] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

impl Reader<'_> {
    /// “next Friday”, “last year”, “tomorrow”, “this weekend”.
    pub(super) fn reckoned(&self, at: usize) -> Option<(Days, usize)> {
        let today = self.published?;
        // “USA TODAY”
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
                    let date = beside(today, day, step)?;
                    (date, date)
                }
                (_, Some(month)) => month_beside(today, month as i8 + 1, step)?,
                _ => season_beside(today, unit, step)?,
            },
        };
        Some((days, 2 + coming))
    }

    /// A bare weekday: the last one, the day of publication among them.
    fn weekday(&self, at: usize, today: Date) -> Option<(Days, usize)> {
        let word = self.word(at);
        let day = Language::default()
            .weekday(&self.lower(at))
            .filter(|_| word.starts_with(|c: char| c.is_ascii_uppercase()))?;
        // “Friday Night Lights”, “Black Friday”, “Taking Back Sunday”.
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
        // “on Friday” in a Monday's paper is the last one.
        let date = today.checked_sub(i64::from(back).days()).ok()?;
        Some(((date, date), 1))
    }

    /// “three years ago”, “two weeks ago”, “a month ago”.
    fn ago(&self, at: usize, today: Date) -> Option<(Days, usize)> {
        let word = self.lower(at);
        let number = match &*word {
            "a" | "an" => 1,
            word => match NUMBERS.iter().position(|number| *number == word) {
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

    /// “Christmas Eve”, “Thanksgiving Day”, “the Fourth of July”.
    fn holiday(&self, at: usize, today: Date) -> Option<(Days, usize)> {
        let word = self.word(at);
        let next = self.lower(at + 1);
        let (month, day, count) = match (word, &*next) {
            ("Christmas", "eve") => (12, 24, 2),
            ("Christmas", "day") => (12, 25, 2),
            ("New", _) if self.new_year(at) == Some("eve") => (12, 31, 3),
            ("New", _) if self.new_year(at) == Some("day") => (1, 1, 3),
            ("Fourth", "of") if self.month(at + 2) == Some(7) => (7, 4, 3),
            ("Valentine's" | "Valentine’s", "day") => (2, 14, 2),
            _ => return self.moving_holiday(at, today),
        };
        let year = self.year_number(at + count).filter(|_| self.joined(at + count - 1));
        let date = self.in_year(year, month, day)?;
        Some(((date, date), count + usize::from(year.is_some())))
    }

    fn new_year(&self, at: usize) -> Option<&'static str> {
        let year = self.lower(at + 1);
        if !["year's", "year’s", "years"].contains(&&*year) {
            return None;
        }
        ["eve", "day"].into_iter().find(|what| *what == self.lower(at + 2))
    }

    /// Holidays of the United States on a weekday of a month.
    fn moving_holiday(&self, at: usize, today: Date) -> Option<(Days, usize)> {
        let (month, nth, day) = match (self.word(at), &*self.lower(at + 1)) {
            ("Thanksgiving", "day") => (11, 4, Weekday::Thursday),
            ("Memorial", "day") => (5, -1, Weekday::Monday),
            ("Labor", "day") => (9, 1, Weekday::Monday),
            _ => return None,
        };
        let stated = self.year_number(at + 2).filter(|_| self.joined(at + 1));
        let date = |year: i16| Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, day).ok();
        let nearest = || {
            let near = [today.year() - 1, today.year(), today.year() + 1].into_iter().filter_map(date);
            near.min_by_key(|date| super::reader::days_between(*date, today).abs())
        };
        let date = stated.map_or_else(nearest, date)?;
        Some(((date, date), 2 + usize::from(stated.is_some())))
    }

    /// The weekend (Friday to Sunday) or week that a day lies in or next to.
    pub(super) fn around(&self, day: Date, unit: &str) -> Option<Days> {
        let (monday, sunday) = week_from(day, 0)?;
        match unit {
            "weekend" => Some((monday.checked_add(4.days()).ok()?, sunday)),
            _ => Some((monday, sunday)),
        }
    }
}

/// “last summer”: the one before that of the day; “next”: the one after.
fn season_beside(today: Date, season: &str, step: i64) -> Option<Days> {
    let this = season_days(today.year(), season)?;
    let year = match step {
        -1 if this.1 >= today => today.year() - 1,
        1 if this.0 <= today => today.year() + 1,
        _ => today.year(),
    };
    season_days(year, season)
}

/// “last Friday”: the one before the day; “next”: the one after; “this”: of
/// the same week.
fn beside(today: Date, day: Weekday, step: i64) -> Option<Date> {
    match step {
        0 => week_from(today, 0)?.0.checked_add(i64::from(day.to_monday_zero_offset()).days()).ok(),
        _ => today.nth_weekday(step as i32, day).ok(),
    }
}

/// “last November”: the one before the month of the day; “next”: the one after.
fn month_beside(today: Date, month: i8, step: i64) -> Option<Days> {
    let year = match step {
        -1 if month >= today.month() => today.year() - 1,
        1 if month <= today.month() => today.year() + 1,
        _ => today.year(),
    };
    month_days(year, month)
}
