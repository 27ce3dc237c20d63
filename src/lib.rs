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
pub mod files;
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
#[cfg(feature = "cluster")]
pub mod cluster;
#[cfg(feature = "serve")]
pub mod serve;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;

pub use article::{Article, EntityKind, Mention, Span};
pub use pipeline::{Failure, IndexOptions, Pipeline, Progress, Summary};
pub use search::{FacetCount, FacetKind, FacetRequest, Facets, Hit, Query, Results, Searcher, Snippet, Sort};

/// No promise: for this repository's own tools, tests and benches.
#[doc(hidden)]
pub mod internals {
    // Globs, because a module that is private itself cannot be re-exported.
    macro_rules! modules {
        ($($name:ident)*) => { $(
            #[doc = concat!("The module `", stringify!($name), "`.")]
            pub mod $name {
                pub use crate::$name::*;
            }
        )* };
    }
    modules! { article read extract segment recognize link report index search insight evaluate present pipeline }
}
