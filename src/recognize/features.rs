//! What the trained model looks at: every feature is a row of weights.
//!
//! Features are hashed (Weinberger et al. 2009): a template's number and its
//! values name a row of [`BITS`] bits. Each row has a weight for each kind.

use super::classes::{Classes, NameClass};
use super::memory::Memory;
use super::patterns::Case;
use super::view::{Shape, Word, word_hash};

/// Rows of weights: 2 to this power.
pub(super) const BITS: u32 = 18;

/// The row of a feature: a template and a value.
fn row(template: u32, value: u32) -> u32 {
    let mixed = (value ^ template.wrapping_mul(0x85eb_ca6b)).wrapping_mul(0x9e37_79b1);
    let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0xc2b2_ae35);
    mixed >> (32 - BITS)
}

fn pair(a: u32, b: u32) -> u32 {
    a.rotate_left(13).wrapping_mul(0x1b87_3593) ^ b
}

/// A word that stands for the end of the line.
const EDGE: u32 = 0x5eed;

fn hash_of(word: Option<&Word<'_>>) -> u32 {
    word.map_or(EDGE, |w| w.hash)
}

/// The words of the segment itself; the same in any letter case.
pub(super) fn of_words(case: &Case<'_, '_>, sink: &mut impl FnMut(u32)) {
    first_and_last(case, sink);
    of_all(case, sink);
}

/// The first and the last word, which may be one.
fn first_and_last(case: &Case<'_, '_>, sink: &mut impl FnMut(u32)) {
    if case.len() > 1 {
        of_first(case, sink);
        return of_last(case, sink);
    }
    let word = case.first();
    first_word(word, sink);
    last_word(word, sink);
    affixes(&word.folded, &[FIRST, LAST], true, sink);
}

/// The first of several words: the same for all segments that begin with it.
pub(super) fn of_first(case: &Case<'_, '_>, sink: &mut impl FnMut(u32)) {
    first_word(case.first(), sink);
    affixes(&case.first().folded, &[FIRST], false, sink);
}

/// The last of several words: the same for all segments that end with it.
pub(super) fn of_last(case: &Case<'_, '_>, sink: &mut impl FnMut(u32)) {
    last_word(case.last(), sink);
    affixes(&case.last().folded, &[LAST], false, sink);
}

fn first_word(word: &Word<'_>, sink: &mut impl FnMut(u32)) {
    sink(row(2, word.hash));
    sink(row(30, pair(u32::from(word.traits.bits() != 0), word.traits.bits())));
}

fn last_word(word: &Word<'_>, sink: &mut impl FnMut(u32)) {
    sink(row(3, word.hash));
}

/// All words together.
pub(super) fn of_all(case: &Case<'_, '_>, sink: &mut impl FnMut(u32)) {
    let (first, last, len) = (case.first(), case.last(), case.len() as u32);
    sink(row(1, len.min(7)));
    if len > 1 {
        sink(row(4, pair(first.hash, len.min(4))));
        sink(row(5, pair(last.hash, len.min(4))));
        sink(row(6, case.words.iter().fold(len, |hash, word| pair(hash, word.hash))));
    } else {
        sink(row(7, first.hash));
    }
    for word in case.words.iter().skip(1).take(case.words.len().saturating_sub(2)) {
        sink(row(8, word.hash));
    }
    sink(row(31, pair(len.min(3), last.traits.bits())));
}

/// Of longer words only so many bytes are looked at for grams.
const LONG: usize = 24;
/// The first templates of the parts of first words, and of last ones.
const FIRST: u32 = 10;
const LAST: u32 = 20;

/// Beginnings and ends of a word, and its three-letter grams, for templates
/// from each of these on.
fn affixes(word: &str, templates: &[u32], alone: bool, sink: &mut impl FnMut(u32)) {
    let mut part = |at: u32, range: std::ops::Range<usize>| {
        let Some(hash) = word.get(range).map(word_hash) else { return };
        let value = pair(u32::from(alone), hash);
        templates.iter().for_each(|first| sink(row(first + at, value)));
    };
    let bytes = word.len();
    part(0, 0..3);
    part(1, 0..4);
    (2..5).for_each(|at| part(at, bytes.saturating_sub(at as usize)..bytes));
    for at in 1..bytes.min(LONG).saturating_sub(3) {
        part(5, at..at + 3);
    }
}

/// The word after the one that follows.
fn after2<'a, 't>(case: &Case<'a, 't>) -> Option<&'a Word<'t>> {
    let at = case.segment.to + 1;
    case.view.words.get(at).filter(|_| at < case.line.end)
}

/// The words around the segment; the same in any letter case.
pub(super) fn of_context(case: &Case<'_, '_>, sink: &mut impl FnMut(u32)) {
    of_before(case, sink);
    of_behind(case, sink);
    of_around(case, sink);
}

/// How many words before and behind a segment are looked at.
const NEAR: usize = 4;

/// The words before: the same for all segments that begin at one word.
pub(super) fn of_before(case: &Case<'_, '_>, sink: &mut impl FnMut(u32)) {
    let (before, before2) = (hash_of(case.before), hash_of(case.before2));
    sink(row(40, before));
    sink(row(42, before2));
    sink(row(44, pair(before2, before)));
    let from = case.segment.from.saturating_sub(NEAR).max(case.line.start);
    for word in &case.view.words[from..case.segment.from] {
        sink(row(49, word.hash));
    }
    sink(row(51, case.before.map_or(0, |w| w.traits.bits())));
}

/// The words behind: the same for all segments that end at one word.
pub(super) fn of_behind(case: &Case<'_, '_>, sink: &mut impl FnMut(u32)) {
    let (after, after2) = (hash_of(case.after), hash_of(after2(case)));
    sink(row(41, after));
    sink(row(43, after2));
    sink(row(45, pair(after, after2)));
    let to = (case.segment.to + NEAR).min(case.line.end);
    for word in &case.view.words[case.segment.to..to] {
        sink(row(50, word.hash));
    }
    sink(row(52, case.after.map_or(0, |w| w.traits.bits())));
}

/// The words before and behind together.
pub(super) fn of_around(case: &Case<'_, '_>, sink: &mut impl FnMut(u32)) {
    let len = (case.len() as u32).min(2);
    let (before, after) = (hash_of(case.before), hash_of(case.after));
    sink(row(46, pair(before, after)));
    sink(row(47, pair(len, before)));
    sink(row(48, pair(len, after)));
}

fn cluster(word: Option<&Word<'_>>) -> u32 {
    word.map_or(u32::from(u8::MAX), |w| u32::from(w.cluster))
}

/// The clusters of the segment and the words around it.
pub(super) fn of_clusters(case: &Case<'_, '_>, sink: &mut impl FnMut(u32)) {
    clusters_before(case, sink);
    clusters_behind(case, sink);
    clusters_around(case, sink);
}

/// The clusters of the words before.
pub(super) fn clusters_before(case: &Case<'_, '_>, sink: &mut impl FnMut(u32)) {
    sink(row(60, cluster(case.before)));
    sink(row(62, pair(cluster(case.before2), cluster(case.before))));
}

/// The cluster of the word behind.
pub(super) fn clusters_behind(case: &Case<'_, '_>, sink: &mut impl FnMut(u32)) {
    sink(row(61, cluster(case.after)));
}

/// The clusters of the segment with those around it.
pub(super) fn clusters_around(case: &Case<'_, '_>, sink: &mut impl FnMut(u32)) {
    let (before, after) = (cluster(case.before), cluster(case.after));
    let (first, last) = (u32::from(case.first().cluster), u32::from(case.last().cluster));
    sink(row(63, pair(before, after)));
    sink(row(64, pair(case.len().min(3) as u32, first)));
    sink(row(65, pair(case.len().min(3) as u32, last)));
    sink(row(66, pair(first, last)));
    sink(row(67, pair(pair(before, first), after)));
}

/// What the gazetteer knows of the segment and its ends.
pub(super) fn of_lists(case: &Case<'_, '_>, sink: &mut impl FnMut(u32)) {
    let len = case.len().min(4) as u32;
    let whole = case.segment.classes;
    let bits = |classes: Classes| classes.to_bits() as u32;
    sink(row(70, bits(whole)));
    sink(row(71, pair(len, bits(whole))));
    for class in NameClass::ALL {
        let strength = u32::from(whole.strength(class));
        if strength > 0 {
            sink(row(72, pair(class as u32, pair(strength, len))));
        }
    }
    let (first, last) = (bits(case.first().classes), bits(case.last().classes));
    sink(row(73, pair(len, first)));
    sink(row(74, pair(len, last)));
    if len > 1 {
        sink(row(75, pair(first, last)));
    }
    sink(row(76, pair(u32::from(whole.is_name()), len)));
    sink(row(77, pair(hash_of(case.before), bits(whole))));
    sink(row(78, pair(hash_of(case.after), bits(whole))));
    if let Some(listed) = enumerated(case) {
        sink(row(79, pair(len, bits(listed))));
    }
}

/// What the lists say of the name that this one is listed after: “Paris, Rome”,
/// “Tom and Ann”.
fn enumerated(case: &Case<'_, '_>) -> Option<Classes> {
    let before = case.before?;
    if case.gap_before == ", " && before.is_capital() {
        return Some(before.classes);
    }
    case.before2.filter(|w| before.folded == "and" && w.is_capital()).map(|w| w.classes)
}

fn style(case: &Case<'_, '_>) -> u32 {
    u32::from(case.line.title_case) + 2 * u32::from(case.line.informal)
}

fn shape_of(word: Option<&Word<'_>>) -> u32 {
    word.map_or(9, shape)
}

/// How it is written where the segment begins.
pub(super) fn writing_before(case: &Case<'_, '_>, sink: &mut impl FnMut(u32)) {
    let place = (case.segment.from - case.line.start).min(2) as u32;
    sink(row(88, pair(place, style(case))));
    sink(row(94, pair(case.first().hash, u32::from(case.first().opens))));
    sink(row(95, pair(shape_of(case.before2), hash_of(case.before))));
}

/// How it is written where the segment ends.
pub(super) fn writing_behind(case: &Case<'_, '_>, sink: &mut impl FnMut(u32)) {
    sink(row(83, mark(case.gap_after, false)));
    sink(row(96, pair(hash_of(case.after), shape_of(after2(case)))));
}

/// How the segment is written: capitals, marks, its place in the line.
pub(super) fn of_writing(case: &Case<'_, '_>, sink: &mut impl FnMut(u32)) {
    let len = case.len() as u32;
    let shapes = case.words.iter().take(6).fold(len.min(7), |hash, word| pair(hash, shape(word)));
    let style = style(case);
    let (mark_before, mark_after) = (mark(case.gap_before, true), mark(case.gap_after, false));
    let common = u32::from(case.is_common(case.first()));
    let opens = u32::from(case.first().opens);
    let quoted = u32::from(case.segment.quoted) * 2 + u32::from(case.segment.opens_quote);
    let cuts = case.cuts() as u32;
    sink(row(80, shapes));
    sink(row(81, pair(style, shapes)));
    sink(row(82, pair(mark_before, quoted)));
    sink(row(84, pair(mark_before, mark_after)));
    sink(row(85, pair(opens * 2 + common, len.min(3) * 4 + style)));
    sink(row(86, pair(cuts, len.min(3) * 4 + style)));
    sink(row(87, pair(quoted, len.min(4))));
    sink(row(89, pair(u32::from(case.line.start == 0), len.min(3))));
    sink(row(90, pair(u32::from(case.segment.loose), len.min(5))));
    let all_common = u32::from(case.words.iter().all(|w| case.is_common(w)));
    sink(row(91, pair(all_common, pair(quoted, len.min(4)))));
    let known = u32::from(case.is_listed()) * 2 + u32::from(case.first().classes.is_name());
    sink(row(97, pair(style, pair(opens * 2 + common, pair(known, len.min(4))))));
    sink(row(92, pair(shape_of(case.before), shape_of(case.after))));
    sink(row(93, pair(u32::from(case.near_work()), quoted)));
}

fn shape(word: &Word<'_>) -> u32 {
    let base = match word.shape {
        Shape::Lower => 0,
        Shape::Capital => 1,
        Shape::Upper => 2,
        Shape::Digit => 3,
    };
    if word.is_letter() { base + 4 } else { base }
}

/// The marks of a gap next to the segment.
fn mark(gap: &str, before: bool) -> u32 {
    let near: u32 = if before {
        gap.chars().rev().take(2).fold(1, |hash, c| pair(hash, u32::from(c)))
    } else {
        gap.chars().take(2).fold(1, |hash, c| pair(hash, u32::from(c)))
    };
    near
}

/// What the rest of the article says.
pub(super) fn of_article(case: &Case<'_, '_>, memory: &Memory, sink: &mut impl FnMut(u32)) {
    let len = case.len().min(3) as u32;
    match memory.elsewhere(case.view.key_hash(case.segment.from, case.segment.to), case.segment.from) {
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
    if case.len() == 1 {
        let part = memory.surname_of(case.first().hash).map(|kind| kind as u32);
        let given = memory.first_name_of(case.first().hash).map(|kind| 8 + kind as u32);
        let cuts = case.cuts() as u32;
        sink(row(103, pair(part.unwrap_or(6), cuts)));
        sink(row(104, pair(given.unwrap_or(6), cuts)));
    }
}
