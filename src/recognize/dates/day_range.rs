//! Ranges of days: months, years, seasons, weeks.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::article::week_from;

/// First and last day.
pub(super) type DayRange = (Date, Date);

/// Days from `a` to `b`, negative if `b` is earlier.
pub(super) fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |period| period.get_days())
}

/// All days of a month, 1 to 12.
pub(super) fn month_days(year: i16, month: i8) -> Option<DayRange> {
    let first = Date::new(year, month, 1).ok()?;
    Some((first, first.last_of_month()))
}

/// All days of a year.
pub(super) fn year_days(year: i16) -> Option<DayRange> {
    let first = Date::new(year, 1, 1).ok()?;
    Some((first, first.last_of_year()))
}

/// The three months of a season of the northern hemisphere; winter starts in
/// December and ends in the next year.
pub(super) fn season_days(year: i16, season: &str) -> Option<DayRange> {
    let (first, last, into) = match season {
        "spring" => (3, 5, 0),
        "summer" => (6, 8, 0),
        "fall" | "autumn" => (9, 11, 0),
        "winter" => (12, 2, 1),
        _ => return None,
    };
    Some((Date::new(year, first, 1).ok()?, Date::new(year + into, last, 1).ok()?.last_of_month()))
}

/// The week of a day (Monday to Sunday), or the weekend of that week (Friday to
/// Sunday).
pub(super) fn week_or_weekend(day: Date, unit: &str) -> Option<DayRange> {
    let (monday, sunday) = week_from(day, 0)?;
    match unit {
        "weekend" => Some((monday.checked_add(4.days()).ok()?, sunday)),
        _ => Some((monday, sunday)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(first: (i16, i8, i8), last: (i16, i8, i8)) -> Option<DayRange> {
        let date = |(year, month, day)| Date::new(year, month, day).expect("a date");
        Some((date(first), date(last)))
    }

    #[test]
    fn months_and_years() {
        assert_eq!(month_days(2024, 2), range((2024, 2, 1), (2024, 2, 29)));
        assert_eq!(month_days(2023, 12), range((2023, 12, 1), (2023, 12, 31)));
        assert_eq!(month_days(2023, 13), None);
        assert_eq!(year_days(2023), range((2023, 1, 1), (2023, 12, 31)));
    }

    #[test]
    fn seasons() {
        fn check(season: &str, expected: Option<DayRange>) {
            assert_eq!(season_days(2023, season), expected, "{season}");
        }
        check("spring", range((2023, 3, 1), (2023, 5, 31)));
        check("fall", range((2023, 9, 1), (2023, 11, 30)));
        check("autumn", range((2023, 9, 1), (2023, 11, 30)));
        check("winter", range((2023, 12, 1), (2024, 2, 29)));
        check("friday", None);
    }

    #[test]
    fn weeks_and_weekends() {
        let wednesday = Date::new(2023, 3, 15).expect("a date");
        assert_eq!(week_or_weekend(wednesday, "week"), range((2023, 3, 13), (2023, 3, 19)));
        assert_eq!(week_or_weekend(wednesday, "weekend"), range((2023, 3, 17), (2023, 3, 19)));
    }

    #[test]
    fn distances_have_a_sign() {
        let (a, b) = (Date::new(2023, 2, 27).expect("a date"), Date::new(2023, 3, 2).expect("a date"));
        assert_eq!(days_between(a, b), 3);
        assert_eq!(days_between(b, a), -3);
    }
}
