//! Score bonuses from the positions of a query's words.
//!
//! Term proximity after Büttcher, Clarke and Lushman, “Term Proximity Scoring for
//! Ad-Hoc Retrieval on Very Large Text Collections”, SIGIR 2006.

use crate::search::exec::bm25f::{Scoring, saturate};
use crate::search::exec::match_positions::MatchReader;
use crate::search::params::LEAD_WORDS;
use crate::search::plan::tree::Plan;

/// Share of the query's weight that occurs in the title or lead, 0 to 1.
pub(crate) fn lead(plan: &Plan, scoring: &Scoring, matches: &MatchReader<'_>) -> f32 {
    let (mut all, mut early) = (0.0, 0.0);
    for (at, unit) in plan.searched() {
        let weight = unit.weight * scoring.idf[at];
        all += weight;
        if !matches.title(at).is_empty() || matches.body(at).first().is_some_and(|first| *first < LEAD_WORDS) {
            early += weight;
        }
    }
    if all > 0.0 { early / all } else { 0.0 }
}

/// Scores words near each other.
pub(crate) struct ProximityScorer<'s> {
    words: Vec<usize>,
    scoring: &'s Scoring,
    /// Occurrences: the position in the high, the unit in the low 32 bits.
    occurrences: Vec<u64>,
    near: Vec<f32>,
}

impl<'s> ProximityScorer<'s> {
    pub fn new(plan: &Plan, scoring: &'s Scoring) -> Self {
        Self { words: plan.words().collect(), scoring, occurrences: Vec::new(), near: vec![0.0; plan.units.len()] }
    }

    /// The proximity score of the current document: for each word its IDF, at most
    /// 1, times the saturated sum of the IDFs of the neighboring query words, each
    /// over the square of the distance. Title and body count alike.
    pub fn score(&mut self, matches: &MatchReader<'_>) -> f32 {
        if self.words.len() < 2 {
            return 0.0;
        }
        self.near.fill(0.0);
        for list in [MatchReader::body, MatchReader::title] {
            self.occurrences.clear();
            for unit in &self.words {
                self.occurrences.extend(list(matches, *unit).iter().map(|at| u64::from(*at) << 32 | *unit as u64));
            }
            self.occurrences.sort_unstable();
            self.add_pairs();
        }
        let near = |unit: &usize| saturate(self.scoring.idf[*unit].min(1.0), self.near[*unit]);
        self.words.iter().map(near).sum()
    }

    /// Adds every pair of neighboring occurrences of different words.
    fn add_pairs(&mut self) {
        for pair in self.occurrences.windows(2) {
            let [(before, a), (after, b)] = [pair[0], pair[1]].map(|key| (key >> 32, (key as u32) as usize));
            if a != b && after > before {
                let distance = (after - before) as f32;
                self.near[a] += self.scoring.idf[b] / (distance * distance);
                self.near[b] += self.scoring.idf[a] / (distance * distance);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::exec::fixtures::{plan_of_words, scoring_of};

    fn check(idf: &[f32], body: &[&[u32]], title: &[&[u32]], proximity: f32, lead_share: f32) {
        let (plan, scoring) = (plan_of_words(idf.len()), scoring_of(idf));
        let lists = |lists: &[&[u32]]| lists.iter().map(|list| list.to_vec()).collect();
        let reader = MatchReader::of_positions(lists(body), lists(title));
        let found = ProximityScorer::new(&plan, &scoring).score(&reader);
        assert!((found - proximity).abs() < 1e-5, "{body:?}: {found} for {proximity}");
        let found = lead(&plan, &scoring, &reader);
        assert!((found - lead_share).abs() < 1e-5, "{body:?}: {found} for {lead_share}");
    }

    #[test]
    fn neighbors_score_by_distance() {
        // 1 · 0.125 · 2.2 / 1.325 + 0.5 · 0.5 · 2.2 / 1.7
        check(&[2.0, 0.5], &[&[3], &[5]], &[&[], &[]], 0.531_077, 1.0);
        // The title alone counts the same.
        check(&[2.0, 0.5], &[&[], &[]], &[&[3], &[5]], 0.531_077, 1.0);
        check(&[2.0, 0.5], &[&[3], &[]], &[&[], &[]], 0.0, 0.8);
        check(&[2.0], &[&[3]], &[&[]], 0.0, 1.0);
        // Only neighbors are paired: the same word twice adds nothing.
        check(&[1.0, 1.0], &[&[100, 101], &[]], &[&[], &[]], 0.0, 0.0);
    }
}
