//! Query text to ranked hits, facets and snippets.
//!
//! A query becomes a plan of units (a word, a phrase, an entity), each with the
//! postings that match it. One pass over the postings scores every matching article
//! and counts facets; the best are re-ranked by positions. docs/ranking.md has
//! the formula.

pub(crate) mod answers;
pub(crate) mod backend;
pub(crate) mod error;
pub(crate) mod exec;
mod export;
pub(crate) mod facets;
pub(crate) mod hits;
pub(crate) mod language;
pub(crate) mod params;
pub(crate) mod plan;
pub(crate) mod query;
pub(crate) mod searcher;
pub(crate) mod snapshot;
pub(crate) mod suggest;

pub use crate::index::StoredArticle;
pub use error::SearchError;
pub use facets::facet::{FacetCount, Facets};
pub use hits::answer_diff::{AnswerDiff, Dropped, Earlier, EarlierHit, Moved};
pub use hits::explanation::{Explanation, ScorePart, ScoreParts};
pub use hits::hit::{Corrected, Hit, HitEntity, NearName, Results};
pub use hits::question_answer::{QuestionAnswer, QuestionKind};
pub use hits::snippet::{Snippet, SnippetField};
pub use language::notes::{NoteKind, QueryNote};
pub use query::deadline::Deadline;
pub use query::facet_request::{FacetKind, FacetOrder, FacetRequest};
pub use query::filters::Filters;
pub use query::query_request::QueryRequest;
pub use query::search_query::Query;
pub use query::sort::{Duplicates, Sort};
pub use searcher::{Commit, Searcher};
pub use suggest::completion::{Completer, Completion};
