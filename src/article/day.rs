//! Days as sortable numbers.

/// An ISO date `YYYY-MM-DD` as the number `YYYYMMDD`.
///
/// ```
/// use newsearch::internals::article::{day_number, iso_day};
/// assert_eq!(day_number("2021-01-26"), 20_210_126);
/// assert_eq!(iso_day(20_210_126), "2021-01-26");
/// ```
pub fn day_number(iso: &str) -> u64 {
    iso.bytes().filter(u8::is_ascii_digit).fold(0, |number, digit| number * 10 + u64::from(digit - b'0'))
}

/// The ISO date of a [`day_number`].
pub fn iso_day(number: u64) -> String {
    format!("{:04}-{:02}-{:02}", number / 10_000, number / 100 % 100, number % 100)
}
