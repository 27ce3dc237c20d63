//! Query text to ranked hits, facets and snippets.
//!
//! A query becomes units (a word, a phrase, an entity), each with the postings
//! that satisfy it. One pass over the postings scores every matching article
//! and counts facets; a second one looks at positions of the best only. See
//! ARCHITECTURE.md for the formula.

mod accumulate;
mod candidate_names;
mod candidates;
mod closeness;
mod compare;
mod columns;
mod copies;
mod credits;
mod deadline;
mod cursor;
mod entity_list;
mod difference;
mod documents;
mod error;
mod explain;
mod export;
mod facets;
mod freshness;
mod highlight;
mod hit;
mod language;
mod lengths;
mod matches;
mod merged;
mod near;
mod page;
mod plan;
mod query;
mod request;
mod run;
mod said;
mod remote;
mod remote_export;
mod score;
mod searcher;
mod shards;
mod shelf;
mod similar;
mod sizes;
mod snippet;
mod statistics;
mod stats;
mod suggest;
mod term_index;
mod timeline;
mod told;
mod trends;
mod walk;
mod why;

pub use crate::index::StoredArticle;
pub(crate) use candidates::{is_noticed, is_together};
pub use compare::{By, Comparison, PeriodCounts};
pub use credits::CreditRow;
pub use deadline::Deadline;
pub use difference::{Difference, Dropped, Earlier, EarlierHit, Moved};
pub(crate) use entity_list::begins;
pub use entity_list::{EntityList, EntityQuery, EntityRow};
pub use error::SearchError;
pub use explain::{Explanation, ScorePart, ScoreParts};
pub(crate) use facets::Period;
pub use facets::{FacetCount, FacetKind, FacetRequest, Facets};
pub use hit::{Hit, HitEntity, Results};
pub(crate) use language::{Label, Occur, Places, Trait};
pub(crate) use plan::{Node, Role, Sequence, Unit, Wanted as WantedOf};
pub use query::{Duplicates, Filters, Query, Sort};
pub use request::QueryRequest;
pub use said::{QuoteRequest, Said};
pub use searcher::Searcher;
pub(crate) use shards::{Batch, Counted, Found, Shards, Totals, Wanted};
pub use sizes::Size;
pub use snippet::{Snippet, SnippetField};
pub use stats::Stats;
pub use suggest::{Completer, Completion};
pub use timeline::{Timeline, TimelineRequest, TimelineRow};
pub use trends::{Trend, Trends, TrendsRequest};
pub use why::{Example, Why, WhyForm, WhyName};
