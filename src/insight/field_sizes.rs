//! The sizes of the parts of an index.

use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::{Searcher, TantivyError};

use crate::index::SegmentPositions;

/// The bytes that one part of an index takes on disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Size {
    /// `terms`, `postings`, `positions`, `columns`, `lengths`, `articles`
    /// (stored articles) or `deleted`.
    pub part: &'static str,
    /// The field, for parts with several.
    pub field: Option<String>,
    /// Bytes, over all segments.
    pub bytes: u64,
}

/// The parts of all segments, the largest first.
///
/// # Errors
/// The error of a segment that cannot be read.
pub(crate) fn sizes_of(searcher: &Searcher) -> Result<Vec<Size>, TantivyError> {
    let mut sums: BTreeMap<(&'static str, Option<String>), u64> = BTreeMap::new();
    let schema = searcher.schema();
    for segment in searcher.space_usage()?.segments() {
        let by_field = [
            ("terms", segment.termdict()),
            ("postings", segment.postings()),
            ("columns", segment.fast_fields()),
            ("lengths", segment.fieldnorms()),
        ];
        for (part, usage) in by_field {
            for field in usage.fields() {
                let named = schema.get_field(field.field_name()).is_ok();
                let name = named.then(|| field.field_name().to_owned());
                *sums.entry((part, name)).or_default() += field.total().get_bytes();
            }
        }
        *sums.entry(("articles", None)).or_default() += segment.store().total().get_bytes();
        *sums.entry(("deleted", None)).or_default() += segment.deletes().get_bytes();
    }
    for segment in searcher.segment_readers() {
        for (field, bytes) in SegmentPositions::open(segment)?.sizes() {
            *sums.entry(("positions", Some(schema.get_field_name(field).to_owned()))).or_default() += bytes;
        }
    }
    let parts = sums.into_iter().filter(|(_, bytes)| *bytes > 0);
    let mut sizes: Vec<Size> = parts.map(|((part, field), bytes)| Size { part, field, bytes }).collect();
    sizes.sort_by_key(|size| std::cmp::Reverse(size.bytes));
    Ok(sizes)
}
