//! Filters: conditions that every hit meets.

use crate::article::{EntityKind, day_number};
use crate::index::StoredArticle;
use crate::search::error::SearchError;
use crate::search::language::days::{Days, EXPECTED};

/// Conditions that every hit meets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Filters {
    /// Names that the article must mention, under any spelling.
    pub names: Vec<(EntityKind, String)>,
    /// First day of publication, `YYYYMMDD`.
    pub since: Option<u64>,
    /// Last day of publication, `YYYYMMDD`.
    pub until: Option<u64>,
    /// Only articles added or replaced by a later commit than this.
    pub since_commit: Option<u64>,
    /// Words of the source, such as `cnn`; several must all be there.
    pub sources: Vec<String>,
    /// Tags that the article must have, by words of theirs that follow each other.
    pub tags: Vec<String>,
}

impl Filters {
    /// Whether there is no condition.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Sets the first day: a date, a month `2021-03`, a year `2021`, or “last week”.
    ///
    /// # Errors
    /// [`SearchError::Filter`] if it is not a date.
    pub fn since(&mut self, date: &str) -> Result<(), SearchError> {
        self.since = Some(parse_days(date, "since")?.first);
        Ok(())
    }

    /// Whether an ISO date is within the days.
    pub(crate) fn holds(&self, day: &str) -> bool {
        let day = day_number(day);
        self.since.is_none_or(|since| day >= since) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether an article is within the days and of one of the sources.
    pub(crate) fn keeps(&self, article: &StoredArticle) -> bool {
        let any_day = self.since.is_none() && self.until.is_none();
        let source = article.source.as_deref().unwrap_or_default().to_lowercase();
        let has_part = |word: &str| source.split('.').any(|part| part == word);
        // As in the index: `cnn` and `cnn.com` both match `www.cnn.com`.
        let is_from = |label: &String| label.to_lowercase().split('.').filter(|part| !part.is_empty()).all(has_part);
        (any_day || article.published.as_deref().is_some_and(|day| self.holds(day)))
            && (self.sources.is_empty() || self.sources.iter().any(is_from))
    }

    /// Sets the last day: a date, or the last of a month or year.
    ///
    /// # Errors
    /// [`SearchError::Filter`] if it is not a date.
    pub fn until(&mut self, date: &str) -> Result<(), SearchError> {
        self.until = Some(parse_days(date, "until")?.last);
        Ok(())
    }
}

fn parse_days(date: &str, flag: &str) -> Result<Days, SearchError> {
    Days::parse(date).ok_or_else(|| SearchError::Filter(format!("{flag} {date:?} is no date; {EXPECTED}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_dates_span_their_month_or_year() {
        let mut filters = Filters::default();
        filters.since("2021").expect("a year");
        filters.until("2021-02").expect("a month");
        assert_eq!((filters.since, filters.until), (Some(20_210_101), Some(20_210_231)));
        filters.since("March 5, 2020").expect("a date");
        assert_eq!(filters.since, Some(20_200_305));
        assert!(filters.since("soonish").is_err());
    }

    #[test]
    fn days_include_both_ends() {
        let filters = Filters { since: Some(20_210_301), until: Some(20_210_331), ..Filters::default() };
        for (day, expected) in
            [("2021-02-28", false), ("2021-03-01", true), ("2021-03-31", true), ("2021-04-01", false)]
        {
            assert_eq!(filters.holds(day), expected, "{day}");
        }
        assert!(Filters::default().holds("1900-01-01") && Filters::default().is_empty() && !filters.is_empty());
    }
}
