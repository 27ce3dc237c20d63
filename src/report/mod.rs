//! What articles report: who said what, and what is stated of works and when.

mod quotes;
mod statements;

pub use quotes::{Quote, quotes};
pub use statements::{Statement, Subject, Sureness, What, statements};
