//! Full-text search over entertainment news: ranked sentence snippets and
//! named-entity facets on an embedded tantivy index.
//!
//! One article goes through the modules in the order they are declared here:
//! `read → extract → segment → recognize → link → index → search → present`.
//! Each imports only what stands before it; ARCHITECTURE.md has the table and
//! `tests/it/imports.rs` proves it.

//!
//! Most programs need three types: [`Pipeline`] reads articles into an index,
//! [`Searcher`] opens one, [`Query`] is what is asked. `examples/` shows them.
//!
//! ```
//! use newsearch::pipeline::{Failure, Progress};
//! use newsearch::{Pipeline, Query, Searcher};
//! struct Quiet;
//! impl Progress for Quiet {
//!     fn failure(&mut self, _: &Failure) {}
//! }
//! let folder = std::env::temp_dir().join(format!("newsearch-lib-{}", std::process::id()));
//! Pipeline::new().index(&["corpus/film".into()], &folder, &mut Quiet)?;
//! let searcher = Searcher::open(&folder)?;
//! let query = Query { limit: 3, ..Query::new("person:\"Tom Cruise\" premiere") };
//! for hit in searcher.search(&query)?.hits {
//!     println!("{} {}", hit.score, hit.title);
//! }
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod article;
pub mod read;
pub mod extract;
pub mod segment;
pub mod recognize;
pub mod link;
pub mod report;
pub mod index;
pub mod search;
pub mod insight;
pub mod evaluate;
pub mod present;
pub mod pipeline;
pub mod cluster;
pub mod serve;

pub use pipeline::Pipeline;
pub use search::{Query, Results, Searcher};

#[cfg(test)]
mod test_index;
