//! Suggestions: another query that would find more, and names that begin with
//! what is typed.

pub(crate) mod completion;
pub(crate) mod did_you_mean;
mod edit_cost;
