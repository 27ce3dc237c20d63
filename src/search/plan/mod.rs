//! Syntax trees to plans: what satisfies each part of a query.

pub(crate) mod alternatives;
mod build;
pub(crate) mod clauses;
pub(crate) mod entity_linking;
pub(crate) mod expansion;
pub(crate) mod inflections;
pub(crate) mod meaning;
pub(crate) mod initials;
pub(crate) mod planner;
pub(crate) mod repeats;
pub(crate) mod similar;
pub(crate) mod split_compounds;
#[cfg(test)]
mod tests;
pub(crate) mod tree;
pub(crate) mod function_word_weights;
