//! Names whose coverage rose against their own past.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::article::EntityKind;
use crate::index::EntityId;

use crate::search::SearchError;
use crate::search::Searcher;

/// The share of false discoveries that is accepted.
const FALSE_DISCOVERIES: f64 = 0.05;

/// Which days to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrendsRequest {
    /// The first day of the time that is asked about, as `YYYYMMDD`.
    pub since: u64,
    /// Its last day.
    pub until: u64,
    /// Only names of this kind.
    pub kind: Option<EntityKind>,
    /// At least so many stories in that time.
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
    /// What it is.
    pub kind: EntityKind,
    /// What it is called.
    pub name: String,
    /// Stories of the time asked about that name it, copies once.
    pub stories: u32,
    /// Stories before that time that name it.
    pub before: u32,
    /// How many times its share of all stories is what it was, with half a
    /// story added to each side.
    pub ratio: f64,
    /// The log-likelihood ratio of the two shares being different, G².
    pub g2: f64,
    /// How likely as much would be by chance.
    pub p: f64,
}

/// Names whose coverage rose, and the stories that were compared.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Trends {
    /// Stories in the time asked about.
    pub stories: u32,
    /// Stories before.
    pub before: u32,
    /// The names, the surest rise first.
    pub names: Vec<Trend>,
}

impl Searcher {
    /// The names that have a larger share of the stories of some days than of
    /// all before them: by the log-likelihood ratio of the two shares (Dunning,
    /// “Accurate Methods for the Statistics of Surprise and Coincidence”,
    /// Computational Linguistics 19(1), 1993), which is chi-squared with one
    /// degree of freedom where nothing changed. Of all names tested those are
    /// given that keep the share of false ones at 5 percent (Benjamini and
    /// Hochberg 1995).
    ///
    /// # Errors
    /// [`SearchError`] where the index cannot be read.
    pub fn trends(&self, request: &TrendsRequest) -> Result<Trends, SearchError> {
        let mut counts: FxHashMap<EntityId, (u32, u32)> = FxHashMap::default();
        let (mut stories, mut before, mut entities) = (0, 0, Vec::new());
        let snapshot = &self.archive().snapshot;
        for (number, segment) in (0..).zip(snapshot.segments.searcher.segment_readers()) {
            let published = &snapshot.columns(number).published;
            for doc in segment.doc_ids_alive() {
                let day = published.first(doc).unwrap_or(0);
                if day == 0 || day > request.until || snapshot.is_copy(number, doc) {
                    continue;
                }
                let inside = day >= request.since;
                if inside {
                    stories += 1
                } else {
                    before += 1
                }
                snapshot.columns(number).read_entities(doc, self.entity_table(), &mut entities);
                for id in &entities {
                    let count = counts.entry(*id as EntityId).or_default();
                    *(if inside { &mut count.0 } else { &mut count.1 }) += 1;
                }
            }
        }
        let mut names: Vec<Trend> = Vec::new();
        let mut tested = 0;
        for (id, (now, past)) in counts {
            let Some(kind) = self.entity_table().kind(id).filter(|_| self.entity_table().is_shown(id)) else {
                continue;
            };
            if now < request.least || request.kind.is_some_and(|wanted| wanted != kind) {
                continue;
            }
            tested += 1;
            let rise = Table { now, past, stories, before };
            if rise.ratio() > 1.0 {
                let name = self.entity_table().name(id).unwrap_or_default().to_owned();
                let (g2, ratio) = (rise.g2(), rise.ratio());
                names.push(Trend { kind, name, stories: now, before: past, ratio, g2, p: chance(g2) });
            }
        }
        names.sort_by(|a, b| b.g2.total_cmp(&a.g2).then_with(|| a.name.cmp(&b.name)));
        let sure = names
            .iter()
            .enumerate()
            .rposition(|(at, trend)| trend.p <= FALSE_DISCOVERIES * (at + 1) as f64 / f64::from(tested.max(1)));
        names.truncate(sure.map_or(0, |last| last + 1));
        Ok(Trends { stories, before, names })
    }
}

/// Stories with and without a name, then and before.
struct Table {
    now: u32,
    past: u32,
    stories: u32,
    before: u32,
}

impl Table {
    /// How many times its share is what it was.
    fn ratio(&self) -> f64 {
        let share = |with: u32, all: u32| (f64::from(with) + 0.5) / (f64::from(all) + 1.0);
        share(self.now, self.stories) / share(self.past, self.before)
    }

    /// Dunning's G²: twice the sum of each count times the logarithm of how
    /// many times it is what was to be expected.
    fn g2(&self) -> f64 {
        let [now, past, stories, before] = [self.now, self.past, self.stories, self.before].map(f64::from);
        let all = stories + before;
        let with = now + past;
        let cell = |seen: f64, row: f64, column: f64| {
            if seen > 0.0 { seen * (seen * all / (row * column)).ln() } else { 0.0 }
        };
        let without = all - with;
        2.0 * (cell(now, stories, with)
            + cell(stories - now, stories, without)
            + cell(past, before, with)
            + cell(before - past, before, without))
    }
}

/// The chance that chi-squared with one degree of freedom is as large.
fn chance(g2: f64) -> f64 {
    libm::erfc((g2.max(0.0) / 2.0).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rise_has_the_published_significance() {
        // 3.841 and 10.828: the 5 and 0.1 percent points of chi-squared.
        assert!((chance(3.841) - 0.05).abs() < 1e-4 && (chance(10.828) - 0.001).abs() < 1e-5);
        let table = Table { now: 10, past: 10, stories: 100, before: 900 };
        assert!((table.g2() - 21.177).abs() < 0.01, "{}", table.g2());
        assert!(table.ratio() > 8.0);
        let same = Table { now: 10, past: 90, stories: 100, before: 900 };
        assert!(same.g2().abs() < 1e-9);
    }
}
