//! Facets by the cluster's aggregations, exact for the names that are returned.

mod aggregations;
pub(super) mod counting;
mod name_counts;
pub(super) mod periods;
