//! Dates that articles mention.

use serde::{Deserialize, Serialize};

use super::span::Span;

/// A date that an article mentions: a day or a longer period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionedDate {
    /// Bytes into the article's text.
    pub span: Span,
    /// First day, as `YYYYMMDD`.
    pub first: u64,
    /// Last day, as `YYYYMMDD`; the end of the month or year if no day is named.
    pub last: u64,
}

/// The length of the period that a date means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Granularity {
    /// One day.
    Day,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
    /// Any other period: a week, a weekend, a season, a decade.
    Range,
}

impl MentionedDate {
    /// The length of its period.
    ///
    /// ```
    /// use newsearch::Span;
    /// use newsearch::internals::article::{Granularity, MentionedDate};
    /// let date = |first, last| MentionedDate { span: Span::new(0, 4), first, last }.granularity();
    /// assert_eq!(date(20_230_714, 20_230_714), Granularity::Day);
    /// assert_eq!(date(20_240_201, 20_240_229), Granularity::Month);
    /// assert_eq!(date(20_240_101, 20_241_231), Granularity::Year);
    /// assert_eq!(date(20_230_602, 20_230_604), Granularity::Range);
    /// ```
    pub fn granularity(&self) -> Granularity {
        let (first, last) = (self.first, self.last);
        let same_month = first / 100 == last / 100;
        if first == last {
            Granularity::Day
        } else if same_month && first % 100 == 1 && last % 100 >= days_of(first / 100) {
            Granularity::Month
        } else if first / 10_000 == last / 10_000 && first % 10_000 == 101 && last % 10_000 == 1231 {
            Granularity::Year
        } else {
            Granularity::Range
        }
    }
}

/// The number of days of a month given as `YYYYMM`.
fn days_of(month: u64) -> u64 {
    let (year, month) = (month / 100, month % 100);
    let date = i16::try_from(year).ok().zip(i8::try_from(month).ok());
    let first = date.and_then(|(year, month)| jiff::civil::Date::new(year, month, 1).ok());
    first.map_or(31, |first| first.days_in_month().unsigned_abs().into())
}
