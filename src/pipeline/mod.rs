//! Composes read, extract, segment, recognize, link and index over all cores.

mod analyze;
mod annotate;
mod failure;
mod index;
pub mod ordered;
mod plan;

pub use analyze::Analyzed;
pub use failure::Failure;
pub(crate) use index::{Destination, Preparer, Run, tell};
pub use index::{IndexOptions, Progress, Summary};
pub use plan::Plan;

use crate::extract::{Extractor, FieldMap};
use crate::link::EntityLinker;
use crate::read::Limits;
use crate::recognize::EntityRecognizer;

/// The stages that every article goes through.
#[derive(Debug, Clone, Default)]
pub struct Pipeline {
    extractor: Extractor,
    recognizer: EntityRecognizer,
    linker: EntityLinker,
    min_confidence: f32,
    limits: Limits,
}

impl Pipeline {
    /// A pipeline with the stages that newsearch ships with.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same pipeline with another recognizer.
    #[must_use]
    pub fn with_recognizer(self, recognizer: EntityRecognizer) -> Self {
        Self { recognizer, ..self }
    }

    /// The same pipeline that finds fields under other keys.
    #[must_use]
    pub fn with_field_map(self, map: FieldMap) -> Self {
        Self { extractor: Extractor::with_map(map), ..self }
    }

    /// The same pipeline with other bounds on what is read of a file.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same pipeline that leaves out names it is less sure of than this,
    /// 0 to 1.
    #[must_use]
    pub fn with_min_confidence(self, min_confidence: f32) -> Self {
        Self { min_confidence, ..self }
    }
}
