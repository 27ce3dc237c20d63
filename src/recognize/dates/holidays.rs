//! Holidays of the United States.

use jiff::civil::{Date, Weekday};

use super::day_range::{DayRange, days_between};
use super::parser::DateParser;

impl DateParser<'_> {
    /// “Christmas Eve”, “Thanksgiving Day”, “the Fourth of July”.
    pub(super) fn holiday(&self, at: usize, today: Date) -> Option<(DayRange, usize)> {
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

    /// The word after “New Year’s”: “eve” or “day”.
    fn new_year(&self, at: usize) -> Option<&'static str> {
        let year = self.lower(at + 1);
        if !["year's", "year’s", "years"].contains(&&*year) {
            return None;
        }
        ["eve", "day"].into_iter().find(|what| *what == self.lower(at + 2))
    }

    /// Holidays on the nth weekday of a month.
    fn moving_holiday(&self, at: usize, today: Date) -> Option<(DayRange, usize)> {
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
            near.min_by_key(|date| days_between(*date, today).abs())
        };
        let date = stated.map_or_else(nearest, date)?;
        Some(((date, date), 2 + usize::from(stated.is_some())))
    }
}

#[cfg(test)]
mod tests {
    use super::super::parser::first_date;

    fn check(text: &str, expected: Option<(&str, &str)>) {
        let found = first_date(text, |parser, at| parser.holiday(at, parser.published?));
        assert_eq!(found.as_ref().map(|(words, days)| (*words, &**days)), expected, "{text}");
    }

    #[test]
    fn holidays_on_a_fixed_day() {
        check("on Christmas Eve", Some(("Christmas Eve", "2022-12-24")));
        check("Christmas Day, 2023", Some(("Christmas Day, 2023", "2023-12-25")));
        check("New Years Eve", Some(("New Years Eve", "2022-12-31")));
        check("New Years Day", Some(("New Years Day", "2023-01-01")));
        check("the Fourth of July", Some(("Fourth of July", "2023-07-04")));
        check("the Fourth of June", None);
        check("Christmas", None);
    }

    #[test]
    fn holidays_on_a_weekday_of_a_month() {
        check("Thanksgiving Day", Some(("Thanksgiving Day", "2022-11-24")));
        check("Thanksgiving Day 2023", Some(("Thanksgiving Day 2023", "2023-11-23")));
        check("Memorial Day", Some(("Memorial Day", "2023-05-29")));
        check("Labor Day", Some(("Labor Day", "2023-09-04")));
    }
}
