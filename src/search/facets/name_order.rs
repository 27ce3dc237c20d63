//! The order of the names of a facet: by how far their share of the answering articles
//! exceeds their share of the archive, or by their number of articles.

use std::cmp::Ordering;

use crate::index::{Entities, EntityId};
use crate::search::query::facet_request::FacetOrder;

/// Articles that must have a name for it to be one of the question: a long list in one
/// article says nothing of it.
const LEAST_SUPPORT: u32 = 2;

/// The order of the names of some articles.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NameOrder {
    pub order: FacetOrder,
    /// How many times more articles the archive has than those counted.
    ratio: f64,
    /// The fewest articles of a name that is shown.
    pub least: u32,
}

/// What a name is ordered by, the first first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct NameRank {
    lift: f64,
    docs: u32,
    prominence: u32,
    id: EntityId,
}

impl Eq for NameRank {}

impl PartialOrd for NameRank {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for NameRank {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_docs = || other.docs.cmp(&self.docs).then(other.prominence.cmp(&self.prominence));
        other.lift.total_cmp(&self.lift).then_with(by_docs).then(self.id.cmp(&other.id))
    }
}

impl NameOrder {
    /// The order of the names of `counted` articles, of those that match in an archive of
    /// `all`. One that is the only match has names of its own.
    pub fn new(order: FacetOrder, counted: usize, matching: usize, all: u64) -> Self {
        let ratio = all as f64 / counted.max(1) as f64;
        // Names of all articles have the share of the archive.
        let order = if ratio > 1.0 { order } else { FacetOrder::Count };
        let is_selective = order == FacetOrder::Lift && matching > 1;
        Self { order, ratio, least: if is_selective { LEAST_SUPPORT } else { 1 } }
    }

    /// The rank of a name that `docs` of the counted articles have, and `archived` of
    /// the archive.
    pub fn rank(&self, entities: &Entities, id: EntityId, docs: u32, archived: u32) -> NameRank {
        let lift = match self.order {
            FacetOrder::Lift => self.lift(docs, archived),
            FacetOrder::Count => 0.0,
        };
        NameRank { lift, docs, prominence: entities.prominence(id), id }
    }

    /// The articles times the logarithm of how many times larger the name's share of
    /// them is than its share of the archive: the larger term of the log-likelihood
    /// ratio G² (Dunning, “Accurate Methods for the Statistics of Surprise and
    /// Coincidence”, 1993).
    fn lift(&self, docs: u32, archived: u32) -> f64 {
        let share = f64::from(docs) / f64::from(archived.max(docs).max(1));
        f64::from(docs) * (share * self.ratio).ln()
    }

    /// Whether a name of so many articles may rank before another one.
    pub fn may_precede(&self, docs: u32, other: &NameRank) -> bool {
        match self.order {
            FacetOrder::Lift => self.lift(docs, docs) >= other.lift,
            FacetOrder::Count => docs >= other.docs,
        }
    }
}

/// How many articles of the archive have an entity, by its names: an article with two of
/// them counts twice, and removed ones until the names are linked again.
pub(crate) fn archived(entities: &Entities, id: EntityId) -> u32 {
    entities.members(id).into_iter().map(|name| entities.prominence(name)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_by_what_they_have_more_than_the_archive() {
        let order = NameOrder::new(FacetOrder::Lift, 10, 10, 1000);
        let lift = |docs, archived| order.lift(docs, archived);
        assert!((lift(2, 2) - 2.0 * 100_f64.ln()).abs() < 1e-9);
        assert!((lift(5, 500) - 0.0).abs() < 1e-9, "its share is the archive's");
        assert!(lift(4, 8) > lift(6, 300) && lift(1, 900) < 0.0);
        // Articles that were removed since are still in the archive's count, or not yet.
        assert_eq!(lift(3, 1), lift(3, 3));
        let least = |order, counted, matching, all| NameOrder::new(order, counted, matching, all).least;
        assert_eq!((order.least, least(FacetOrder::Count, 10, 10, 1000)), (2, 1));
        let leasts = [(1, 1, 1000), (1, 9, 1000), (9, 9, 9)]
            .map(|(counted, matching, all)| least(FacetOrder::Lift, counted, matching, all));
        assert_eq!(leasts, [1, 2, 1], "the only match, one of several, the whole archive");
    }

    #[test]
    fn a_name_that_cannot_precede_does_not() {
        for order in [FacetOrder::Lift, FacetOrder::Count] {
            let order = NameOrder::new(order, 20, 20, 500);
            for (docs, archived, other_docs, other_archived) in
                [(3, 9, 2, 2), (2, 3, 8, 20), (5, 400, 2, 90), (7, 7, 7, 7)]
            {
                let rank = |docs, archived| NameRank { lift: order.lift(docs, archived), docs, prominence: 1, id: 0 };
                let other = rank(other_docs, other_archived);
                let precedes = match order.order {
                    FacetOrder::Lift => rank(docs, archived).lift > other.lift,
                    FacetOrder::Count => docs > other_docs,
                };
                assert!(!precedes || order.may_precede(docs, &other), "{docs} {archived} {other:?}");
            }
        }
    }
}
