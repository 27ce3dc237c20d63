//! Facets: names, times and labels of the matching articles, each article
//! counted once.

pub(crate) mod counter;
pub(crate) mod facet;
mod forward_index;
mod labels;
mod names;
pub(crate) mod periods;
pub(crate) mod prefix;
