//! Absolute dates: “July 14, 2023”, “14 July”, `2023-07-14`, “the 1990s”.

use jiff::civil::Date;

use crate::article::Language;

use super::day_range::{DayRange, month_days, season_days, week_or_weekend, year_days};
use super::parser::DateParser;

impl DateParser<'_> {
    /// The absolute date that starts at a word, and how many words it takes.
    pub(super) fn absolute(&self, at: usize) -> Option<(DayRange, usize)> {
        let first = *self.word(at).as_bytes().first()?;
        if first.is_ascii_digit() {
            return self.iso(at).or_else(|| self.day_first(at)).or_else(|| self.years(at));
        }
        if !first.is_ascii_alphabetic() {
            return None;
        }
        self.month_first(at).or_else(|| self.month_of(at)).or_else(|| self.season(at)).or_else(|| self.part_of(at))
    }

    /// “July 14, 2023”, “July 14”, “July 2023”, “July 14-16, 2023”.
    fn month_first(&self, at: usize) -> Option<(DayRange, usize)> {
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
    fn day_first(&self, at: usize) -> Option<(DayRange, usize)> {
        let day = self.day(at)?;
        let of = usize::from(self.word(at + 1) == "of");
        let month = self.month(at + 1 + of).filter(|_| self.gap(at).trim().is_empty())?;
        let after = at + 2 + of;
        let year = Some(after).filter(|after| self.joined(after - 1)).and_then(|after| self.year_number(after));
        let date = self.in_year(year, month, day)?;
        Some(((date, date), after - at + usize::from(year.is_some())))
    }

    /// `2023-07-14`.
    fn iso(&self, at: usize) -> Option<(DayRange, usize)> {
        let year = self.year_number(at)?;
        let dash = |at: usize| self.gap(at) == "-";
        if !dash(at) || !dash(at + 1) {
            return None;
        }
        let part = |at: usize| self.word(at).parse::<i8>().ok().filter(|_| self.word(at).len() == 2);
        let date = Date::new(year, part(at + 1)?, part(at + 2)?).ok()?;
        Some(((date, date), 3))
    }

    /// “1990s”, “2017–2018”, “1919–33”, or a bare year.
    fn years(&self, at: usize) -> Option<(DayRange, usize)> {
        if let Some(decade) = self.decade(at) {
            return Some((decade, 1));
        }
        let first = self.year_number(at)?;
        if matches!(self.gap(at), "-" | "–" | "—")
            && let Some(last) = self.year_number(at + 1).or_else(|| self.short_year(at + 1, first))
            && last > first
            && self.gap(at + 1) != "-"
        {
            return Some(((year_days(first)?.0, year_days(last)?.1), 2));
        }
        self.year(at)
    }

    /// “1990s”, “’90s”.
    fn decade(&self, at: usize) -> Option<DayRange> {
        let digits = self.word(at).strip_suffix('s')?;
        let first: i16 = digits.parse().ok().filter(|year| year % 10 == 0)?;
        let first = match digits.len() {
            4 if (1800..2100).contains(&first) => first,
            // “the ’90s”
            2 if first >= 20 => 1900 + first,
            _ => return None,
        };
        Some((year_days(first)?.0, year_days(first + 9)?.1))
    }

    /// The “33” of “1919–33”.
    fn short_year(&self, at: usize, first: i16) -> Option<i16> {
        let word = self.word(at);
        (word.len() == 2).then(|| word.parse::<i16>().ok()).flatten().map(|year| first / 100 * 100 + year)
    }

    /// A bare year, if the word before it marks it as one.
    fn year(&self, at: usize) -> Option<(DayRange, usize)> {
        let year = self.year_number(at)?;
        let before = at.checked_sub(1).map(|before| (self.lower(before), self.gap(before)));
        // “2001: A Space Odyssey” and “2024-style” are not dates.
        let after = self.words.get(at).and_then(|word| self.text.get(word.end..)).unwrap_or("");
        let is_date = before.is_some_and(|(word, gap)| {
            let framed = gap.ends_with('(') && after.starts_with([')', ',', ';', '–', '-']);
            Language::default().tables().before_year.contains(&&*word) && matches!(gap, " " | "-" | "\u{a0}") || framed
        });
        (is_date && !after.starts_with([':', '-', '%'])).then(|| Some((year_days(year)?, 1))).flatten()
    }

    /// “June of this year”, “June last year”, “in November”, “since June”.
    fn month_of(&self, at: usize) -> Option<(DayRange, usize)> {
        let month = self.month(at)?;
        let of = usize::from(self.lower(at + 1) == "of");
        let step = match &*self.lower(at + 1 + of) {
            "last" => Some(-1),
            "this" => Some(0),
            "next" => Some(1),
            _ => None,
        };
        if let Some(step) = step.filter(|_| self.lower(at + 2 + of) == "year") {
            return Some((month_days(self.published?.year() + step, month)?, 3 + of));
        }
        let before = at.checked_sub(1).map(|before| self.lower(before)).unwrap_or_default();
        let prepositions =
            ["in", "since", "until", "by", "during", "from", "for", "through", "early", "late", "mid", "of"];
        let continues = self.gap(at) == " "
            && self.word(at + 1).starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
        if !prepositions.contains(&&*before) || continues {
            return None;
        }
        let today = self.published?;
        let ahead = matches!(&*before, "until" | "by" | "for") || self.looks_ahead(at);
        let year = match (ahead, month.cmp(&today.month())) {
            (true, std::cmp::Ordering::Less) => today.year() + 1,
            (false, std::cmp::Ordering::Greater) => today.year() - 1,
            _ => today.year(),
        };
        Some((month_days(year, month)?, 1))
    }

    /// “summer 2018”, “winter of 2006–2007”.
    fn season(&self, at: usize) -> Option<(DayRange, usize)> {
        let season = self.lower(at);
        season_days(2000, &season)?;
        let of = usize::from(self.lower(at + 1) == "of");
        let year = self.year_number(at + 1 + of)?;
        let through = self
            .year_number(at + 2 + of)
            .filter(|next| *next == year + 1 && self.gap(at + 1 + of).contains(['-', '–']));
        Some((season_days(year, &season)?, 2 + of + usize::from(through.is_some())))
    }

    /// “early June”, “late 2011”, “the weekend of June 3”.
    fn part_of(&self, at: usize) -> Option<(DayRange, usize)> {
        match &*self.lower(at) {
            "early" | "late" | "mid" => {
                let (days, count) =
                    self.month_first(at + 1).or_else(|| self.month_of(at + 1)).or_else(|| self.years(at + 1))?;
                // “late July 14” is not a date.
                (days.0 != days.1).then_some((days, count + 1))
            }
            "weekend" | "week" if self.lower(at + 1) == "of" => {
                let ((first, _), count) = self.month_first(at + 2).or_else(|| self.day_first(at + 2))?;
                Some((week_or_weekend(first, &self.lower(at))?, count + 2))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parser::first_date;

    fn check(text: &str, expected: Option<(&str, &str)>) {
        let found = first_date(text, |parser, at| parser.absolute(at));
        assert_eq!(found.as_ref().map(|(words, days)| (*words, &**days)), expected, "{text}");
    }

    #[test]
    fn days() {
        check("July 14, 2022", Some(("July 14, 2022", "2022-07-14")));
        check("Seen July 14", Some(("July 14", "2023-07-14")));
        check("July 14–16, 2022", Some(("July 14–16, 2022", "2022-07-14..2022-07-16")));
        check("the 14th of July 2022", Some(("14th of July 2022", "2022-07-14")));
        check("14 July", Some(("14 July", "2023-07-14")));
        check("2022-07-14", Some(("2022-07-14", "2022-07-14")));
        check("February 30, 2022", None);
    }

    #[test]
    fn months_and_seasons() {
        check("July 2022", Some(("July 2022", "2022-07-01..2022-07-31")));
        check("June of last year", Some(("June of last year", "2022-06-01..2022-06-30")));
        check("in November", Some(("November", "2022-11-01..2022-11-30")));
        check("until November", Some(("November", "2023-11-01..2023-11-30")));
        check("early June 2022", Some(("early June 2022", "2022-06-01..2022-06-30")));
        check("summer 2018", Some(("summer 2018", "2018-06-01..2018-08-31")));
        check("winter of 2006–2007", Some(("winter of 2006–2007", "2006-12-01..2007-02-28")));
        check("May said so", None);
        check("in April Smith", None);
    }

    #[test]
    fn years() {
        check("in 2021", Some(("2021", "2021-01-01..2021-12-31")));
        check("the film (2021) won", Some(("2021", "2021-01-01..2021-12-31")));
        check("from 2017–2018", Some(("2017–2018", "2017-01-01..2018-12-31")));
        check("the 90s", Some(("90s", "1990-01-01..1999-12-31")));
        check("2001: the film", None);
        check("sold 2021 copies", None);
        check("in 2021% more", None);
    }

    #[test]
    fn weeks() {
        check("the week of June 3", Some(("week of June 3", "2023-05-29..2023-06-04")));
        check("the weekend of 3 June", Some(("weekend of 3 June", "2023-06-02..2023-06-04")));
    }
}
