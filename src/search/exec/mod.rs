//! Postings to scores.
//!
//! One pass over the postings collects every matching article with its BM25F
//! score; the best of them are re-ranked by the positions of the query's words.

pub(crate) mod bm25f;
pub(crate) mod candidate;
pub(crate) mod collect;
pub(crate) mod context;
pub(crate) mod cursor;
pub(crate) mod evaluator;
#[cfg(test)]
mod fixtures;
pub(crate) mod intervals;
pub(crate) mod match_positions;
pub(crate) mod match_requirement;
pub(crate) mod meaning;
pub(crate) mod name_lengths;
pub(crate) mod phrase;
pub(crate) mod proximity;
pub(crate) mod ranked;
pub(crate) mod recency;
pub(crate) mod rerank;
pub(crate) mod score_bounds;
pub(crate) mod segment_collector;
pub(crate) mod term_at_a_time;
#[cfg(test)]
mod tests;
pub(crate) mod union;
