//! An open commit with its statistics and caches.

pub(crate) mod columns;
pub(crate) mod local_statistics;
pub(crate) mod mentions;
pub(crate) mod reader;
pub(crate) mod segments;
pub(crate) mod statistics;
pub(crate) mod form_postings;
pub(crate) mod term_index;
pub(crate) mod term_lookup;
