//! Suggestions: spelling corrections, near misses, and completion of names.

mod choices;
pub(crate) mod completion;
mod correction;
pub(crate) mod did_you_mean;
mod edit_cost;
mod known_names;
mod known_words;
pub(crate) mod near;
mod query_words;
mod support;
