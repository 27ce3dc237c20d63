//! Suggestions: spelling corrections, and completion of names.

pub(crate) mod completion;
pub(crate) mod did_you_mean;
mod edit_cost;
