//! The most frequent entities.

use crate::index::EntityId;
use crate::search::facets::facet::Counted;

/// The most frequent entities so far, in order; of equals the one added first.
pub(super) struct TopCounts {
    limit: usize,
    pub counts: Vec<Counted>,
    /// A count must be above this to be added.
    pub least: i32,
}

impl TopCounts {
    pub fn new(limit: usize) -> Self {
        Self { limit, counts: Vec::new(), least: if limit == 0 { i32::MAX } else { 0 } }
    }

    /// Adds an entity that `is_match`, if it is frequent enough.
    pub fn add(&mut self, count: i32, id: impl Fn() -> EntityId, is_match: &dyn Fn(EntityId) -> bool) {
        if count <= self.least || !is_match(id()) {
            return;
        }
        let at = self.counts.partition_point(|(known, _)| *known >= count as u32);
        self.counts.insert(at, (count as u32, id()));
        self.counts.truncate(self.limit);
        if self.counts.len() == self.limit {
            self.least = self.counts.last().map_or(0, |(count, _)| *count as i32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_are_kept_in_order() {
        let check = |limit: usize, counts: &[(i32, EntityId)], expected: &[Counted]| {
            let mut top = TopCounts::new(limit);
            // Odd entities do not match.
            counts.iter().for_each(|(count, id)| top.add(*count, || *id, &|id| id % 2 == 0));
            assert_eq!(top.counts, expected);
        };
        check(0, &[(5, 2)], &[]);
        check(2, &[], &[]);
        check(2, &[(0, 2), (3, 4), (5, 6), (3, 8), (9, 1)], &[(5, 6), (3, 4)]);
        check(3, &[(1, 2), (1, 4), (2, 6), (1, 8)], &[(2, 6), (1, 2), (1, 4)]);
    }
}
