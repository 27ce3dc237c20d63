//! The scores of an article's segments, one after the other. Many begin or end
//! with the same word: the rows of what they share are added up once.

use rustc_hash::FxHashMap;

use super::candidates::MAX_WORDS;
use super::features;
use super::model::{self, Model};
use super::patterns::{Case, Scores};
use super::sums::Sums;

/// Places of ends that are remembered: more than lie before the next segment.
const ENDS: usize = MAX_WORDS + 1;

/// Scores the segments of an article in order of their first words.
pub(super) struct Scorer<'m> {
    model: &'m Model,
    begin: Option<Edge>,
    ends: [Option<Edge>; ENDS],
    /// The sums of words that are segments by themselves, by their hashes.
    alone: FxHashMap<u32, Sums>,
}

/// Where segments begin or end.
#[derive(Clone, Copy)]
struct Edge {
    /// The first word, or the one after the last.
    at: usize,
    /// The sum of what stands beyond it.
    beyond: Sums,
    /// Of the segment's word at this end, for those of several words.
    word: Option<Sums>,
}

/// What is known of a segment before the rest of its article is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Scored {
    /// Above 0 where it speaks for a name of that kind.
    pub scores: Scores,
    /// The sum of its words' rows.
    pub words: [i32; 6],
}

impl<'m> Scorer<'m> {
    pub fn new(model: &'m Model) -> Self {
        Self { model, begin: None, ends: [None; ENDS], alone: FxHashMap::default() }
    }

    /// The scores of the next segment.
    pub fn score(&mut self, case: &Case<'_, '_>) -> Scored {
        let (mut words, mut sums) = (Sums::default(), Sums::default());
        let model = self.model;
        if model.learns(case) {
            let begin = self.begin.filter(|edge| edge.at == case.segment.from);
            let mut begin = begin.unwrap_or_else(|| begin_of(model, case));
            let place = &mut self.ends[case.segment.to % ENDS];
            let mut end = place.filter(|edge| edge.at == case.segment.to).unwrap_or_else(|| end_of(model, case));
            words = match case.len() {
                1 => *self.alone.entry(case.first().hash).or_insert_with(|| word_alone(model, case)),
                _ => words_together(model, case, &mut begin, &mut end),
            };
            (self.begin, *place) = (Some(begin), Some(end));
            model::rows_within(case, model.parts(), &mut model.adds_to(&mut sums));
            [&words, &begin.beyond, &end.beyond].into_iter().for_each(|more| sums.join(more));
        }
        Scored { scores: model.scores(case, &sums.totals()), words: words.totals() }
    }
}

fn begin_of(model: &Model, case: &Case<'_, '_>) -> Edge {
    let mut beyond = Sums::default();
    model::rows_before(case, model.parts(), &mut model.adds_to(&mut beyond));
    Edge { at: case.segment.from, beyond, word: None }
}

fn end_of(model: &Model, case: &Case<'_, '_>) -> Edge {
    let mut beyond = Sums::default();
    model::rows_behind(case, model.parts(), &mut model.adds_to(&mut beyond));
    Edge { at: case.segment.to, beyond, word: None }
}

fn word_alone(model: &Model, case: &Case<'_, '_>) -> Sums {
    let mut sums = Sums::default();
    features::of_words(case, &mut model.adds_to(&mut sums));
    sums
}

fn words_together(model: &Model, case: &Case<'_, '_>, begin: &mut Edge, end: &mut Edge) -> Sums {
    if begin.word.is_none() {
        features::of_first(case, &mut model.adds_to(begin.word.get_or_insert_default()));
    }
    if end.word.is_none() {
        features::of_last(case, &mut model.adds_to(end.word.get_or_insert_default()));
    }
    let mut sums = Sums::default();
    features::of_all(case, &mut model.adds_to(&mut sums));
    begin.word.iter().chain(&end.word).for_each(|word| sums.join(word));
    sums
}
