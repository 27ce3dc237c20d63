//! Translates plans to OpenSearch's query language.
//!
//! The condition is exact; the score is an upper bound: the most that an article
//! can score once proximity and positions are known.

pub(super) mod clauses;
mod filter;
mod intervals;
mod score_bound;
pub(super) mod terms;
pub(super) mod translator;
