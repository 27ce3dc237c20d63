//! Features of how the segment is written: capitals, punctuation, its position
//! in the sentence.

use crate::recognize::segments::SegmentContext;
use crate::recognize::tokens::{AnnotatedToken, Shape};

use super::hashing::{hash_of, pair, row};

/// The style of the sentence, 0 to 3.
fn style(context: &SegmentContext<'_, '_>) -> u32 {
    u32::from(context.sentence.title_case) + 2 * u32::from(context.sentence.informal)
}

/// The shape of a word, 0 to 7.
fn shape(word: &AnnotatedToken<'_>) -> u32 {
    let base = match word.shape {
        Shape::Lower => 0,
        Shape::Capital => 1,
        Shape::Upper => 2,
        Shape::Digit => 3,
    };
    if word.is_letter() { base + 4 } else { base }
}

/// The shape of a word, or 9 for the end of the sentence.
fn shape_of(word: Option<&AnnotatedToken<'_>>) -> u32 {
    word.map_or(9, shape)
}

/// The two characters of a gap that are nearest to the segment.
fn mark(gap: &str, before: bool) -> u32 {
    let near: u32 = if before {
        gap.chars().rev().take(2).fold(1, |hash, c| pair(hash, u32::from(c)))
    } else {
        gap.chars().take(2).fold(1, |hash, c| pair(hash, u32::from(c)))
    };
    near
}

/// Where the segment starts. Equal for all segments that start at one word.
pub(super) fn orthography_before(context: &SegmentContext<'_, '_>, sink: &mut impl FnMut(u32)) {
    let position = (context.segment.from - context.sentence.start).min(2) as u32;
    sink(row(88, pair(position, style(context))));
    sink(row(94, pair(context.first().hash, u32::from(context.first().opens))));
    sink(row(95, pair(shape_of(context.before2), hash_of(context.before))));
}

/// Where the segment ends. Equal for all segments that end at one word.
pub(super) fn orthography_after(context: &SegmentContext<'_, '_>, sink: &mut impl FnMut(u32)) {
    sink(row(83, mark(context.gap_after, false)));
    sink(row(96, pair(hash_of(context.after), shape_of(context.after2()))));
}

/// The segment as a whole.
pub(super) fn orthography_within(context: &SegmentContext<'_, '_>, sink: &mut impl FnMut(u32)) {
    let len = context.len() as u32;
    let shapes = context.words.iter().take(6).fold(len.min(7), |hash, word| pair(hash, shape(word)));
    let style = style(context);
    let (mark_before, mark_after) = (mark(context.gap_before, true), mark(context.gap_after, false));
    let common = u32::from(context.first().common);
    let opens = u32::from(context.first().opens);
    let quoted = u32::from(context.segment.quoted) * 2 + u32::from(context.segment.opens_quote);
    let cut_ends = context.cut_ends() as u32;
    sink(row(80, shapes));
    sink(row(81, pair(style, shapes)));
    sink(row(82, pair(mark_before, quoted)));
    sink(row(84, pair(mark_before, mark_after)));
    sink(row(85, pair(opens * 2 + common, len.min(3) * 4 + style)));
    sink(row(86, pair(cut_ends, len.min(3) * 4 + style)));
    sink(row(87, pair(quoted, len.min(4))));
    sink(row(89, pair(u32::from(context.sentence.start == 0), len.min(3))));
    sink(row(90, pair(u32::from(context.segment.loose), len.min(5))));
    let all_common = u32::from(context.words.iter().all(|w| w.common));
    sink(row(91, pair(all_common, pair(quoted, len.min(4)))));
    let known = u32::from(context.is_listed()) * 2 + u32::from(context.first().classes.is_name());
    sink(row(97, pair(style, pair(opens * 2 + common, pair(known, len.min(4))))));
    sink(row(92, pair(shape_of(context.before), shape_of(context.after))));
    sink(row(93, pair(u32::from(context.near_work()), quoted)));
}
