//! The stages that every article goes through, and their settings.

use crate::article::UserFields;
use crate::extract::{Extractor, FieldMap};
use crate::link::EntityLinker;
use crate::read::Limits;
use crate::recognize::EntityRecognizer;

/// The stages that every article goes through.
#[derive(Debug, Clone, Default)]
pub struct Pipeline {
    pub(super) extractor: Extractor,
    pub(super) recognizer: EntityRecognizer,
    pub(super) linker: EntityLinker,
    pub(super) min_confidence: f32,
    pub(super) limits: Limits,
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

    /// The same pipeline with another map from keys to fields.
    #[must_use]
    pub fn with_field_map(self, map: FieldMap) -> Self {
        let fields = self.extractor.fields().clone();
        Self { extractor: Extractor::with_map(map).with_fields(fields), ..self }
    }

    /// The same pipeline, which also keeps the values of these fields.
    #[must_use]
    pub fn with_fields(self, fields: UserFields) -> Self {
        Self { extractor: self.extractor.with_fields(fields), ..self }
    }

    /// The same pipeline with other limits on the files it reads.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same pipeline, leaving out names below this confidence, 0 to 1.
    #[must_use]
    pub fn with_min_confidence(self, min_confidence: f32) -> Self {
        Self { min_confidence, ..self }
    }
}
