//! A date that a document shows in a line of its own near its top.

/// Lines at the top that are looked at.
const LINES: usize = 12;
/// Words that may stand beside the date.
const OTHER_WORDS: usize = 4;

const MONTHS: [&str; 12] = [
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

/// The date of the first line that holds little else, as `YYYY-MM-DD`: “Tuesday, March
/// 5, 2019”, “LONDON, 5 March 2019”.
pub(super) fn date_at_top(text: &str) -> Option<String> {
    text.lines().filter(|line| !line.trim().is_empty()).take(LINES).find_map(date_line)
}

fn date_line(line: &str) -> Option<String> {
    if line.len() > 120 {
        return None;
    }
    let words: Vec<&str> =
        line.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    let found = (0..words.len()).find_map(|at| date_of(&words[at..]));
    let (date, used) = found?;
    (words.len() - used <= OTHER_WORDS).then_some(date)
}

/// The date that some words begin with, and how many of them it takes.
fn date_of(words: &[&str]) -> Option<(String, usize)> {
    let trimmed = |at: usize| words.get(at).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let (first, second, third) = (trimmed(0)?, trimmed(1), trimmed(2));
    if let Some(date) = iso(first) {
        return Some((date, 1));
    }
    let (month, day, year) = match month(first) {
        Some(month) => (month, second?, third?),
        None => (month(second?)?, first, third?),
    };
    let digits = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &day[digits.len()..];
    let day: u32 = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
    let year: u32 = year.parse().ok().filter(|year| (1800..2100).contains(year))?;
    ["", "st", "nd", "rd", "th"].contains(&suffix).then(|| (format!("{year}-{month:02}-{day:02}"), 3))
}

/// The number of a month, by its name or its first three or four letters.
fn month(word: &str) -> Option<usize> {
    let word = word.to_ascii_lowercase();
    let short = |name: &str| word == name[..3] || name.len() > 4 && word == name[..4];
    MONTHS.iter().position(|name| *name == word || short(name)).map(|index| index + 1)
}

fn iso(word: &str) -> Option<String> {
    let mut parts = word.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let in_range = |text: &str, length: usize, range: std::ops::RangeInclusive<u32>| {
        text.len() == length && text.parse().is_ok_and(|number| range.contains(&number))
    };
    let is_date = in_range(year, 4, 1800..=2099) && in_range(month, 2, 1..=12) && in_range(day, 2, 1..=31);
    is_date.then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(date_at_top(text).as_deref(), expected, "{text}");
    }

    #[test]
    fn lines_that_are_dates() {
        check("Low Tide opens\n\nTuesday, March 5, 2019\n\nIt opens.", Some("2019-03-05"));
        check("LONDON, 5 March 2019", Some("2019-03-05"));
        check("Published: Sept. 5th, 2019, 10:00", Some("2019-09-05"));
        check("2019-03-05", Some("2019-03-05"));
        check("Vol. 3 | June 12, 2020", Some("2020-06-12"));
    }

    #[test]
    fn dates_within_sentences_are_not_the_date() {
        check("She was born on 5 March 2019 in a small town.", None);
        check("March 2019", None);
        check("Mar 45, 2019", None);
        check("", None);
        check(&format!("{}March 5, 2019", "Line\n".repeat(20)), None);
    }
}
