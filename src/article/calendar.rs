//! Weeks, months and years around a day, as first and last day.

use jiff::ToSpan;
use jiff::civil::Date;

use super::day::day_number;

/// A day as the number `YYYYMMDD`.
pub(crate) fn date_number(date: Date) -> u64 {
    day_number(&date.to_string())
}

/// The week, Monday to Sunday, `step` weeks after that of a day.
pub(crate) fn week_from(day: Date, step: i64) -> Option<(Date, Date)> {
    let monday = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
    let first = monday.checked_add((7 * step).days()).ok()?;
    Some((first, first.checked_add(6.days()).ok()?))
}

/// The month `step` months after that of a day.
pub(crate) fn month_from(day: Date, step: i64) -> Option<(Date, Date)> {
    let first = day.first_of_month().checked_add(step.months()).ok()?;
    Some((first, first.last_of_month()))
}

/// The year `step` years after that of a day.
pub(crate) fn year_from(day: Date, step: i64) -> Option<(Date, Date)> {
    let first = day.first_of_year().checked_add(step.years()).ok()?;
    Some((first, first.last_of_year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_first_and_last_days() {
        let day: Date = "2024-02-14".parse().expect("a date");
        let check = |period: Option<(Date, Date)>, expected: (u64, u64)| {
            assert_eq!(period.map(|(first, last)| (date_number(first), date_number(last))), Some(expected));
        };
        check(week_from(day, 0), (20_240_212, 20_240_218));
        check(week_from(day, -2), (20_240_129, 20_240_204));
        check(month_from(day, 0), (20_240_201, 20_240_229));
        check(month_from(day, -2), (20_231_201, 20_231_231));
        check(year_from(day, 1), (20_250_101, 20_251_231));
    }
}
