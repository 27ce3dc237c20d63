//! The first entities of an order.

use crate::index::{Entities, EntityId};
use crate::search::facets::facet::Counted;
use crate::search::facets::name_order::{NameOrder, NameRank};

/// The first entities so far.
pub(super) struct TopCounts<'a> {
    entities: &'a Entities,
    order: NameOrder,
    limit: usize,
    ranked: Vec<(NameRank, Counted)>,
    /// A count must be above this to be added.
    pub least: i32,
}

impl<'a> TopCounts<'a> {
    pub fn new(limit: usize, (entities, order): (&'a Entities, NameOrder)) -> Self {
        let least = if limit == 0 { i32::MAX } else { order.least as i32 - 1 };
        Self { entities, order, limit, ranked: Vec::new(), least }
    }

    /// Adds an entity of so many articles of the archive that `is_match`, if it is among
    /// the first.
    pub fn add(&mut self, count: i32, (id, archived): (EntityId, u32), is_match: &dyn Fn(EntityId) -> bool) {
        if count <= self.least || !is_match(id) {
            return;
        }
        let rank = self.order.rank(self.entities, id, count as u32, archived);
        let at = self.ranked.partition_point(|(known, _)| *known < rank);
        if at >= self.limit {
            return;
        }
        self.ranked.insert(at, (rank, (count as u32, id)));
        self.ranked.truncate(self.limit);
        if let Some((last, _)) = self.ranked.last().filter(|_| self.ranked.len() == self.limit) {
            while !self.order.may_precede(self.least as u32 + 1, last) {
                self.least += 1;
            }
        }
    }

    /// The first entities, in order.
    pub fn counts(self) -> Vec<Counted> {
        self.ranked.into_iter().map(|(_, counted)| counted).collect()
    }
}
