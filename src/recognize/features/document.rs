//! Features of the names that the first pass found in the article.

use crate::recognize::document_memory::DocumentMemory;
use crate::recognize::segments::SegmentContext;

use super::hashing::{pair, row};

/// The kinds of the same words elsewhere, and of the full names that a single
/// word is part of.
pub(in crate::recognize) fn document_names(
    context: &SegmentContext<'_, '_>,
    memory: &DocumentMemory,
    sink: &mut impl FnMut(u32),
) {
    /// Values for a word that is part of no full name, and for first names.
    const NO_PART: u32 = 6;
    const FIRST_NAME: u32 = 8;
    let len = context.len().min(3) as u32;
    let key = context.view.key_hash(context.segment.from, context.segment.to);
    match memory.scores_elsewhere(key, context.segment.from) {
        Some(scores) => {
            let total: f32 = scores.iter().sum();
            for (kind, score) in scores.iter().enumerate().filter(|(_, score)| **score > 0.0) {
                let share = (score / total * 3.0) as u32;
                sink(row(100, pair(kind as u32, pair(share, len))));
                sink(row(101, pair(kind as u32, (*score as u32 / 4).min(3))));
            }
        }
        None => sink(row(102, len)),
    }
    if context.len() == 1 {
        let surname = memory.kind_of_surname(context.first().hash).map(|kind| kind as u32);
        let first_name = memory.kind_of_first_name(context.first().hash).map(|kind| FIRST_NAME + kind as u32);
        let cut_ends = context.cut_ends() as u32;
        sink(row(103, pair(surname.unwrap_or(NO_PART), cut_ends)));
        sink(row(104, pair(first_name.unwrap_or(NO_PART), cut_ends)));
    }
}
