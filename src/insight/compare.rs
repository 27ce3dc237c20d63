//! Coverage of several queries over time.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::search::facets::periods::Period;
use crate::search::{Query, SearchError, Searcher};

/// The period that articles are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// `2021`
    Year,
    /// `2021-03`
    #[default]
    Month,
    /// `2021-03-25`
    Day,
}

/// Articles by period, one column for each query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Comparison {
    /// The queries.
    pub queries: Vec<String>,
    /// Every period from the first to the last that has an article.
    pub periods: Vec<PeriodCounts>,
    /// Articles without a date.
    pub undated: Vec<u32>,
    /// Articles in all.
    pub totals: Vec<u32>,
}

/// The articles of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct PeriodCounts {
    /// `2021`, `2021-03` or `2021-03-25`.
    pub period: String,
    /// The number of articles of each query.
    pub articles: Vec<u32>,
}

impl Searcher {
    /// Counts the articles that fully match each query, by period; `base` has the
    /// filters of all of them. Days without an article are left out; months and
    /// years between others are not.
    ///
    /// # Errors
    /// [`SearchError`]: a query that cannot be read, or a damaged index.
    pub fn compare(&self, queries: &[String], base: &Query, by: By) -> Result<Comparison, SearchError> {
        let period = match by {
            By::Year => Period::Year,
            By::Month => Period::Month,
            By::Day => Period::Day,
        };
        let mut columns: Vec<BTreeMap<u64, u32>> = Vec::with_capacity(queries.len());
        for text in queries {
            columns.push(self.periods(&Query { text: text.clone(), ..base.clone() }, period)?);
        }
        let count = |column: &BTreeMap<u64, u32>, number: u64| column.get(&number).copied().unwrap_or(0);
        let numbers: BTreeSet<u64> =
            columns.iter().flat_map(|column| column.keys().copied()).filter(|n| *n > 0).collect();
        let periods = filled(&numbers, by).into_iter().map(|number| PeriodCounts {
            period: period.name(number),
            articles: columns.iter().map(|column| count(column, number)).collect(),
        });
        Ok(Comparison {
            queries: queries.to_vec(),
            periods: periods.collect(),
            undated: columns.iter().map(|column| count(column, 0)).collect(),
            totals: columns.iter().map(|column| column.values().sum()).collect(),
        })
    }

    /// The articles that fully match a query by period, those without a date
    /// under 0.
    fn periods(&self, query: &Query, period: Period) -> Result<BTreeMap<u64, u32>, SearchError> {
        self.prepared(query, false, |context| self.backend().periods(self.archive(), context, period))
    }
}

/// The periods with those between them.
fn filled(numbers: &BTreeSet<u64>, by: By) -> Vec<u64> {
    let (Some(first), Some(last)) = (numbers.first(), numbers.last()) else { return Vec::new() };
    match by {
        By::Day => numbers.iter().copied().collect(),
        By::Year => (*first..=*last).collect(),
        By::Month => (*first..=*last).filter(|month| (1..=12).contains(&(month % 100))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_years_between_others_are_filled() {
        let check = |by: By, numbers: &[u64], expected: &[u64]| {
            assert_eq!(filled(&numbers.iter().copied().collect(), by), expected);
        };
        check(By::Month, &[202_011, 202_102], &[202_011, 202_012, 202_101, 202_102]);
        check(By::Year, &[2019, 2022], &[2019, 2020, 2021, 2022]);
        check(By::Day, &[20_210_101, 20_210_401], &[20_210_101, 20_210_401]);
        check(By::Year, &[], &[]);
    }
}
