//! The day that an address states.

use jiff::civil::Date;

use super::words::month;

/// Years of addresses with a day.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

/// The day in `/2016/12/09/`, `/2016/dec/09/`, `/2016-12-09-`, `/20161209/`.
pub(in crate::extract) fn day_of_address(url: &str) -> Option<Date> {
    let path = url.split_once("://")?.1;
    let path = path.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split(['/', '-', '_', '.', ',']).skip(1).collect();
    let separate = parts.windows(3).find_map(|part| {
        let (year, day) = (digits(part[0], 4..=4)?, digits(part[2], 1..=2)?);
        let lower = part[1].to_lowercase();
        let month = digits(&lower, 1..=2).and_then(|month| i8::try_from(month).ok()).or_else(|| month(&lower))?;
        valid(year, month, day)
    });
    let compact = || {
        parts.iter().find_map(|part| {
            let number = digits_of_day(part)?;
            valid(number.0, number.1, number.2)
        })
    };
    // `29-10-2021`, where the day cannot be a month.
    let day_first = || {
        parts.windows(3).find_map(|part| {
            let (day, month) = (digits(part[0], 2..=2).filter(|day| *day > 12)?, digits(part[1], 2..=2)?);
            valid(digits(part[2], 4..=4)?, i8::try_from(month).ok()?, day)
        })
    };
    separate.or_else(compact).or_else(day_first)
}

fn digits(text: &str, count: std::ops::RangeInclusive<usize>) -> Option<i16> {
    let is_number = count.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// The parts of eight digits.
fn digits_of_day(part: &str) -> Option<(i16, i8, i16)> {
    let is_number = part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_digit());
    let number: u32 = if is_number { part.parse().ok()? } else { return None };
    let part = |number: u32| i16::try_from(number).ok();
    Some((part(number / 10_000)?, i8::try_from(number / 100 % 100).ok()?, part(number % 100)?))
}

fn valid(year: i16, month: i8, day: i16) -> Option<Date> {
    YEARS.contains(&year).then(|| Date::new(year, month, i8::try_from(day).ok()?).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_addresses() {
        for (url, expected) in [
            ("https://a.example/2016/12/09/film", Some("2016-12-09")),
            ("https://a.example/film-2016-1-9.html", Some("2016-01-09")),
            ("https://a.example/tv/2016/dec/09/film", Some("2016-12-09")),
            ("https://a.example/20161209/film", Some("2016-12-09")),
            ("https://a.example/film-20161209.html", Some("2016-12-09")),
            ("https://a.example/29-10-2021", Some("2021-10-29")),
            ("https://a.example/04-05-2021", None),
            ("https://a.example/film-20169909.html", None),
            ("https://a.example/2016/13/09/", None),
            ("https://a.example/2016/12/", None),
            ("https://a.example/film?2016/12/09", None),
            ("https://2016.12.09.example/", None),
            ("/2016/12/09/", None),
        ] {
            assert_eq!(day_of_address(url).map(|day| day.to_string()).as_deref(), expected, "{url}");
        }
    }
}
