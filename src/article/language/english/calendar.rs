//! Months and weekdays.

use jiff::civil::Weekday;

/// The months in lower case, January first.
pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Month names as newsrooms shorten them, in lower case.
pub(super) const SHORT_MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "aug", "sept", "oct", "nov", "dec"];

/// The weekdays in lower case, Monday first.
pub(super) const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];
