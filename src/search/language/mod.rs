//! The query language: text to clauses.

mod lex;
mod parse;
#[cfg(test)]
mod tests;
mod tree;
mod when;

pub(super) use parse::parse;
pub(super) use tree::{Clause, Expression};
pub(crate) use tree::{Label, Occur, Places, Trait};
pub(crate) use when::Days;
pub(super) use when::EXPECTED;
