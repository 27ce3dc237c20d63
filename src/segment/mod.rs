//! Text to sentences, words and index terms: the one analyzer of articles and
//! queries.
//!
//! Owns folding, stemming and the treatment of glued names; everything keeps
//! its byte offsets into the original text.

mod analyzer;
mod fold;
mod glued;
mod segmented;
mod sentences;
mod stem;
mod words;

pub use analyzer::{Analyzer, Term, TermKind};
pub use fold::{fold, fold_into};
pub use glued::name_parts;
pub use segmented::Segmented;
pub use sentences::SentenceSegmenter;
pub use stem::{Stemmer, with_stemmer};
pub use words::words;
