//! Full-text search over entertainment news: ranked sentence snippets and
//! named-entity facets on an embedded tantivy index.
//!
//! One article goes through the modules in the order they are declared here:
//! `read → extract → segment → recognize → link → index → search → present`.
//! Each imports only what stands before it; ARCHITECTURE.md has the table and
//! `tests/it/imports.rs` proves it.

pub mod article;
pub mod read;
pub mod extract;
pub mod segment;
pub mod recognize;
pub mod link;
pub mod index;
pub mod search;
pub mod evaluate;
pub mod present;
pub mod pipeline;
