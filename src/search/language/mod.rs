//! The query language: text to clauses.

mod lex;
mod parse;
#[cfg(test)]
mod tests;
mod tree;
mod when;

pub(super) use parse::parse;
pub(super) use tree::{Clause, Expression, Label, Occur, Places, Trait};
pub(super) use when::{Days, EXPECTED};
