//! Scores the segments of an article without the evidence of the rest of it.

use rustc_hash::FxHashMap;

use crate::recognize::features;
use crate::recognize::scores::Scores;
use crate::recognize::segments::{MAX_WORDS, SegmentContext};

use super::row_sum::{RowSum, RowTotals};
use super::weights::Model;

/// How many ends are cached: more than lie ahead of a segment's first word.
const ENDS: usize = MAX_WORDS + 1;

/// Scores the segments of an article in order of their first words.
///
/// Many segments start or end at the same word; the rows they share are summed
/// once and cached.
pub(in crate::recognize) struct SegmentScorer<'m> {
    model: &'m Model,
    start: Option<Boundary>,
    /// By the end modulo [`ENDS`].
    ends: [Option<Boundary>; ENDS],
    /// The sums of words that are segments by themselves, by their hashes.
    single_words: FxHashMap<u32, RowSum>,
}

/// The start or the end of segments.
#[derive(Clone, Copy)]
struct Boundary {
    /// The first word, or the one after the last.
    at: usize,
    /// The sum of the features outside of the segment on this side.
    outside: RowSum,
    /// The sum of the features of the segment's word on this side, for segments
    /// of several words.
    word: Option<RowSum>,
}

/// The scores of a segment by itself.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::recognize) struct BaseScores {
    /// Above 0 for a kind that is more likely than no name.
    pub scores: Scores,
    /// The sum of the rows of its own words.
    pub word_totals: RowTotals,
}

impl<'m> SegmentScorer<'m> {
    /// A scorer for one article.
    pub fn new(model: &'m Model) -> Self {
        Self { model, start: None, ends: [None; ENDS], single_words: FxHashMap::default() }
    }

    /// The scores of the next segment.
    pub fn score(&mut self, context: &SegmentContext<'_, '_>) -> BaseScores {
        let (mut words, mut sum) = (RowSum::default(), RowSum::default());
        let model = self.model;
        if model.uses_weights(context) {
            let start = self.start.filter(|boundary| boundary.at == context.segment.from);
            let mut start = start.unwrap_or_else(|| start_of(model, context));
            let slot = &mut self.ends[context.segment.to % ENDS];
            let end = slot.filter(|boundary| boundary.at == context.segment.to);
            let mut end = end.unwrap_or_else(|| end_of(model, context));
            words = match context.len() {
                1 => *self.single_words.entry(context.first().hash).or_insert_with(|| single_word(model, context)),
                _ => several_words(model, context, &mut start, &mut end),
            };
            (self.start, *slot) = (Some(start), Some(end));
            features::within(context, model.components(), &mut model.adder(&mut sum));
            [&words, &start.outside, &end.outside].into_iter().for_each(|more| sum.join(more));
        }
        BaseScores { scores: model.scores(context, &sum.totals()), word_totals: words.totals() }
    }
}

fn start_of(model: &Model, context: &SegmentContext<'_, '_>) -> Boundary {
    let mut outside = RowSum::default();
    features::before(context, model.components(), &mut model.adder(&mut outside));
    Boundary { at: context.segment.from, outside, word: None }
}

fn end_of(model: &Model, context: &SegmentContext<'_, '_>) -> Boundary {
    let mut outside = RowSum::default();
    features::after(context, model.components(), &mut model.adder(&mut outside));
    Boundary { at: context.segment.to, outside, word: None }
}

fn single_word(model: &Model, context: &SegmentContext<'_, '_>) -> RowSum {
    let mut sum = RowSum::default();
    features::segment_words(context, &mut model.adder(&mut sum));
    sum
}

fn several_words(model: &Model, context: &SegmentContext<'_, '_>, start: &mut Boundary, end: &mut Boundary) -> RowSum {
    if start.word.is_none() {
        features::first_of_several(context, &mut model.adder(start.word.get_or_insert_default()));
    }
    if end.word.is_none() {
        features::last_of_several(context, &mut model.adder(end.word.get_or_insert_default()));
    }
    let mut sum = RowSum::default();
    features::all_words(context, &mut model.adder(&mut sum));
    start.word.iter().chain(&end.word).for_each(|word| sum.join(word));
    sum
}
