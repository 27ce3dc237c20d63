//! Names whose coverage rose compared with their own past.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::article::EntityKind;
use crate::index::EntityId;
use crate::search::{SearchError, Searcher};

/// The accepted rate of false discoveries.
const FALSE_DISCOVERIES: f64 = 0.05;

/// The days to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrendsRequest {
    /// The first day of the period, `YYYYMMDD`.
    pub since: u64,
    /// The last day of the period.
    pub until: u64,
    /// Only names of this kind.
    pub kind: Option<EntityKind>,
    /// At least so many duplicate clusters in the period.
    pub least: u32,
}

impl TrendsRequest {
    /// Names of all kinds, in at least three stories of these days.
    pub fn new(since: u64, until: u64) -> Self {
        Self { since, until, kind: None, least: 3 }
    }
}

/// A name whose coverage rose.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trend {
    /// Its kind.
    pub kind: EntityKind,
    /// Its name.
    pub name: String,
    /// Duplicate clusters of the period that mention it.
    pub stories: u32,
    /// Duplicate clusters before the period that mention it.
    pub before: u32,
    /// The ratio of its shares of all clusters, with half a cluster added to each
    /// side.
    pub ratio: f64,
    /// The log-likelihood ratio of the two shares being different, G².
    pub g2: f64,
    /// The p-value.
    pub p: f64,
}

/// Names whose coverage rose, and the number of clusters compared.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Trends {
    /// Duplicate clusters in the period.
    pub stories: u32,
    /// Duplicate clusters before the period.
    pub before: u32,
    /// The names, the most significant rise first.
    pub names: Vec<Trend>,
}

impl Searcher {
    /// The names with a larger share of the duplicate clusters of a period than of
    /// those before it: by the log-likelihood ratio of the two shares (Dunning,
    /// “Accurate Methods for the Statistics of Surprise and Coincidence”,
    /// Computational Linguistics 19(1), 1993), which is chi-squared with one degree
    /// of freedom under the null hypothesis. Returns those that keep the rate of
    /// false discoveries at 5 percent (Benjamini and Hochberg 1995).
    ///
    /// # Errors
    /// [`SearchError`] where the index cannot be read.
    pub fn trends(&self, request: &TrendsRequest) -> Result<Trends, SearchError> {
        let ClusterCounts { counts, inside, before } = self.count_clusters(request);
        let entities = self.entity_table();
        let (mut names, mut tested) = (Vec::new(), 0);
        for (id, (now, past)) in counts {
            let Some(kind) = entities.kind(id).filter(|_| entities.is_shown(id)) else { continue };
            if now < request.least || request.kind.is_some_and(|wanted| wanted != kind) {
                continue;
            }
            tested += 1;
            let table = ContingencyTable { now, past, inside, before };
            if table.ratio() > 1.0 {
                let name = entities.name(id).unwrap_or_default().to_owned();
                let (g2, ratio) = (table.g2(), table.ratio());
                names.push(Trend { kind, name, stories: now, before: past, ratio, g2, p: p_value(g2) });
            }
        }
        names.sort_by(|a, b| b.g2.total_cmp(&a.g2).then_with(|| a.name.cmp(&b.name)));
        names.truncate(significant(names.iter().map(|trend| trend.p), tested));
        Ok(Trends { stories: inside, before, names })
    }

    /// Counts the duplicate clusters in and before a period.
    fn count_clusters(&self, request: &TrendsRequest) -> ClusterCounts {
        let mut clusters = ClusterCounts::default();
        let mut entities = Vec::new();
        let snapshot = &self.archive().snapshot;
        for (number, segment) in (0..).zip(snapshot.segments.searcher.segment_readers()) {
            let published = &snapshot.columns(number).published;
            for doc in segment.doc_ids_alive() {
                let day = published.first(doc).unwrap_or(0);
                if day == 0 || day > request.until || snapshot.is_copy(number, doc) {
                    continue;
                }
                let is_inside = day >= request.since;
                *(if is_inside { &mut clusters.inside } else { &mut clusters.before }) += 1;
                snapshot.columns(number).read_entities(doc, self.entity_table(), &mut entities);
                for id in &entities {
                    let count = clusters.counts.entry(*id as EntityId).or_default();
                    *(if is_inside { &mut count.0 } else { &mut count.1 }) += 1;
                }
            }
        }
        clusters
    }
}

/// Duplicate clusters in and before a period.
#[derive(Default)]
struct ClusterCounts {
    /// Those that mention an entity.
    counts: FxHashMap<EntityId, (u32, u32)>,
    inside: u32,
    before: u32,
}

/// How many of the sorted p-values of `tested` hypotheses are discoveries.
fn significant(p_values: impl Iterator<Item = f64>, tested: u32) -> usize {
    let limit = |rank: usize| FALSE_DISCOVERIES * rank as f64 / f64::from(tested.max(1));
    (1..).zip(p_values).filter(|(rank, p)| *p <= limit(*rank)).map(|(rank, _)| rank).last().unwrap_or(0)
}

/// Duplicate clusters with a name and in all, in a period and before it.
struct ContingencyTable {
    now: u32,
    past: u32,
    inside: u32,
    before: u32,
}

impl ContingencyTable {
    /// The ratio of the two shares.
    fn ratio(&self) -> f64 {
        let share = |with: u32, all: u32| (f64::from(with) + 0.5) / (f64::from(all) + 1.0);
        share(self.now, self.inside) / share(self.past, self.before)
    }

    /// Dunning's G²: twice the sum of each count times the logarithm of its ratio to
    /// the expected count.
    fn g2(&self) -> f64 {
        let [now, past, inside, before] = [self.now, self.past, self.inside, self.before].map(f64::from);
        let all = inside + before;
        let with = now + past;
        let cell = |count: f64, row: f64, column: f64| {
            if count > 0.0 { count * (count * all / (row * column)).ln() } else { 0.0 }
        };
        let without = all - with;
        2.0 * (cell(now, inside, with)
            + cell(inside - now, inside, without)
            + cell(past, before, with)
            + cell(before - past, before, without))
    }
}

/// The probability that chi-squared with one degree of freedom is as large.
fn p_value(g2: f64) -> f64 {
    libm::erfc((g2.max(0.0) / 2.0).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p_values_are_those_of_chi_squared() {
        let check = |g2, expected: f64| assert!((p_value(g2) - expected).abs() < 1e-4, "{g2}");
        check(0.0, 1.0);
        check(-1e-12, 1.0);
        check(3.841, 0.05);
        check(6.635, 0.01);
        check(10.828, 0.001);
    }

    #[test]
    fn tables_have_the_expected_ratio_and_g2() {
        // G² by hand: 2 Σ count ln(count / expected).
        let check = |(now, inside): (u32, u32), (past, before): (u32, u32), ratio: f64, g2: f64| {
            let table = ContingencyTable { now, past, inside, before };
            assert!((table.ratio() - ratio).abs() < 1e-3, "{}", table.ratio());
            assert!((table.g2() - g2).abs() < 0.01, "{}", table.g2());
        };
        check((10, 100), (10, 900), 10.5 / 101.0 * 901.0 / 10.5, 21.177);
        check((10, 100), (90, 900), 10.5 / 101.0 * 901.0 / 90.5, 0.0);
        check((2, 2), (0, 2), 2.5 / 3.0 * 3.0 / 0.5, 8.0 * 2_f64.ln());
        check((0, 5), (0, 5), 1.0, 0.0);
    }

    #[test]
    fn discoveries_are_bounded_by_the_number_of_tests() {
        let check = |p: &[f64], tested, expected| assert_eq!(significant(p.iter().copied(), tested), expected, "{p:?}");
        check(&[], 0, 0);
        check(&[0.05], 1, 1);
        check(&[0.05], 2, 0);
        check(&[0.01, 0.03, 0.037, 0.9], 4, 3);
        check(&[0.04, 0.05], 2, 2);
    }
}
