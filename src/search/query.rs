//! What is asked.

use serde::Deserialize;

use crate::article::{EntityKind, day_number};
use crate::extract::parse_date;

use super::SearchError;

/// The order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Latest publication first, articles without a date last.
    Newest,
    /// Earliest publication first, articles without a date last.
    Oldest,
}

/// What to do with copies of one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Duplicates {
    /// Show the earliest and list the others with it.
    #[default]
    Collapse,
    /// Show each.
    Show,
}

/// A facet to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FacetRequest {
    /// The kind of names.
    pub kind: EntityKind,
    /// How many to return.
    pub limit: usize,
}

impl FacetRequest {
    /// Names of a kind returned where no number is given.
    pub const LIMIT: usize = 10;

    /// Parses `person:20,work`; `none` is no facet.
    ///
    /// # Errors
    /// [`SearchError::Filter`] names what is no facet.
    pub fn parse_list(list: &str) -> Result<Vec<Self>, SearchError> {
        let mut requests = Vec::new();
        for item in list.split(',').map(str::trim).filter(|item| !item.is_empty() && *item != "none") {
            let (kind, limit) = match item.split_once(':') {
                Some((kind, limit)) => (kind, limit.parse().ok()),
                None => (item, Some(Self::LIMIT)),
            };
            let wrong = || SearchError::Filter(format!("facet {item:?}: expected KIND or KIND:N, such as person:20"));
            let limit = limit.ok_or_else(wrong)?;
            let kind = kind.parse().map_err(SearchError::Filter)?;
            requests.push(Self { kind, limit });
        }
        Ok(requests)
    }
}

/// Conditions that every hit meets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Names that must be in the article, as any of their spellings.
    pub names: Vec<(EntityKind, String)>,
    /// First day of publication, `YYYYMMDD`.
    pub since: Option<u64>,
    /// Last day of publication, `YYYYMMDD`.
    pub until: Option<u64>,
    /// Words of the source, such as `cnn`; several must all be there.
    pub sources: Vec<String>,
}

impl Filters {
    /// Whether there is no condition.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Sets the first day: a date, a month `2021-03` or a year `2021`.
    ///
    /// # Errors
    /// [`SearchError::Filter`] where it is no date.
    pub fn since(&mut self, date: &str) -> Result<(), SearchError> {
        self.since = Some(parse_day(date, "--since", 1, 1)?);
        Ok(())
    }

    /// Sets the last day: a date, or the last of a month or year.
    ///
    /// # Errors
    /// [`SearchError::Filter`] where it is no date.
    pub fn until(&mut self, date: &str) -> Result<(), SearchError> {
        self.until = Some(parse_day(date, "--until", 12, 31)?);
        Ok(())
    }
}

/// `2021-01-26` as 20210126; what a shorter date leaves out is `month`, `day`.
fn parse_day(date: &str, flag: &str, month: u64, day: u64) -> Result<u64, SearchError> {
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten();
    let parts: Vec<_> = date.trim().split('-').map(number).collect();
    match parts[..] {
        [Some(year)] if date.trim().len() == 4 => return Ok(year * 10_000 + month * 100 + day),
        [Some(year), Some(m)] if (1..=12).contains(&m) => return Ok(year * 10_000 + m * 100 + day),
        _ => {}
    }
    let iso = parse_date(date)
        .ok_or_else(|| SearchError::Filter(format!("{flag} {date:?} is no date; write 2021, 2021-03 or 2021-03-25")))?;
    Ok(day_number(&iso))
}

/// A question to an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Words, “phrases”, `+must`, `-not`; may be empty where a filter is set.
    pub text: String,
    /// Conditions that every hit meets.
    pub filters: Filters,
    /// The order of hits.
    pub sort: Sort,
    /// Hits to return.
    pub limit: usize,
    /// Hits to skip.
    pub offset: usize,
    /// Facets to count.
    pub facets: Vec<FacetRequest>,
    /// Snippets for each hit.
    pub snippets: usize,
    /// What to do with copies.
    pub duplicates: Duplicates,
    /// Take words as they stand: no stems, no names noticed.
    pub exact: bool,
}

impl Query {
    /// The question that these words ask: ten hits, one snippet each, ten
    /// names of each kind.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            filters: Filters::default(),
            sort: Sort::default(),
            limit: 10,
            offset: 0,
            facets: EntityKind::ALL.into_iter().map(|kind| FacetRequest { kind, limit: FacetRequest::LIMIT }).collect(),
            snippets: 1,
            duplicates: Duplicates::default(),
            exact: false,
        }
    }
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
}
