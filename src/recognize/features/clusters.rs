//! Features of the word clusters in and around the segment.

use crate::recognize::segments::SegmentContext;
use crate::recognize::tokens::AnnotatedToken;

use super::hashing::{pair, row};

/// The cluster of a word, or 255 for the end of the sentence.
fn cluster(word: Option<&AnnotatedToken<'_>>) -> u32 {
    word.map_or(u32::from(u8::MAX), |w| u32::from(w.cluster))
}

/// All features of clusters.
pub(in crate::recognize) fn clusters(context: &SegmentContext<'_, '_>, sink: &mut impl FnMut(u32)) {
    clusters_before(context, sink);
    clusters_after(context, sink);
    clusters_around(context, sink);
}

/// The clusters of the words before.
pub(super) fn clusters_before(context: &SegmentContext<'_, '_>, sink: &mut impl FnMut(u32)) {
    sink(row(60, cluster(context.before)));
    sink(row(62, pair(cluster(context.before2), cluster(context.before))));
}

/// The cluster of the word after.
pub(super) fn clusters_after(context: &SegmentContext<'_, '_>, sink: &mut impl FnMut(u32)) {
    sink(row(61, cluster(context.after)));
}

/// The clusters of the segment together with those around it.
pub(super) fn clusters_around(context: &SegmentContext<'_, '_>, sink: &mut impl FnMut(u32)) {
    let (before, after) = (cluster(context.before), cluster(context.after));
    let (first, last) = (u32::from(context.first().cluster), u32::from(context.last().cluster));
    sink(row(63, pair(before, after)));
    sink(row(64, pair(context.len().min(3) as u32, first)));
    sink(row(65, pair(context.len().min(3) as u32, last)));
    sink(row(66, pair(first, last)));
    sink(row(67, pair(pair(before, first), after)));
}
