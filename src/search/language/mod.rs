//! The query language: text to clauses, and notes on what is read otherwise than typed.

mod dates_in_words;
pub(crate) mod days;
mod extents;
mod lexer;
pub(crate) mod limits;
pub(crate) mod marks;
pub(crate) mod notes;
mod operators;
pub(crate) mod parser;
mod prefixes;
mod ranges;
mod signs;
pub(crate) mod syntax_tree;
#[cfg(test)]
mod tests;
mod tokens;
mod words;
