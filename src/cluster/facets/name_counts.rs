//! Bounds on the number of articles of an entity, from the counts of its names.
//!
//! The cluster counts names. An entity may have several, and an article that has
//! two of them counts once.

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Value, json};

use crate::article::EntityKind;
use crate::cluster::cluster_client::Cluster;
use crate::cluster::error::EngineError;
use crate::cluster::facets::aggregations::{buckets, docs};
use crate::index::{Entities, EntityId, NameId};

/// Bounds from the counted names of an entity.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CountBounds {
    /// At least so many articles.
    pub least: u32,
    /// The sum of its names' counts: at most so many, but for names that were not
    /// counted.
    pub sum: u32,
}

/// What the counts of names say about entities.
#[derive(Default)]
pub(super) struct NameCounts {
    pub entities: FxHashMap<EntityId, CountBounds>,
    /// The names that were counted.
    names: FxHashSet<NameId>,
    /// For each kind, in how many articles a name may be that was not counted.
    pub floors: [u32; EntityKind::ALL.len()],
}

impl NameCounts {
    /// Reads the aggregations of a response.
    pub fn new(cluster: &Cluster, entities: &Entities, aggregations: &Value) -> Result<Self, EngineError> {
        let mut counts = Self::default();
        for kind in EntityKind::ALL {
            let aggregation = &aggregations[kind.as_str()];
            let buckets = buckets(cluster, aggregation)?;
            // A shard may have left out a name that others have counted.
            let error = aggregation["doc_count_error_upper_bound"].as_u64().unwrap_or(0) as u32;
            if aggregation["sum_other_doc_count"] != json!(0) {
                counts.floors[kind.ordinal()] = buckets.last().map_or(0, docs) + error;
            }
            for bucket in buckets {
                let hash = bucket["key"].as_i64().map(i64::cast_unsigned);
                let Some(name) = hash.and_then(|hash| cluster.keys.known(hash)) else { continue };
                counts.add(entities.of(name), name, docs(bucket), error);
            }
        }
        Ok(counts)
    }

    fn add(&mut self, entity: EntityId, name: NameId, docs: u32, error: u32) {
        self.names.insert(name);
        let bounds = self.entities.entry(entity).or_default();
        bounds.least = bounds.least.max(docs);
        bounds.sum += docs + error;
    }

    /// Whether some names were not counted.
    pub fn is_partial(&self) -> bool {
        self.floors.iter().any(|floor| *floor > 0)
    }

    /// How many articles an entity has at most.
    pub fn most(&self, entities: &Entities, id: EntityId) -> u32 {
        let sum = self.entities.get(&id).map_or(0, |bounds| bounds.sum);
        if !self.is_partial() {
            return sum;
        }
        let uncounted = entities.members(id).into_iter().filter(|name| !self.names.contains(name));
        sum + uncounted
            .filter_map(|name| entities.names().kind(name))
            .map(|kind| self.floors[kind.ordinal()])
            .sum::<u32>()
    }

    /// How many articles an entity has at most of which no name was counted; given
    /// its number of names of each kind.
    pub fn most_uncounted(&self, names: &[u32; EntityKind::ALL.len()]) -> u32 {
        names.iter().zip(self.floors).map(|(names, floor)| names * floor).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_names_bound_those_of_entities() {
        let mut counts = NameCounts::default();
        // Two names of entity 1, one of entity 2.
        for (entity, name, docs) in [(1, 1, 10), (1, 5, 4), (2, 2, 7)] {
            counts.add(entity, name, docs, 0);
        }
        let check = |entity, least, sum| {
            let bounds = counts.entities[&entity];
            assert_eq!((bounds.least, bounds.sum), (least, sum));
        };
        check(1, 10, 14);
        check(2, 7, 7);
        assert!(!counts.is_partial());
    }

    #[test]
    fn uncounted_names_may_be_as_frequent_as_the_last_counted() {
        let mut counts = NameCounts::default();
        counts.floors[0] = 3;
        counts.add(4, 4, 5, 2);
        assert!(counts.is_partial());
        assert_eq!(counts.entities[&4].sum, 7);
        let check = |names: &[u32], expected| {
            let mut all = [0; EntityKind::ALL.len()];
            all[..names.len()].copy_from_slice(names);
            assert_eq!(counts.most_uncounted(&all), expected);
        };
        check(&[], 0);
        check(&[2], 6);
        check(&[2, 9], 6);
    }
}
