//! Years, months and days of the matching articles.

use std::collections::BTreeMap;

use crate::article::iso_day;
use crate::search::exec::candidate::Candidate;
use crate::search::facets::facet::FacetCount;
use crate::search::snapshot::reader::Snapshot;

/// A calendar period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Period {
    Year,
    Month,
    Day,
}

impl Period {
    /// The number of a day's period: `2021`, `202103`, `20210325`.
    pub fn of(self, day: u64) -> u64 {
        match self {
            Self::Year => day / 10_000,
            Self::Month => day / 100,
            Self::Day => day,
        }
    }

    /// A period as text: `2021`, `2021-03`, `2021-03-25`.
    pub fn name(self, number: u64) -> String {
        match self {
            Self::Year => format!("{number:04}"),
            Self::Month => format!("{:04}-{:02}", number / 100, number % 100),
            Self::Day => iso_day(number),
        }
    }
}

/// The articles of each period; those without a date under 0.
pub(crate) fn periods(snapshot: &Snapshot, candidates: &[Candidate], period: Period) -> BTreeMap<u64, u32> {
    let mut counts = BTreeMap::new();
    for candidate in candidates {
        let day = snapshot.columns(candidate.segment).published.first(candidate.doc).unwrap_or(0);
        *counts.entry(period.of(day)).or_default() += 1;
    }
    counts
}

/// The latest periods that `fits`; articles without a date are in none.
pub(crate) fn count(
    snapshot: &Snapshot,
    candidates: &[Candidate],
    period: Period,
    limit: usize,
    fits: Option<&dyn Fn(&str) -> bool>,
) -> Vec<FacetCount> {
    let counts = periods(snapshot, candidates, period).into_iter().rev().filter(|(number, _)| *number > 0);
    let counts = counts.map(|(number, docs)| FacetCount { name: period.name(number), docs });
    counts.filter(|count| fits.is_none_or(|fits| fits(&count.name))).take(limit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_belong_to_periods() {
        let check = |period: Period, number: u64, name: &str| {
            assert_eq!(period.of(20_210_325), number);
            assert_eq!(period.name(number), name);
        };
        check(Period::Year, 2021, "2021");
        check(Period::Month, 202_103, "2021-03");
        check(Period::Day, 20_210_325, "2021-03-25");
        assert_eq!(Period::Year.of(0), 0);
    }
}
