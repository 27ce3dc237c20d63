//! The dates that an article speaks of.
//!
//! Written dates (“July 14, 2023”, “14 July”, “in November 2022”) and those reckoned from the day of publication (“next Friday”, “last
//! year”, “tomorrow”). A date without its year is the one nearest to the day
//! of publication; without that day it is left out.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Period, ToSpan};

use crate::article::{Article, MentionedDate, Span, date_number, month_from, week_from, year_from};
use crate::segment::Segmented;

/// Years that a number can mean.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2150;

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

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// Words before a bare year that make it a date.
const BEFORE_YEAR: &[&str] = &[
    "in", "since", "until", "till", "by", "from", "of", "during", "before", "after", "early", "late", "mid", "to",
    "and", "between", "through", "around", "for", "the", "spring", "summer", "fall", "autumn", "winter",
];

/// The dates that an article speaks of, in text order, not overlapping.
///
/// ```
/// use newsearch::article::{Article, Span};
/// use newsearch::recognize::mentioned_dates;
/// use newsearch::segment::Segmented;
/// let text = "The sequel moved from May 27, 2022 to next summer, then to July 14.".to_owned();
/// let published = Some("2022-01-21".to_owned());
/// let article = Article { body: Span::new(0, text.len()), text, published, ..Article::default() };
/// let dates = mentioned_dates(&article, &Segmented::new(&article));
/// let found: Vec<_> = dates.iter().map(|d| (d.span.of(&article.text), d.first, d.last)).collect();
/// assert_eq!(found, [
///     ("May 27, 2022", 20_220_527, 20_220_527),
///     ("July 14", 20_220_714, 20_220_714),
/// ]);
/// ```
pub fn mentioned_dates(article: &Article, segmented: &Segmented) -> Vec<MentionedDate> {
    let published = article.published.as_deref().and_then(|day| day.parse().ok());
    let mut found = Vec::new();
    for sentence in 0..segmented.sentences.len() {
        let words: Vec<Span> = segmented.words_of(sentence).iter().map(|word| word.span).collect();
        let reader = Reader { text: &article.text, words: &words, published };
        let mut at = 0;
        while at < words.len() {
            match reader.date_at(at) {
                Some((days, count)) => {
                    let span = Span::new(words[at].start, words[at + count - 1].end);
                    found.push(MentionedDate { span, first: date_number(days.0), last: date_number(days.1) });
                    at += count;
                }
                None => at += 1,
            }
        }
    }
    found
}

/// First and last day.
type Days = (Date, Date);

/// The words of a sentence.
struct Reader<'a> {
    text: &'a str,
    words: &'a [Span],
    published: Option<Date>,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.of(self.text))
    }

    fn lower(&self, at: usize) -> String {
        let word = self.word(at);
        if word.len() > 12 { String::new() } else { word.to_lowercase() }
    }

    /// What stands between a word and the next.
    fn gap(&self, at: usize) -> &str {
        match (self.words.get(at), self.words.get(at + 1)) {
            (Some(a), Some(b)) => self.text.get(a.end..b.start).unwrap_or(""),
            _ => "",
        }
    }

    /// Whether two words stand side by side, with no more than a comma or dot.
    fn joined(&self, at: usize) -> bool {
        matches!(self.gap(at).trim(), "" | "," | ".")
    }

    /// A date that begins at a word, and how many words it takes.
    fn date_at(&self, at: usize) -> Option<(Days, usize)> {
        let first = *self.word(at).as_bytes().first()?;
        if first.is_ascii_digit() {
            return self.iso(at).or_else(|| self.day_first(at)).or_else(|| self.year(at));
        }
        if !first.is_ascii_alphabetic() {
            return None;
        }
        self.month_first(at).or_else(|| self.reckoned(at))
    }

    /// “July 14, 2023”, “July 14”, “July 2023”, “July 14-16, 2023”.
    fn month_first(&self, at: usize) -> Option<(Days, usize)> {
        let month = self.month(at)?;
        if !self.joined(at) {
            return None;
        }
        if let Some(year) = self.year_number(at + 1) {
            return Some((month_days(year, month)?, 2));
        }
        let day = self.day(at + 1)?;
        let (last, after) = match self.gap(at + 1).trim() {
            "-" | "–" | "—" => {
                self.day(at + 2).filter(|last| *last > day).map_or((day, at + 2), |last| (last, at + 3))
            }
            _ => (day, at + 2),
        };
        let year = Some(after).filter(|after| self.joined(after - 1)).and_then(|after| self.year_number(after));
        let count = after - at + usize::from(year.is_some());
        let first = self.in_year(year, month, day)?;
        Some(((first, Date::new(first.year(), month, last).ok()?), count))
    }

    /// “14 July 2023”, “14th of July”.
    fn day_first(&self, at: usize) -> Option<(Days, usize)> {
        let day = self.day(at)?;
        let of = usize::from(self.word(at + 1) == "of");
        let month = self.month(at + 1 + of).filter(|_| self.gap(at).trim().is_empty())?;
        let after = at + 2 + of;
        let year = Some(after).filter(|after| self.joined(after - 1)).and_then(|after| self.year_number(after));
        let date = self.in_year(year, month, day)?;
        Some(((date, date), after - at + usize::from(year.is_some())))
    }

    /// `2023-07-14`.
    fn iso(&self, at: usize) -> Option<(Days, usize)> {
        let year = self.year_number(at)?;
        let dash = |at: usize| self.gap(at) == "-";
        if !dash(at) || !dash(at + 1) {
            return None;
        }
        let part = |at: usize| self.word(at).parse::<i8>().ok().filter(|_| self.word(at).len() == 2);
        let date = Date::new(year, part(at + 1)?, part(at + 2)?).ok()?;
        Some(((date, date), 3))
    }

    /// A bare year, where the word before makes it one.
    fn year(&self, at: usize) -> Option<(Days, usize)> {
        let year = self.year_number(at)?;
        let before = at.checked_sub(1).map(|before| (self.lower(before), self.gap(before)));
        let is_date = before.is_some_and(|(word, gap)| {
            BEFORE_YEAR.contains(&word.as_str()) && matches!(gap, " " | "-" | "\u{a0}") || gap.ends_with('(')
        });
        // “2001: A Space Odyssey” and “1,500 people” are none.
        let after = self.words.get(at).and_then(|word| self.text.get(word.end..)).unwrap_or("");
        (is_date && !after.starts_with([':', '-', '%'])).then(|| Some((year_days(year)?, 1))).flatten()
    }

    /// “next Friday”, “last year”, “tomorrow”, “this weekend”.
    fn reckoned(&self, at: usize) -> Option<(Days, usize)> {
        let today = self.published?;
        let word = self.lower(at);
        let one = |date: Date| Some(((date, date), 1));
        match word.as_str() {
            "today" | "tonight" => return one(today),
            "yesterday" => return one(today.checked_sub(1.day()).ok()?),
            "tomorrow" => return one(today.checked_add(1.day()).ok()?),
            "last" | "this" | "next" => {}
            _ => return self.weekday(at, today),
        }
        let step = match word.as_str() {
            "last" => -1,
            "next" => 1,
            _ => 0,
        };
        let unit = self.lower(at + 1);
        let days = match unit.as_str() {
            "week" => week_from(today, step)?,
            "weekend" => {
                let (monday, sunday) = week_from(today, step)?;
                (monday.checked_add(4.days()).ok()?, sunday)
            }
            "month" => month_from(today, step)?,
            "year" => year_from(today, step)?,
            unit => match (weekday(unit), MONTHS.iter().position(|month| *month == unit)) {
                (Some(day), _) => {
                    let date = beside(today, day, step)?;
                    (date, date)
                }
                (_, Some(month)) => month_beside(today, month as i8 + 1, step)?,
                _ => return None,
            },
        };
        Some((days, 2))
    }

    /// A bare weekday: the last one, the day of publication among them.
    fn weekday(&self, at: usize, today: Date) -> Option<(Days, usize)> {
        let word = self.word(at);
        let day = weekday(&self.lower(at)).filter(|_| word.starts_with(|c: char| c.is_ascii_uppercase()))?;
        // “Friday Night Lights”, “Black Friday”, “Taking Back Sunday”.
        let named = |at: usize, gap: &str| gap == " " && self.word(at).starts_with(|c: char| c.is_ascii_uppercase());
        if named(at + 1, self.gap(at)) && self.month(at + 1).is_none() {
            return None;
        }
        if at.checked_sub(1).is_some_and(|before| named(before, self.gap(before)) && before > 0) {
            return None;
        }
        let back = (today.weekday().to_monday_zero_offset() - day.to_monday_zero_offset()).rem_euclid(7);
        // “on Friday” in a Monday's paper is the last one.
        let date = today.checked_sub(i64::from(back).days()).ok()?;
        Some(((date, date), 1))
    }

    fn month(&self, at: usize) -> Option<i8> {
        let word = self.word(at);
        if !word.starts_with(|c: char| c.is_ascii_uppercase()) || word.len() < 3 {
            return None;
        }
        let lower = self.lower(at);
        let short = lower.len() == 3 || lower == "sept";
        let found = MONTHS.iter().position(|month| *month == lower || short && month.starts_with(&lower));
        found.map(|month| month as i8 + 1)
    }

    /// 1 to 31, as `14` or `14th`.
    fn day(&self, at: usize) -> Option<i8> {
        let word = self.word(at);
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &word[digits.len()..];
        let day: i8 = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
        // “7.5” is no day, “10:30” none either.
        matches!(suffix, "" | "st" | "nd" | "rd" | "th").then_some(day)
    }

    fn year_number(&self, at: usize) -> Option<i16> {
        let word = self.word(at);
        if word.len() != 4 || !word.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        word.parse().ok().filter(|year| YEARS.contains(year))
    }

    /// A day of a year; without the year, of that whose day is nearest to the
    /// day of publication.
    fn in_year(&self, year: Option<i16>, month: i8, day: i8) -> Option<Date> {
        if let Some(year) = year {
            return Date::new(year, month, day).ok();
        }
        let today = self.published?;
        let years = [today.year(), today.year() + 1, today.year() - 1];
        let dates = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
        dates.min_by_key(|date| (days_between(*date, today).abs(), *date < today))
    }
}

fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |period: Period| period.get_days())
}

fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(name, _)| *name == word).map(|(_, day)| *day)
}

fn month_days(year: i16, month: i8) -> Option<Days> {
    let first = Date::new(year, month, 1).ok()?;
    Some((first, first.last_of_month()))
}

fn year_days(year: i16) -> Option<Days> {
    let first = Date::new(year, 1, 1).ok()?;
    Some((first, first.last_of_year()))
}

/// “last Friday”: the one before the day; “next”: the one after; “this”: of
/// the same week.
fn beside(today: Date, day: Weekday, step: i64) -> Option<Date> {
    match step {
        0 => week_from(today, 0)?.0.checked_add(i64::from(day.to_monday_zero_offset()).days()).ok(),
        _ => today.nth_weekday(step as i32, day).ok(),
    }
}

/// “last November”: the one before the month of the day; “next”: the one after.
fn month_beside(today: Date, month: i8, step: i64) -> Option<Days> {
    let year = match step {
        -1 if month >= today.month() => today.year() - 1,
        1 if month <= today.month() => today.year() + 1,
        _ => today.year(),
    };
    month_days(year, month)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, u64, u64)]) {
        let article = Article {
            text: text.to_owned(),
            body: Span::new(0, text.len()),
            published: Some("2023-03-15".to_owned()),
            ..Article::default()
        };
        let dates = mentioned_dates(&article, &Segmented::new(&article));
        let found: Vec<_> = dates.iter().map(|d| (d.span.of(text), d.first, d.last)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn written_dates() {
        check("It opens Sept. 30, 2022.", &[("Sept. 30, 2022", 20_220_930, 20_220_930)]);
        check("Born on 3rd of July 1962 there", &[("3rd of July 1962", 19_620_703, 19_620_703)]);
        check(
            "shot in November 2022 and 2021",
            &[("November 2022", 20_221_101, 20_221_130), ("2021", 20_210_101, 20_211_231)],
        );
        check("On July 12-14, 2023, fans", &[("July 12-14, 2023", 20_230_712, 20_230_714)]);
        check("since 2019-12-01 only", &[("2019-12-01", 20_191_201, 20_191_201)]);
        check("Due December 20.", &[("December 20", 20_221_220, 20_221_220)]);
    }

    #[test]
    fn dates_reckoned_from_the_day_of_publication() {
        check("It comes next Friday.", &[("next Friday", 20_230_317, 20_230_317)]);
        check("It came last year.", &[("last year", 20_220_101, 20_221_231)]);
        check("He died on Sunday.", &[("Sunday", 20_230_312, 20_230_312)]);
        check("See it this weekend!", &[("this weekend", 20_230_317, 20_230_319)]);
    }

    #[test]
    fn what_is_no_date() {
        check("2001: A Space Odyssey, may I say, is Black Friday reading of 1,500 pages", &[]);
        check("Friday Night Lights and May Pang", &[]);
    }
}
