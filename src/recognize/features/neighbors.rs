//! Features of the words around the segment; the same in any letter case.

use crate::recognize::segments::SegmentContext;

use super::hashing::{hash_of, pair, row};

/// How many words before and after a segment are seen, in any order.
const WINDOW: usize = 4;

/// All features of the words around the segment.
pub(in crate::recognize) fn neighbors(context: &SegmentContext<'_, '_>, sink: &mut impl FnMut(u32)) {
    neighbors_before(context, sink);
    neighbors_after(context, sink);
    neighbors_around(context, sink);
}

/// The words before. Equal for all segments that start at one word.
pub(super) fn neighbors_before(context: &SegmentContext<'_, '_>, sink: &mut impl FnMut(u32)) {
    let (before, before2) = (hash_of(context.before), hash_of(context.before2));
    sink(row(40, before));
    sink(row(42, before2));
    sink(row(44, pair(before2, before)));
    let from = context.segment.from.saturating_sub(WINDOW).max(context.sentence.start);
    for word in &context.view.words[from..context.segment.from] {
        sink(row(49, word.hash));
    }
    sink(row(51, context.before.map_or(0, |w| w.traits.bits())));
}

/// The words after. Equal for all segments that end at one word.
pub(super) fn neighbors_after(context: &SegmentContext<'_, '_>, sink: &mut impl FnMut(u32)) {
    let (after, after2) = (hash_of(context.after), hash_of(context.after2()));
    sink(row(41, after));
    sink(row(43, after2));
    sink(row(45, pair(after, after2)));
    let to = (context.segment.to + WINDOW).min(context.sentence.end);
    for word in &context.view.words[context.segment.to..to] {
        sink(row(50, word.hash));
    }
    sink(row(52, context.after.map_or(0, |w| w.traits.bits())));
}

/// The words before and after together.
pub(super) fn neighbors_around(context: &SegmentContext<'_, '_>, sink: &mut impl FnMut(u32)) {
    let len = (context.len() as u32).min(2);
    let (before, after) = (hash_of(context.before), hash_of(context.after));
    sink(row(46, pair(before, after)));
    sink(row(47, pair(len, before)));
    sink(row(48, pair(len, after)));
}
