//! An open commit, and what is read of it once and kept.

pub(crate) mod columns;
pub(crate) mod mentions;
pub(crate) mod reader;
pub(crate) mod statistics;
pub(crate) mod stem_postings;
pub(crate) mod term_index;
pub(crate) mod term_lookup;
