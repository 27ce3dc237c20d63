//! Facets: names, periods and labels of the matching articles, each article counted
//! once.

mod class_counting;
pub(crate) mod counter;
mod entity_class;
pub(crate) mod facet;
mod forward_index;
mod labels;
pub(crate) mod name_order;
pub(crate) mod names;
pub(crate) mod periods;
pub(crate) mod prefix;
mod top_counts;
