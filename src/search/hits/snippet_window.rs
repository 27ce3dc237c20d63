//! Windows of consecutive sentences, scored by their matches.

use crate::article::Span;
use crate::search::hits::highlight::MatchedArticle;
use crate::search::hits::passage::MAX_CHARS;
use crate::search::hits::report_spans::ReportSpans;
use crate::search::plan::tree::UnitKind;

/// The shortest sentence that is no fragment, in bytes.
pub(super) const MIN_SENTENCE: usize = 30;
/// The bonus for neighbors of the query that are neighbors in the text.
const NEIGHBORS: f32 = 0.5;
/// The bonus for a further match of a unit.
const REPEATS: f32 = 0.05;
/// The bonus for whole sentences.
const WHOLE: f32 = 0.3;
/// The bonus for the beginning of the article.
const EARLY: f32 = 0.1;
/// The penalty for a paragraph break.
const BREAK: f32 = 0.2;
/// The penalty for a fragment.
const FRAGMENT: f32 = 0.3;
/// Matches that are searched for a neighbor: several units may match one word.
const NEXT: usize = 8;

/// Consecutive sentences that may hold a good passage.
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

/// The windows of an article, best first: one for each match that a passage may
/// begin with.
pub(super) fn windows(matched: MatchedArticle<'_>, values: &[f32]) -> impl Iterator<Item = SentenceWindow> {
    let article = matched.article;
    let matches = located_matches(matched);
    let mut window_score = WindowScore::new(values);
    let mut windows: Vec<SentenceWindow> = Vec::with_capacity(matches.len());
    let mut end = 0;
    for (from, first) in matches.iter().enumerate() {
        while end < matches.len() && matches[end].at < first.at + MAX_CHARS {
            window_score.add(matches[end], &matches[..end]);
            end += 1;
        }
        let last = matches[end - 1];
        let span = Span::new(article.sentences[first.sentence].span.start, article.sentences[last.sentence].span.end);
        let whole = if span.len() <= MAX_CHARS { WHOLE } else { 0.0 };
        let early = EARLY * (1.0 - first.sentence as f32 / article.sentences.len() as f32);
        let fragment = if span.len() < MIN_SENTENCE { FRAGMENT } else { 0.0 };
        let breaks = (first.sentence + 1..=last.sentence).filter(|at| article.sentences[*at].opens_paragraph).count();
        let score = window_score.value() + whole + early - fragment - BREAK * breaks as f32;
        windows.push(SentenceWindow { first: from, last: end - 1, score });
        window_score.remove(*first, &matches[from + 1..end]);
    }
    let in_sentences = move |w: SentenceWindow| SentenceWindow {
        first: matches[w.first].sentence,
        last: matches[w.last].sentence,
        ..w
    };
    best_first(windows).map(in_sentences)
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

/// The score of the matches in a window, updated as it moves.
struct WindowScore<'a> {
    values: &'a [f32],
    counts: Vec<u32>,
    /// The units in the window, in order: few of those of a long query.
    present: Vec<usize>,
    matches: usize,
    neighbors: usize,
}

impl<'a> WindowScore<'a> {
    fn new(values: &'a [f32]) -> Self {
        Self { values, counts: vec![0; values.len()], present: Vec::new(), matches: 0, neighbors: 0 }
    }

    fn add(&mut self, one: LocatedMatch, before: &[LocatedMatch]) {
        self.counts[one.unit] += 1;
        self.matches += 1;
        if let Err(at) = self.present.binary_search(&one.unit) {
            self.present.insert(at, one.unit);
        }
        let follows = |other: &&LocatedMatch| other.position + 1 == one.position && other.unit + 1 == one.unit;
        self.neighbors += usize::from(before.iter().rev().take(NEXT).any(|other| follows(&other)));
    }

    fn remove(&mut self, one: LocatedMatch, after: &[LocatedMatch]) {
        self.counts[one.unit] -= 1;
        self.matches -= 1;
        if self.counts[one.unit] == 0 {
            self.present.retain(|unit| *unit != one.unit);
        }
        let follows = |other: &&LocatedMatch| one.position + 1 == other.position && one.unit + 1 == other.unit;
        let lost = usize::from(after.iter().take(NEXT).any(|other| follows(&other)));
        self.neighbors = self.neighbors.saturating_sub(lost);
    }

    fn value(&self) -> f32 {
        let distinct: f32 = self.present.iter().map(|unit| self.values[*unit]).sum();
        let repeats = self.matches - self.present.len();
        distinct + NEIGHBORS * self.neighbors.min(4) as f32 + REPEATS * repeats.min(4) as f32
    }
}
