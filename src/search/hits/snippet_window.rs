//! Windows of consecutive sentences of one block, scored by their matches.

use std::ops::Range;

use crate::article::Span;
use crate::search::hits::block::opens_block;
use crate::search::hits::highlight::MatchedArticle;
use crate::search::hits::passage::MAX_CHARS;
use crate::search::hits::passage_shape::{PassageShape, ends_as_sentence};
use crate::search::hits::report_spans::ReportSpans;
use crate::search::plan::tree::UnitKind;

/// The shortest sentence that is no fragment, in bytes.
pub(super) const MIN_SENTENCE: usize = 30;
/// The bonus for neighbors of the query that are neighbors in the text.
const NEIGHBORS: f32 = 0.5;
/// The bonus for a further match of a unit.
const REPEATS: f32 = 0.05;
/// The bonus for the beginning of the article.
const EARLY: f32 = 0.1;
/// The bonus for a passage that is long enough to say something.
const FULL: f32 = 0.3;
/// How long that is, in bytes.
const FULL_LENGTH: usize = 100;
/// The factor where a sentence has to be cut.
const CUT: f32 = 0.95;
/// The factor where it has to be cut at its beginning.
pub(super) const BEHEADED: f32 = 0.8;
/// Matches that are searched for a neighbor: several units may match one word.
const NEXT: usize = 8;

/// How many sentences behind a passage are looked at for the end of a caption.
const CAPTION: usize = 3;

/// Consecutive sentences of a block that may hold a good passage.
#[derive(Debug, Clone, Copy)]
pub(super) struct SentenceWindow {
    /// The first sentence.
    pub first: usize,
    /// The last sentence.
    pub last: usize,
    score: f32,
}

/// A match with its approximate offset: as far into its sentence as its word.
#[derive(Debug, Clone, Copy)]
struct LocatedMatch {
    unit: usize,
    position: u32,
    sentence: usize,
    at: usize,
}

/// The windows of an article, best first: one for each sentence with a match.
pub(super) fn windows(matched: MatchedArticle<'_>, values: &[f32]) -> impl Iterator<Item = SentenceWindow> {
    let matches = located_matches(matched);
    let mut windows: Vec<SentenceWindow> = Vec::new();
    let mut from = 0;
    for of_sentence in matches.chunk_by(|a, b| a.sentence == b.sentence) {
        windows.push(best_from(matched, of_sentence[0].sentence, &matches[from..], values));
        from += of_sentence.len();
    }
    best_first(windows)
}

/// The best window that begins with a sentence; `matches` are those from there on.
fn best_from(matched: MatchedArticle<'_>, first: usize, matches: &[LocatedMatch], values: &[f32]) -> SentenceWindow {
    let article = matched.article;
    let sentences = &article.sentences;
    let start = sentences[first].span.start;
    let early = EARLY * (1.0 - first as f32 / sentences.len() as f32);
    if sentences[first].span.len() > MAX_CHARS {
        let own = matches.partition_point(|one| one.sentence == first);
        let score = value_within(&matches[..own], Span::new(start, sentences[first].span.end), values);
        let shape = shape_of(matched, first..first + 1);
        return SentenceWindow { first, last: first, score: score * shape.factor() + FULL + early };
    }
    let (mut best, mut last, mut seen) = (None::<SentenceWindow>, first, 0);
    let mut sum = MatchSum::new(values);
    loop {
        let before = seen;
        while let Some(one) = matches.get(seen).filter(|one| one.sentence == last) {
            sum.add(*one, &matches[..seen]);
            seen += 1;
        }
        let span = Span::new(start, sentences[last].span.end);
        if seen > before {
            let full = FULL * span.len().min(FULL_LENGTH) as f32 / FULL_LENGTH as f32;
            let score = sum.value() * shape_of(matched, first..last + 1).factor() + full + early;
            if best.is_none_or(|best| score > best.score) {
                best = Some(SentenceWindow { first, last, score });
            }
        }
        last += 1;
        let fits = |next: usize| sentences[next].span.end - start <= MAX_CHARS && !opens_block(article, next);
        if last >= sentences.len() || seen == matches.len() || !fits(last) {
            return best.unwrap_or(SentenceWindow { first, last: first, score: 0.0 });
        }
    }
}

/// The shape of consecutive sentences of a block. Of a caption, whose end is no sentence,
/// none is prose.
fn shape_of(matched: MatchedArticle<'_>, sentences: Range<usize>) -> PassageShape {
    let (all, text) = (&matched.article.sentences, &matched.article.text);
    let span = Span::new(all[sentences.start].span.start, all[sentences.end - 1].span.end);
    let shape = PassageShape::of(span.of(text), all[sentences.start].opens_paragraph);
    if shape != PassageShape::Prose {
        return shape;
    }
    let next = |at: &usize| *at < all.len() && !opens_block(matched.article, *at);
    let end = (sentences.end..sentences.end + CAPTION).take_while(next).last();
    let caption = end.is_some_and(|end| ends_as_sentence(all[end].span.of(text)).is_none() && !next(&(end + 1)));
    if caption { PassageShape::Fragment } else { shape }
}

/// The value of the best cut of a sentence that is too long: from its beginning, else from
/// a match on.
fn value_within(matches: &[LocatedMatch], sentence: Span, values: &[f32]) -> f32 {
    let from = |start: usize, first: usize| {
        let mut sum = MatchSum::new(values);
        let near = matches[first..].iter().take_while(|one| one.at < start + MAX_CHARS);
        near.enumerate().for_each(|(at, one)| sum.add(*one, &matches[..first + at]));
        sum.value()
    };
    let head = CUT * from(sentence.start, 0);
    let later = matches.iter().enumerate().filter(|(_, one)| one.at >= sentence.start + MAX_CHARS / 2);
    later.map(|(first, one)| BEHEADED * from(one.at, first)).fold(head, f32::max)
}

/// Selects one by one: few of many are needed.
fn best_first(mut windows: Vec<SentenceWindow>) -> impl Iterator<Item = SentenceWindow> {
    let order = |a: &SentenceWindow, b: &SentenceWindow| a.score.total_cmp(&b.score).then(b.first.cmp(&a.first));
    std::iter::from_fn(move || {
        let (best, _) = windows.iter().enumerate().max_by(|(_, a), (_, b)| order(a, b))?;
        Some(windows.swap_remove(best))
    })
}

/// The matches of an article in the order of their positions.
fn located_matches(matched: MatchedArticle<'_>) -> Vec<LocatedMatch> {
    let sentences = &matched.article.sentences;
    let mut located = Vec::new();
    for unit in 0..matched.plan.units.len() {
        // Positions and sentences are both in order.
        let mut after = 0;
        for position in matched.matches.body(unit) {
            after += sentences[after..].iter().take_while(|sentence| sentence.first_word <= *position).count();
            let Some(sentence) = after.checked_sub(1) else { continue };
            let (first, span) = (sentences[sentence].first_word, sentences[sentence].span);
            let words = sentences.get(after).map_or(position + 1, |next| next.first_word) - first;
            let at = span.start + span.len() * (position - first) as usize / words.max(1) as usize;
            located.push(LocatedMatch { unit, position: *position, sentence, at });
        }
    }
    for (unit, kind) in matched.plan.units.iter().enumerate() {
        let UnitKind::Reports(terms) = &kind.kind else { continue };
        for at in ReportSpans::new(matched.article, terms).starts() {
            let sentence = sentences.partition_point(|sentence| sentence.span.end <= at);
            let Some(first) = sentences.get(sentence).map(|sentence| sentence.first_word) else { continue };
            located.push(LocatedMatch { unit, position: first, sentence, at });
        }
    }
    located.sort_unstable_by_key(|one| (one.position, one.unit));
    located
}

/// The value of some matches, added up.
struct MatchSum<'a> {
    values: &'a [f32],
    /// The units among them: few of those of a long query.
    present: Vec<usize>,
    distinct: f32,
    matches: usize,
    neighbors: usize,
}

impl<'a> MatchSum<'a> {
    fn new(values: &'a [f32]) -> Self {
        Self { values, present: Vec::new(), distinct: 0.0, matches: 0, neighbors: 0 }
    }

    fn add(&mut self, one: LocatedMatch, before: &[LocatedMatch]) {
        self.matches += 1;
        if !self.present.contains(&one.unit) {
            self.present.push(one.unit);
            self.distinct += self.values[one.unit];
        }
        let follows = |other: &LocatedMatch| other.position + 1 == one.position && other.unit + 1 == one.unit;
        self.neighbors += usize::from(before.iter().rev().take(NEXT).any(follows));
    }

    fn value(&self) -> f32 {
        let repeats = self.matches - self.present.len();
        self.distinct + NEIGHBORS * self.neighbors.min(4) as f32 + REPEATS * repeats.min(4) as f32
    }
}
