//! The words of a sentence as parts of dates: months, days, years.

use std::borrow::Cow;
use std::sync::LazyLock;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use crate::article::{Language, Span};
use crate::segment::lowered;

use super::day_range::{DayRange, days_between};

/// Numbers that can be years.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2150;

/// How many words before a date are searched for them.
const AHEAD_WORDS: usize = 8;

/// Parses the dates of a sentence.
pub(super) struct DateParser<'a> {
    /// The text of the article.
    pub(super) text: &'a str,
    /// The words of the sentence.
    pub(super) words: &'a [Span],
    /// The day of publication, if known.
    pub(super) published: Option<Date>,
}

impl DateParser<'_> {
    /// A word as written; empty past the end.
    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.of(self.text))
    }

    /// A word in lower case; empty for words too long to be part of a date.
    pub(super) fn lower(&self, at: usize) -> Cow<'_, str> {
        let word = self.word(at);
        if word.len() > 12 { Cow::Borrowed("") } else { lowered(word) }
    }

    /// The text between a word and the next.
    pub(super) fn gap(&self, at: usize) -> &str {
        match (self.words.get(at), self.words.get(at + 1)) {
            (Some(a), Some(b)) => self.text.get(a.end..b.start).unwrap_or(""),
            _ => "",
        }
    }

    /// Whether only spaces, a comma or a dot are between a word and the next.
    pub(super) fn joined(&self, at: usize) -> bool {
        matches!(self.gap(at).trim(), "" | "," | ".")
    }

    /// The date that starts at a word, and how many words it takes.
    pub(super) fn date_at(&self, at: usize) -> Option<(DayRange, usize)> {
        let word = self.word(at);
        let starts = match word.as_bytes().first()? {
            b'0'..=b'9' => true,
            b'a'..=b'z' => can_start(word),
            b'A'..=b'Z' => {
                let lower = self.lower(at);
                can_start(&lower) || NAMED.contains(&*lower)
            }
            _ => false,
        };
        if !starts {
            return None;
        }
        self.absolute(at).or_else(|| self.relative(at))
    }

    /// The month that a capitalized word names, 1 to 12.
    pub(super) fn month(&self, at: usize) -> Option<i8> {
        let word = self.word(at);
        if !word.starts_with(|c: char| c.is_ascii_uppercase()) || word.len() < 3 {
            return None;
        }
        let lower = self.lower(at);
        let short = lower.len() == 3 || lower == "sept";
        let found = Language::default()
            .tables()
            .months
            .iter()
            .position(|month| *month == lower || short && month.starts_with(&*lower));
        found.map(|month| month as i8 + 1)
    }

    /// A day of a month, 1 to 31, written `14` or `14th`.
    pub(super) fn day(&self, at: usize) -> Option<i8> {
        let word = self.word(at);
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &word[digits.len()..];
        let day: i8 = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
        // “7.5” is not a day.
        matches!(suffix, "" | "st" | "nd" | "rd" | "th").then_some(day)
    }

    /// A year in four digits.
    pub(super) fn year_number(&self, at: usize) -> Option<i16> {
        let word = self.word(at);
        if word.len() != 4 || !word.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        word.parse().ok().filter(|year| YEARS.contains(year))
    }

    /// A day of a year. Without a year, the nearest to the day of publication
    /// is taken; of two equally near ones, the later.
    pub(super) fn in_year(&self, year: Option<i16>, month: i8, day: i8) -> Option<Date> {
        if let Some(year) = year {
            return Date::new(year, month, day).ok();
        }
        let today = self.published?;
        let years = [today.year(), today.year() + 1, today.year() - 1];
        let dates = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
        dates.min_by_key(|date| (days_between(*date, today).abs(), *date < today))
    }

    /// Whether a word before the date puts it in the future.
    pub(super) fn looks_ahead(&self, at: usize) -> bool {
        let from = at.saturating_sub(AHEAD_WORDS);
        (from..at).any(|before| Language::default().tables().future_words.contains(&&*self.lower(before)))
    }
}

/// Letters of a month’s abbreviation.
const ABBREVIATED: usize = 3;

/// Capitalized words that a date can start with, in lower case.
static NAMED: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let months = Language::default().tables().months.iter().flat_map(|month| [*month, &month[..ABBREVIATED]]);
    months
        .chain(["sept"])
        .chain(Language::default().tables().weekdays.map(|(name, _)| name))
        .chain(Language::default().tables().holiday_starts.iter().copied())
        .collect()
});

/// Whether a date can start with a word in lower case.
fn can_start(word: &str) -> bool {
    matches!(
        word,
        "a" | "an" | "this" | "last" | "next" | "today" | "tonight" | "yesterday" | "tomorrow" | "week" | "weekend"
    ) || matches!(word, "early" | "late" | "mid" | "spring" | "summer" | "fall" | "autumn" | "winter")
        || matches!(
            word,
            "zero"
                | "one"
                | "two"
                | "three"
                | "four"
                | "five"
                | "six"
                | "seven"
                | "eight"
                | "nine"
                | "ten"
                | "eleven"
                | "twelve"
        )
}

/// The first date that `find` finds in a text published on 2023-03-15, a
/// Wednesday: its words and its range of days.
#[cfg(test)]
pub(super) fn first_date(
    text: &str,
    find: impl Fn(&DateParser<'_>, usize) -> Option<(DayRange, usize)>,
) -> Option<(&str, String)> {
    let words: Vec<Span> =
        crate::segment::words(text, Span::new(0, text.len())).iter().map(|token| token.span).collect();
    let parser = DateParser { text, words: &words, published: "2023-03-15".parse().ok() };
    let (at, ((first, last), count)) = (0..words.len()).find_map(|at| Some((at, find(&parser, at)?)))?;
    let span = Span::new(words[at].start, words[at + count - 1].end);
    Some((span.of(text), if first == last { first.to_string() } else { format!("{first}..{last}") }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_parser<R>(text: &str, published: Option<Date>, test: impl FnOnce(&DateParser<'_>) -> R) -> R {
        let words: Vec<Span> =
            crate::segment::words(text, Span::new(0, text.len())).iter().map(|token| token.span).collect();
        test(&DateParser { text, words: &words, published })
    }

    #[test]
    fn parts_of_dates() {
        fn check(word: &str, month: Option<i8>, day: Option<i8>, year: Option<i16>) {
            let found = with_parser(word, None, |parser| (parser.month(0), parser.day(0), parser.year_number(0)));
            assert_eq!(found, (month, day, year), "{word}");
        }
        check("July", Some(7), None, None);
        check("Sept", Some(9), None, None);
        check("Dec", Some(12), None, None);
        check("july", None, None, None);
        check("Jul", Some(7), None, None);
        check("Julia", None, None, None);
        check("14", None, Some(14), None);
        check("22nd", None, Some(22), None);
        check("32", None, None, None);
        check("14x", None, None, None);
        check("2023", None, None, Some(2023));
        check("1799", None, None, None);
        check("2023s", None, None, None);
    }

    #[test]
    fn words_and_gaps_past_the_end_are_empty() {
        with_parser("July 14, 2023", None, |parser| {
            assert_eq!((parser.word(0), &*parser.lower(0), parser.gap(1)), ("July", "july", ", "));
            assert_eq!((parser.word(3), &*parser.lower(3), parser.gap(2)), ("", "", ""));
            assert!(parser.joined(1));
        });
        with_parser("July (14) incomprehensibly", None, |parser| {
            assert!(!parser.joined(0));
            // Too long for any word of a date.
            assert_eq!(&*parser.lower(2), "");
        });
    }

    #[test]
    fn days_without_a_year_are_the_nearest() {
        fn check(published: &str, month: i8, day: i8, expected: Option<&str>) {
            let found = with_parser("", published.parse().ok(), |parser| parser.in_year(None, month, day));
            assert_eq!(found.map(|date| date.to_string()).as_deref(), expected, "{published}");
        }
        check("2023-03-15", 3, 20, Some("2023-03-20"));
        check("2023-03-15", 12, 20, Some("2022-12-20"));
        check("2023-11-15", 2, 1, Some("2024-02-01"));
        check("2023-03-15", 2, 30, None);
        check("", 3, 20, None);
    }

    #[test]
    fn words_that_look_ahead() {
        fn check(text: &str, expected: bool) {
            let found = with_parser(text, None, |parser| parser.looks_ahead(parser.words.len() - 1));
            assert_eq!(found, expected, "{text}");
        }
        check("The film opens Friday", true);
        check("It will come on Friday", true);
        check("It came on Friday", false);
        check("It will one two three four five six seven eight Friday", false);
    }

    #[test]
    fn dates_start_only_with_certain_words() {
        fn check(text: &str, expected: Option<&str>) {
            let found = first_date(text, |parser, at| parser.date_at(at));
            assert_eq!(found.map(|(words, _)| words), expected, "{text}");
        }
        check("Christmas Eve", Some("Christmas Eve"));
        check("the July 14 show", Some("July 14"));
        check("tomorrow", Some("tomorrow"));
        check("Tomorrow", Some("Tomorrow"));
        check("a month ago", Some("a month ago"));
        check("nothing here", None);
    }
}
