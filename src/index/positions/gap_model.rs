//! The expected gap between the positions of a term, which chooses its codes.

use std::sync::LazyLock;

use tantivy::DocId;
use tantivy::fieldnorm::{FieldNormReader, FieldNormReaders};
use tantivy::schema::{Field, Schema};

/// The length, as a field norm id, of fields without lengths: labels.
const SHORT: u8 = 8;

/// Logarithms are in parts of a bit.
const PARTS: u32 = 8;
/// Counts from here on are taken for one less.
const OFTEN: usize = 1024;

/// Logarithms of lengths, by field norm id, and of counts plus one, rounded
/// down: a division for each document would take longer.
static LOGARITHMS: LazyLock<([u8; 256], [u8; OFTEN])> = LazyLock::new(|| {
    let length = |id: usize| logarithm(FieldNormReader::id_to_fieldnorm(id as u8));
    (std::array::from_fn(length), std::array::from_fn(|count| logarithm(count as u32 + 1)))
});

/// In whole numbers, so that it is the same on all machines.
fn logarithm(number: u32) -> u8 {
    let shift = number.checked_ilog2().unwrap_or(0).saturating_sub(14);
    let power = u128::from(number >> shift).pow(PARTS);
    (power.checked_ilog2().unwrap_or(0) + shift * PARTS) as u8
}

/// Expects gaps by the lengths of a field in the documents of a segment. Names
/// and dates are as far apart as the words they are among.
pub(super) struct GapModel(Option<FieldNormReader>);

impl GapModel {
    pub fn new(schema: &Schema, field: Field, all: &FieldNormReaders) -> tantivy::Result<Self> {
        let name = schema.get_field_name(field);
        let counted = name.split_once('_').map_or(name, |(place, _)| place);
        match schema.get_field(counted) {
            Ok(field) => Ok(Self(all.get_field(field)?)),
            Err(_) => Ok(Self(None)),
        }
    }

    /// The Rice parameter of a term that occurs so often in a document: the
    /// logarithm of its mean gap.
    pub fn parameter(&self, doc: DocId, count: u32) -> u32 {
        let (lengths, counts) = &*LOGARITHMS;
        let length = self.0.as_ref().map_or(SHORT, |lengths| lengths.fieldnorm_id(doc));
        let bits = lengths[usize::from(length)].saturating_sub(counts[(count as usize).min(OFTEN - 1)]);
        u32::from(bits) / PARTS
    }
}
