//! Features of the segment's own words; the same in any letter case.

use std::ops::Range;

use crate::recognize::lexicon::word_hash;
use crate::recognize::segments::SegmentContext;
use crate::recognize::tokens::AnnotatedToken;

use super::hashing::{pair, row};

/// Affixes and grams are taken from this many bytes of a word.
const MAX_BYTES: usize = 24;
/// Affix templates of first words start here, those of last words at [`LAST`].
const FIRST: u32 = 10;
const LAST: u32 = 20;

/// All features of the segment's words.
pub(in crate::recognize) fn segment_words(context: &SegmentContext<'_, '_>, sink: &mut impl FnMut(u32)) {
    first_and_last(context, sink);
    all_words(context, sink);
}

/// The first and the last word, which may be the same.
fn first_and_last(context: &SegmentContext<'_, '_>, sink: &mut impl FnMut(u32)) {
    if context.len() > 1 {
        first_of_several(context, sink);
        return last_of_several(context, sink);
    }
    let word = context.first();
    first_word(word, sink);
    last_word(word, sink);
    affixes(&word.folded, &[FIRST, LAST], true, sink);
}

/// The first of several words. Equal for all segments that start with it.
pub(in crate::recognize) fn first_of_several(context: &SegmentContext<'_, '_>, sink: &mut impl FnMut(u32)) {
    first_word(context.first(), sink);
    affixes(&context.first().folded, &[FIRST], false, sink);
}

/// The last of several words. Equal for all segments that end with it.
pub(in crate::recognize) fn last_of_several(context: &SegmentContext<'_, '_>, sink: &mut impl FnMut(u32)) {
    last_word(context.last(), sink);
    affixes(&context.last().folded, &[LAST], false, sink);
}

fn first_word(word: &AnnotatedToken<'_>, sink: &mut impl FnMut(u32)) {
    sink(row(2, word.hash));
    sink(row(30, pair(u32::from(word.traits.bits() != 0), word.traits.bits())));
}

fn last_word(word: &AnnotatedToken<'_>, sink: &mut impl FnMut(u32)) {
    sink(row(3, word.hash));
}

/// All words together.
pub(in crate::recognize) fn all_words(context: &SegmentContext<'_, '_>, sink: &mut impl FnMut(u32)) {
    let (first, last, len) = (context.first(), context.last(), context.len() as u32);
    sink(row(1, len.min(7)));
    if len > 1 {
        sink(row(4, pair(first.hash, len.min(4))));
        sink(row(5, pair(last.hash, len.min(4))));
        sink(row(6, context.words.iter().fold(len, |hash, word| pair(hash, word.hash))));
    } else {
        sink(row(7, first.hash));
    }
    for word in context.words.iter().skip(1).take(context.words.len().saturating_sub(2)) {
        sink(row(8, word.hash));
    }
    sink(row(31, pair(len.min(3), last.traits.bits())));
}

/// Prefixes and suffixes of a word and its inner three-byte grams, once for each
/// group of templates.
fn affixes(word: &str, templates: &[u32], alone: bool, sink: &mut impl FnMut(u32)) {
    let mut part = |at: u32, range: Range<usize>| {
        let Some(hash) = word.get(range).map(word_hash) else { return };
        let value = pair(u32::from(alone), hash);
        templates.iter().for_each(|first| sink(row(first + at, value)));
    };
    let bytes = word.len();
    part(0, 0..3);
    part(1, 0..4);
    (2..5).for_each(|at| part(at, bytes.saturating_sub(at as usize)..bytes));
    for at in 1..bytes.min(MAX_BYTES).saturating_sub(3) {
        part(5, at..at + 3);
    }
}
