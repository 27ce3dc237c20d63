//! How far apart the positions of a term are expected to be.

use std::sync::LazyLock;

use tantivy::DocId;
use tantivy::fieldnorm::{FieldNormReader, FieldNormReaders};
use tantivy::schema::{Field, Schema};

/// The id of the length, in words, of what has none in the index: labels.
const SHORT: u8 = 8;

/// Logarithms are kept in so many parts of a bit.
const PARTS: u32 = 8;
/// So often and more is as often.
const OFTEN: usize = 1024;

/// Logarithms of the lengths that the index knows, by their ids, and of counts
/// plus one, rounded down: a division for each document would take longer.
static LOGARITHMS: LazyLock<([u8; 256], [u8; OFTEN])> = LazyLock::new(|| {
    let length = |id: usize| logarithm(FieldNormReader::id_to_fieldnorm(id as u8));
    (std::array::from_fn(length), std::array::from_fn(|count| logarithm(count as u32 + 1)))
});

/// In whole numbers, so that no two machines disagree on it.
fn logarithm(number: u32) -> u8 {
    let shift = number.checked_ilog2().unwrap_or(0).saturating_sub(14);
    let power = u128::from(number >> shift).pow(PARTS);
    (power.checked_ilog2().unwrap_or(0) + shift * PARTS) as u8
}

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
        let (lengths, counts) = &*LOGARITHMS;
        let length = self.0.as_ref().map_or(SHORT, |lengths| lengths.fieldnorm_id(doc));
        let bits = lengths[usize::from(length)].saturating_sub(counts[(count as usize).min(OFTEN - 1)]);
        u32::from(bits) / PARTS
    }
}
