//! What is known of single words: the lists they are in, their hash and their
//! cluster.

mod clusters;
mod non_names;
mod traits;
mod word_hash;
mod word_lists;

pub(super) use clusters::{TABLE_BYTES, WordClusters, cluster_table};
pub(super) use non_names::is_non_name_phrase;
pub(super) use traits::WordTraits;
pub(super) use word_hash::word_hash;
