//! What was read of a date.

use jiff::ToSpan;
use jiff::civil::Date;

/// A date as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract) struct Reading {
    /// The day, in the zone in which it was written.
    pub(in crate::extract) day: Date,
    /// Whether day or month first is open: the other reading is a day as well.
    pub(in crate::extract) is_open: bool,
    /// Whether only the month was stated; the day is its first then.
    pub(in crate::extract) is_month: bool,
    /// The hour in UTC, if it was written in UTC with a time of day. The day where
    /// it was written may be another one then.
    pub(in crate::extract) utc_hour: Option<i8>,
}

impl Reading {
    pub(super) fn of_day(day: Date) -> Self {
        Self { day, is_open: false, is_month: false, utc_hour: None }
    }

    /// The day where it was written, if something else of the article states a day:
    /// that one, if the moment in UTC falls on it in some zone.
    pub(in crate::extract) fn local_day(&self, stated: Date) -> Date {
        let Some(hour) = self.utc_hour else { return self.day };
        let day_before = self.day.checked_sub(1.day()).is_ok_and(|day| day == stated);
        let day_after = self.day.checked_add(1.day()).is_ok_and(|day| day == stated);
        // People live up to 10 hours behind UTC, and up to 13 ahead.
        if day_before && hour < 10 || day_after && hour >= 11 { stated } else { self.day }
    }
}
