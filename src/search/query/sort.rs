//! The order of hits, and how duplicates are shown.

use std::cmp::Ordering;

use serde::Deserialize;

/// The order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
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
    /// Orders two articles by day (0 where unknown), then score, then key.
    pub(crate) fn by_date(self, a: (u64, f32, u64), b: (u64, f32, u64)) -> Ordering {
        // Articles without a date come last in both orders.
        let age = |day: u64| match (self, day) {
            (_, 0) => u64::MAX,
            (Self::Newest, day) => u64::MAX - day,
            (_, day) => day,
        };
        age(a.0).cmp(&age(b.0)).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2))
    }
}

/// How duplicates of an article are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Duplicates {
    /// Show the earliest and list the others with it.
    #[default]
    Collapse,
    /// Show each.
    Show,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undated_articles_come_last_in_both_orders() {
        let order = |sort: Sort| {
            let mut articles = vec![(0, 9.0, 1), (20_200_101, 1.0, 2), (20_210_101, 1.0, 4), (20_210_101, 2.0, 3)];
            articles.sort_by(|a, b| sort.by_date(*a, *b));
            articles.into_iter().map(|(_, _, key)| key).collect::<Vec<u64>>()
        };
        assert_eq!(order(Sort::Newest), [3, 4, 2, 1]);
        assert_eq!(order(Sort::Oldest), [2, 3, 4, 1]);
    }
}
