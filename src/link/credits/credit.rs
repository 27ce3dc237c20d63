//! A credit: a person with a job in a work.

use serde::{Deserialize, Serialize};

use crate::article::Span;

/// What a person did in a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Job {
    /// Played a role, or is in the cast.
    Actor,
    /// Voiced a role.
    Voice,
    /// Directed.
    Director,
    /// Wrote or created.
    Writer,
    /// Produced.
    Producer,
}

impl Job {
    /// Its name as the command line and JSON spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Voice => "voice",
            Self::Director => "director",
            Self::Writer => "writer",
            Self::Producer => "producer",
        }
    }
}

/// A statement of an article that a person did something in a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// Index of the person's mention.
    pub person: usize,
    /// The job of the person.
    pub job: Job,
    /// Index of a mention of the role.
    pub role: Option<usize>,
    /// Index of a mention of the work.
    pub work: Option<usize>,
    /// The sentence that states it: bytes into the article's text.
    pub sentence: Span,
}
