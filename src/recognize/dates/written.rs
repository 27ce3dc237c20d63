//! Dates that are written out.

use jiff::civil::Date;

use super::reader::{Days, Reader, month_days, season_days, year_days};

/// Words before a bare year that make it a date.
const BEFORE_YEAR: &[&str] = &[
    "in", "since", "until", "till", "by", "from", "of", "during", "before", "after", "early", "late", "mid", "to",
    "and", "between", "through", "around", "for", "the", "spring", "summer", "fall", "autumn", "winter", "a", "an",
    "his", "her", "their", "its", "our", "this", "that", "circa",
];

impl Reader<'_> {
    /// A date written out that begins at a word, and how many words it takes.
    pub(super) fn written(&self, at: usize) -> Option<(Days, usize)> {
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

    /// “1990s”, “2017–2018”, “1919–33”, or a bare year.
    fn years(&self, at: usize) -> Option<(Days, usize)> {
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

    fn decade(&self, at: usize) -> Option<Days> {
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

    /// A bare year, where the word before makes it one.
    fn year(&self, at: usize) -> Option<(Days, usize)> {
        let year = self.year_number(at)?;
        let before = at.checked_sub(1).map(|before| (self.lower(before), self.gap(before)));
        // “2001: A Space Odyssey”, “1,500 people” and “2024 UTC” are none.
        let after = self.words.get(at).and_then(|word| self.text.get(word.end..)).unwrap_or("");
        let is_date = before.is_some_and(|(word, gap)| {
            let framed = gap.ends_with('(') && after.starts_with([')', ',', ';', '–', '-']);
            BEFORE_YEAR.contains(&&*word) && matches!(gap, " " | "-" | "\u{a0}") || framed
        });
        (is_date && !after.starts_with([':', '-', '%'])).then(|| Some((year_days(year)?, 1))).flatten()
    }

    /// “June of this year”, “June last year”, “in November”, “since June”.
    fn month_of(&self, at: usize) -> Option<(Days, usize)> {
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
        let opens = ["in", "since", "until", "by", "during", "from", "for", "through", "early", "late", "mid", "of"];
        let goes_on = self.gap(at) == " "
            && self.word(at + 1).starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
        if !opens.contains(&&*before) || goes_on {
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
    fn season(&self, at: usize) -> Option<(Days, usize)> {
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
    fn part_of(&self, at: usize) -> Option<(Days, usize)> {
        match &*self.lower(at) {
            "early" | "late" | "mid" => {
                let (days, count) =
                    self.month_first(at + 1).or_else(|| self.month_of(at + 1)).or_else(|| self.years(at + 1))?;
                // “late July 14” is said of no day.
                (days.0 != days.1).then_some((days, count + 1))
            }
            "weekend" | "week" if self.lower(at + 1) == "of" => {
                let ((first, _), count) = self.month_first(at + 2).or_else(|| self.day_first(at + 2))?;
                Some((self.around(first, &self.lower(at))?, count + 2))
            }
            _ => None,
        }
    }
}
