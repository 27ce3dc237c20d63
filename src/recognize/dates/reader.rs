//! The words of a sentence, read as parts of dates.

use std::borrow::Cow;
use std::sync::LazyLock;

use jiff::Span as Period;
use jiff::civil::Date;
use rustc_hash::FxHashSet;

use crate::article::{Language, Span};
use crate::segment::lowered;

/// Years that a number can mean.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2150;

/// Words that speak of what is to come, and how far before a date they stand.
const AHEAD: &[&str] = &[
    "will",
    "scheduled",
    "slated",
    "due",
    "expected",
    "upcoming",
    "opens",
    "premieres",
    "debuts",
    "arrives",
    "hits",
    "plans",
    "set",
    "begins",
    "returns",
    "shall",
];
const AHEAD_WORDS: usize = 8;

/// First and last day.
pub(super) type Days = (Date, Date);

/// The words of a sentence.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a [Span],
    pub(super) published: Option<Date>,
}

impl Reader<'_> {
    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.of(self.text))
    }

    pub(super) fn lower(&self, at: usize) -> Cow<'_, str> {
        let word = self.word(at);
        if word.len() > 12 { Cow::Borrowed("") } else { lowered(word) }
    }

    /// What stands between a word and the next.
    pub(super) fn gap(&self, at: usize) -> &str {
        match (self.words.get(at), self.words.get(at + 1)) {
            (Some(a), Some(b)) => self.text.get(a.end..b.start).unwrap_or(""),
            _ => "",
        }
    }

    /// Whether two words stand side by side, with no more than a comma or dot.
    pub(super) fn joined(&self, at: usize) -> bool {
        matches!(self.gap(at).trim(), "" | "," | ".")
    }

    /// A date that begins at a word, and how many words it takes.
    pub(super) fn date_at(&self, at: usize) -> Option<(Days, usize)> {
        let word = self.word(at);
        let opens = match word.as_bytes().first()? {
            b'0'..=b'9' => true,
            b'a'..=b'z' => can_open(word),
            b'A'..=b'Z' => {
                let lower = self.lower(at);
                can_open(&lower) || NAMED.contains(&*lower)
            }
            _ => false,
        };
        if !opens {
            return None;
        }
        self.written(at).or_else(|| self.reckoned(at))
    }

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

    /// 1 to 31, as `14` or `14th`.
    pub(super) fn day(&self, at: usize) -> Option<i8> {
        let word = self.word(at);
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &word[digits.len()..];
        let day: i8 = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
        // “7.5” is no day, “10:30” none either.
        matches!(suffix, "" | "st" | "nd" | "rd" | "th").then_some(day)
    }

    pub(super) fn year_number(&self, at: usize) -> Option<i16> {
        let word = self.word(at);
        if word.len() != 4 || !word.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        word.parse().ok().filter(|year| YEARS.contains(year))
    }

    /// A day of a year; without the year, of that whose day is nearest to the
    /// day of publication.
    pub(super) fn in_year(&self, year: Option<i16>, month: i8, day: i8) -> Option<Date> {
        if let Some(year) = year {
            return Date::new(year, month, day).ok();
        }
        let today = self.published?;
        let years = [today.year(), today.year() + 1, today.year() - 1];
        let dates = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
        dates.min_by_key(|date| (days_between(*date, today).abs(), *date < today))
    }

    /// Whether the words before speak of what is to come.
    pub(super) fn looks_ahead(&self, at: usize) -> bool {
        let from = at.saturating_sub(AHEAD_WORDS);
        (from..at).any(|before| AHEAD.contains(&&*self.lower(before)))
    }
}

/// The letters of a month's name that are enough to write it by.
const SHORT: usize = 3;
/// First words of holidays.
const HOLIDAYS: [&str; 8] =
    ["christmas", "new", "fourth", "valentine's", "valentine’s", "thanksgiving", "memorial", "labor"];

/// Names that a date can begin with, in small letters.
static NAMED: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let months = Language::default().tables().months.iter().flat_map(|month| [*month, &month[..SHORT]]);
    months.chain(["sept"]).chain(Language::default().tables().weekdays.map(|(name, _)| name)).chain(HOLIDAYS).collect()
});

/// Whether a date can begin with a word in small letters.
fn can_open(word: &str) -> bool {
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

pub(super) fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |period: Period| period.get_days())
}

pub(super) fn month_days(year: i16, month: i8) -> Option<Days> {
    let first = Date::new(year, month, 1).ok()?;
    Some((first, first.last_of_month()))
}

pub(super) fn year_days(year: i16) -> Option<Days> {
    let first = Date::new(year, 1, 1).ok()?;
    Some((first, first.last_of_year()))
}

/// The months of a season of the northern hemisphere; winter goes on into the
/// next year.
pub(super) fn season_days(year: i16, season: &str) -> Option<Days> {
    let (first, last, into) = match season {
        "spring" => (3, 5, 0),
        "summer" => (6, 8, 0),
        "fall" | "autumn" => (9, 11, 0),
        "winter" => (12, 2, 1),
        _ => return None,
    };
    Some((Date::new(year, first, 1).ok()?, Date::new(year + into, last, 1).ok()?.last_of_month()))
}
