//! How far apart the positions of a term are expected to be.

use tantivy::DocId;
use tantivy::fieldnorm::{FieldNormReader, FieldNormReaders};
use tantivy::schema::{Field, Schema};

/// The length, in words, of what has none in the index: labels.
const SHORT: u32 = 8;

/// The lengths of a field in the documents of a segment, as the index keeps
/// them. Names and dates are as far apart as the words that they stand among.
pub(super) struct Lengths(Option<FieldNormReader>);

impl Lengths {
    pub fn new(schema: &Schema, field: Field, all: &FieldNormReaders) -> tantivy::Result<Self> {
        let name = schema.get_field_name(field);
        let counted = name.split_once('_').map_or(name, |(place, _)| place);
        match schema.get_field(counted) {
            Ok(field) => Ok(Self(all.get_field(field)?)),
            Err(_) => Ok(Self(None)),
        }
    }

    /// The parameter of the codes of a term that stands so often in a document:
    /// what suits the mean of its gaps.
    pub fn parameter(&self, doc: DocId, count: u32) -> u32 {
        let length = self.0.as_ref().map_or(SHORT, |lengths| lengths.fieldnorm(doc));
        (length / count.saturating_add(1)).checked_ilog2().unwrap_or(0)
    }
}
