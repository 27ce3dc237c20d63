//! What articles report: who said what, and what is said of works and when.

mod quotes;

pub use quotes::{Quote, quotes};
