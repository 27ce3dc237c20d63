//! What is asked.

use std::cmp::Ordering;

use serde::Deserialize;
use utoipa::ToSchema;

use crate::article::{EntityKind, day_number};
use crate::index::StoredArticle;

use super::closeness::Ranked;
use super::facets::{FacetKind, FacetRequest};
use super::language::{Days, EXPECTED};
use super::{Deadline, SearchError};

/// The order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ToSchema)]
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

impl Sort {
    /// The order of two articles by day, 0 where unknown, then score, then tie.
    pub(super) fn by_date(self, a: (u64, f32, u64), b: (u64, f32, u64)) -> Ordering {
        // Articles without a date come last either way.
        let age = |day: u64| match (self, day) {
            (_, 0) => u64::MAX,
            (Self::Newest, day) => u64::MAX - day,
            (_, day) => day,
        };
        age(a.0).cmp(&age(b.0)).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2))
    }

    pub(super) fn order(self, a: &Ranked, b: &Ranked) -> Ordering {
        let key = |r: &Ranked| (r.published, r.candidate.score, r.tie);
        if self == Self::Relevance { a.order(b) } else { self.by_date(key(a), key(b)) }
    }
}

/// What to do with copies of one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Duplicates {
    /// Show the earliest and list the others with it.
    #[default]
    Collapse,
    /// Show each.
    Show,
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
    /// Only articles that came, or came anew, in a later commit than this.
    pub since_commit: Option<u64>,
    /// Words of the source, such as `cnn`; several must all be there.
    pub sources: Vec<String>,
}

impl Filters {
    /// Whether there is no condition.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Sets the first day: a date, a month `2021-03`, a year `2021`, or “last week”.
    ///
    /// # Errors
    /// [`SearchError::Filter`] where it is no date.
    pub fn since(&mut self, date: &str) -> Result<(), SearchError> {
        self.since = Some(parse_days(date, "--since")?.first);
        Ok(())
    }

    /// Whether an article of this ISO date is of the days asked for.
    pub(super) fn holds(&self, day: &str) -> bool {
        let day = day_number(day);
        self.since.is_none_or(|since| day >= since) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether an article is of the days and sources asked for.
    pub(super) fn keeps(&self, article: &StoredArticle) -> bool {
        let dated = self.since.is_none() && self.until.is_none();
        let source = article.source.as_deref().unwrap_or_default().to_lowercase();
        let is_part = |asked: &str| source.split('.').any(|part| part == asked);
        // As the index looks for them: `cnn` and `cnn.com` are of `www.cnn.com`.
        let from = |asked: &String| asked.to_lowercase().split('.').filter(|part| !part.is_empty()).all(is_part);
        (dated || article.published.as_deref().is_some_and(|day| self.holds(day)))
            && (self.sources.is_empty() || self.sources.iter().any(from))
    }

    /// Sets the last day: a date, or the last of a month or year.
    ///
    /// # Errors
    /// [`SearchError::Filter`] where it is no date.
    pub fn until(&mut self, date: &str) -> Result<(), SearchError> {
        self.until = Some(parse_days(date, "--until")?.last);
        Ok(())
    }
}

fn parse_days(date: &str, flag: &str) -> Result<Days, SearchError> {
    Days::parse(date).ok_or_else(|| SearchError::Filter(format!("{flag} {date:?} is no date; {EXPECTED}")))
}

/// A question to an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// In the query language; may be empty where a filter is set.
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
    /// Prefer what is new, gently.
    pub fresh: bool,
    /// Count only names of facets that begin so, or a word of theirs.
    pub facet_prefix: String,
    /// Say how the query was understood and what each hit's score is made of.
    pub explain: bool,
    /// When to give up.
    pub deadline: Deadline,
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
            facets: EntityKind::ALL
                .into_iter()
                .map(|kind| FacetRequest { kind: FacetKind::Names(kind), limit: FacetRequest::LIMIT })
                .collect(),
            snippets: 1,
            duplicates: Duplicates::default(),
            exact: false,
            fresh: false,
            facet_prefix: String::new(),
            explain: false,
            deadline: Deadline::default(),
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
