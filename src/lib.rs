//! Full-text search over entertainment news: ranked sentence snippets and
//! named-entity facets on an embedded tantivy index.
//!
//! Most programs need three types: [`Pipeline`] reads articles into an index,
//! [`Searcher`] opens one, [`Query`] is what is asked. `examples/` has programs
//! that index, search with facets, and follow a standing query.
//!
//! ```
//! use newsearch::{Failure, Pipeline, Progress, Query, Searcher};
//! struct Report;
//! impl Progress for Report {
//!     fn failure(&mut self, failure: &Failure) {
//!         eprintln!("{}", failure.message);
//!     }
//! }
//! let folder = std::env::temp_dir().join(format!("newsearch-lib-{}", std::process::id()));
//! Pipeline::new().index(&["corpus/film".into()], &folder, &mut Report)?;
//! let searcher = Searcher::open(&folder)?;
//! for hit in searcher.search(&Query::new("person:\"Tom Cruise\" premiere").limit(3))?.hits {
//!     println!("{} {}", hit.score, hit.title);
//! }
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! All offsets are UTF-8 bytes, half open. Cargo features, all on by default:
//! `cli` (the command), `serve` (page and HTTP API), `cluster` (archives on
//! OpenSearch), `pages` (saved web pages), `formats` (feeds, mail, archives).
//!
//! Inside, an article goes through the modules in the order they are declared
//! here; ARCHITECTURE.md has the table of what may import what.

// Without a feature, the code that only it uses is compiled but not called.
#![cfg_attr(not(all(feature = "cli", feature = "cluster", feature = "serve")), allow(dead_code, unused_imports))]

mod article;
mod files;
mod panic_guard;
mod field_names;
mod meaning;
mod read;
mod extract;
mod segment;
mod recognize;
mod link;
mod report;
mod index;
mod search;
mod insight;
mod evaluate;
mod present;
mod pipeline;
#[cfg(feature = "cluster")]
mod cluster;
#[cfg(feature = "serve")]
mod serve;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[cfg(test)]
mod test_index;

pub use article::{Article, EntityKind, FieldName, IdScope, Mention, Span, UserField, UserFields};
#[cfg(feature = "cluster")]
pub use cluster::{Access, Address, Engine, EngineError, EngineOptions, Spread};
pub use extract::FieldMap;
pub use index::{EntityId, IndexError, StoredArticle, Verified, verify};
pub use insight::{
    By, Comparison, CreditRow, EntityEvidence, EntityList, EntityQuery, EntityRow, QuoteHit, QuoteRequest, Stats,
    Timeline, TimelineRequest, TimelineRow, Trends, TrendsRequest,
};
pub use link::{AliasLedger, Decision, KindedName};
pub use pipeline::{Analyzed, Failure, IndexOptions, Pipeline, Plan as IndexPlan, Progress, Summary};
pub use read::Limits;
pub use search::{
    Commit, Completer, Completion, Deadline, Duplicates, Explanation, FacetCount, FacetKind, FacetOrder, FacetRequest,
    Facets, Filters, Hit, HitEntity, NoteKind, Query, QueryNote, QueryRequest, QuestionAnswer, QuestionKind, Results,
    ScoreParts, SearchError, Searcher, Snippet, SnippetField, Sort,
};
#[cfg(feature = "serve")]
pub use serve::{ReloadHandle, ServeError, ServeOptions, Server, Source};

/// No promise: for this repository's own tools, tests and benches.
#[doc(hidden)]
pub mod internals {
    // Globs, because a private module cannot be re-exported itself.
    macro_rules! modules {
        ($($name:ident)*) => { $(
            #[doc = concat!("The module `", stringify!($name), "`.")]
            pub mod $name {
                pub use crate::$name::*;
            }
        )* };
    }
    modules! {
        article files read extract segment recognize link report index search insight evaluate present pipeline
    }
    #[cfg(feature = "cluster")]
    modules! { cluster }
    #[cfg(feature = "serve")]
    modules! { serve }
}

#[cfg(doctest)]
#[doc = include_str!("../docs/library.md")]
struct LibraryGuide;
