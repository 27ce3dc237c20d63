//! Articles with the names that annotators marked in them.

use thiserror::Error;

use crate::article::{Article, Span};

use super::labels::Kinds;

/// A name that annotators marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgment {
    /// Bytes into the article's text.
    pub span: Span,
    /// The kinds that it may have.
    pub kinds: Kinds,
    /// Its canonical name, where the set gives one.
    pub canonical: Option<String>,
}

/// An article and its judgments in text order.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    /// The article as the pipeline takes it.
    pub article: Article,
    /// The names marked in it.
    pub judgments: Vec<Judgment>,
    /// The sentences of the annotated set, as bytes into the text.
    pub sentences: Vec<Span>,
}

/// Why annotated text could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum JudgeError {
    /// A label that the map does not know.
    #[error("line {line}: unknown label {label:?}")]
    Label {
        /// The 1-based line.
        line: usize,
        /// The label.
        label: String,
    },
    /// A tag other than O, B-LABEL or I-LABEL.
    #[error("line {line}: expected a word and a tag O, B-LABEL or I-LABEL, not {tag:?}")]
    Tag {
        /// The 1-based line.
        line: usize,
        /// The tag.
        tag: String,
    },
    /// An inline mark that is not complete.
    #[error("byte {at}: expected [[surface|kind|canonical]], found {found:?}")]
    Mark {
        /// Where the mark starts.
        at: usize,
        /// The text there.
        found: String,
    },
}
