//! The query language: text to clauses.

pub(crate) mod days;
mod lexer;
pub(crate) mod limits;
pub(crate) mod parser;
pub(crate) mod syntax_tree;
#[cfg(test)]
mod tests;
