//! Snippets: the sentences that show best why an article matches.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::article::Span;
use crate::index::StoredArticle;

use crate::search::hits::highlight::{Found, Shown};
use crate::search::hits::report_spans::ReportSpans;
use crate::search::plan::tree::{Plan, Role, UnitKind};

/// The most characters of a snippet.
const MAX_CHARS: usize = 240;
/// A snippet shorter than this takes the next sentence too, if that fits.
const SHORT: usize = 120;
/// What an entity is worth beside the words, in units of their weight.
const NAME_WEIGHT: f32 = 1.5;
/// What the most common word is still worth.
const LEAST_WORTH: f32 = 0.6;
/// What a filter is worth beside what is asked: every hit has it.
const FILTER_WORTH: f32 = 0.3;
/// What neighbors of the query are worth where they are neighbors in the text.
const NEIGHBORS: f32 = 0.5;
/// What another of the same is worth.
const REPEATS: f32 = 0.05;
/// What whole sentences are worth.
const WHOLE: f32 = 0.3;
/// What standing at the beginning of the article is worth.
const EARLY: f32 = 0.1;
/// What a paragraph's end within costs.
const BREAK: f32 = 0.2;
/// What too short a sentence costs, and what is too short, in bytes.
const FRAGMENT: f32 = 0.3;
const LEAST: usize = 30;
/// How many matches back a neighbor is looked for: several units may stand at
/// one word.
const NEXT: usize = 8;

/// The field that a snippet's offsets count in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum SnippetField {
    /// The article's title.
    Title,
    /// The article's text, as `show` and `annotate` print it.
    Body,
}

/// A passage with what matched in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Snippet {
    /// Where the offsets count.
    pub field: SnippetField,
    /// First byte in the field.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// The passage, as it stands there.
    pub text: String,
    /// What matched: bytes of `text`, in order, not overlapping.
    pub highlights: Vec<(usize, usize)>,
}

/// The best `count` passages of an article, best first, not overlapping;
/// `weights` are what each unit is worth. Where nothing matches in the body,
/// its first sentence, or the title.
pub(crate) fn snippets(shown: Shown<'_>, weights: &[f32], count: usize) -> Vec<Snippet> {
    let article = shown.article;
    let worth = worth(shown.plan, weights);
    let mut taken: Vec<Span> = Vec::new();
    for window in windows(shown, &worth) {
        if taken.len() >= count {
            break;
        }
        let span = passage(shown, &window, &worth);
        if !span.is_empty() && !taken.iter().any(|other| other.overlaps(span)) {
            taken.push(span);
        }
    }
    if taken.is_empty() && count > 0 {
        taken.extend(opening(article));
    }
    let mut snippets: Vec<Snippet> = taken.into_iter().map(|span| cut_out(shown, span, SnippetField::Body)).collect();
    if snippets.is_empty() && count > 0 && !article.title_span.is_empty() {
        snippets.push(cut_out(shown, article.title_span, SnippetField::Title));
    }
    snippets
}

fn cut_out(shown: Shown<'_>, span: Span, field: SnippetField) -> Snippet {
    let (origin, found) = match field {
        SnippetField::Body => (0, shown.in_body(span)),
        SnippetField::Title => (span.start, shown.in_title()),
    };
    Snippet {
        field,
        start: span.start - origin,
        end: span.end - origin,
        text: span.of(&shown.article.text).to_owned(),
        highlights: found.iter().map(|s| (s.start - span.start, s.end - span.start)).collect(),
    }
}

/// The first sentence of an article that says something.
fn opening(article: &StoredArticle) -> Option<Span> {
    let spans = || article.sentences.iter().map(|sentence| sentence.span);
    let first = spans().find(|span| span.len() >= LEAST).or_else(|| spans().next())?;
    let text = &article.text;
    let end = end_after(text, first, first.start, MAX_CHARS);
    Some(Span::new(first.start, end).trimmed(text))
}

/// Sentences next to each other that may hold a good passage.
#[derive(Debug, Clone, Copy)]

struct Window {
    first: usize,
    last: usize,
    score: f32,
}

/// A match, about where it stands: as far into its sentence as its word is.
#[derive(Debug, Clone, Copy)]

struct TextField {
    unit: usize,
    position: u32,
    sentence: usize,
    at: usize,
}

/// The windows of an article, best first, one for each of the matches that it
/// may begin with.
fn windows(shown: Shown<'_>, worth: &[f32]) -> impl Iterator<Item = Window> {
    let article = shown.article;
    let places = places(shown);
    let mut tally = Tally::new(worth);
    let mut windows: Vec<Window> = Vec::with_capacity(places.len());
    let mut end = 0;
    for (from, first) in places.iter().enumerate() {
        while end < places.len() && places[end].at < first.at + MAX_CHARS {
            tally.add(places[end], &places[..end]);
            end += 1;
        }
        let last = places[end - 1];
        let span = Span::new(article.sentences[first.sentence].span.start, article.sentences[last.sentence].span.end);
        let whole = if span.len() <= MAX_CHARS { WHOLE } else { 0.0 };
        let early = EARLY * (1.0 - first.sentence as f32 / article.sentences.len() as f32);
        let fragment = if span.len() < LEAST { FRAGMENT } else { 0.0 };
        let broken = (first.sentence + 1..=last.sentence).filter(|at| article.sentences[*at].opens_paragraph).count();
        let score = tally.score() + whole + early - fragment - BREAK * broken as f32;
        windows.push(Window { first: from, last: end - 1, score });
        tally.remove(*first, &places[from + 1..end]);
    }
    let in_sentences = move |w: Window| Window { first: places[w.first].sentence, last: places[w.last].sentence, ..w };
    best_first(windows).map(in_sentences)
}

/// Few of many are asked for: these are looked for one by one.
fn best_first(mut windows: Vec<Window>) -> impl Iterator<Item = Window> {
    let order = |a: &Window, b: &Window| a.score.total_cmp(&b.score).then(b.first.cmp(&a.first));
    std::iter::from_fn(move || {
        let (best, _) = windows.iter().enumerate().max_by(|(_, a), (_, b)| order(a, b))?;
        Some(windows.swap_remove(best))
    })
}

fn places(shown: Shown<'_>) -> Vec<TextField> {
    let sentences = &shown.article.sentences;
    let mut places = Vec::new();
    for unit in 0..shown.plan.units.len() {
        // Positions are in order, as sentences are.
        let mut after = 0;
        for position in shown.matches.body(unit) {
            after += sentences[after..].iter().take_while(|sentence| sentence.first_word <= *position).count();
            let Some(sentence) = after.checked_sub(1) else { continue };
            let (first, span) = (sentences[sentence].first_word, sentences[sentence].span);
            let words = sentences.get(after).map_or(position + 1, |next| next.first_word) - first;
            let at = span.start + span.len() * (position - first) as usize / words.max(1) as usize;
            places.push(TextField { unit, position: *position, sentence, at });
        }
    }
    for (unit, kind) in shown.plan.units.iter().enumerate() {
        let UnitKind::Reports(terms) = &kind.kind else { continue };
        for at in ReportSpans::new(shown.article, terms).starts() {
            let sentence = sentences.partition_point(|sentence| sentence.span.end <= at);
            let Some(first) = sentences.get(sentence).map(|sentence| sentence.first_word) else { continue };
            places.push(TextField { unit, position: first, sentence, at });
        }
    }
    places.sort_unstable_by_key(|place| (place.position, place.unit));
    places
}

/// What the matches of a window are worth.
struct Tally<'a> {
    worth: &'a [f32],
    counts: Vec<u32>,
    matches: usize,
    distinct: usize,
    neighbors: usize,
}

impl<'a> Tally<'a> {
    fn new(worth: &'a [f32]) -> Self {
        Self { worth, counts: vec![0; worth.len()], matches: 0, distinct: 0, neighbors: 0 }
    }

    fn add(&mut self, place: TextField, before: &[TextField]) {
        self.counts[place.unit] += 1;
        self.matches += 1;
        self.distinct += usize::from(self.counts[place.unit] == 1);
        let follows = |other: &&TextField| other.position + 1 == place.position && other.unit + 1 == place.unit;
        self.neighbors += usize::from(before.iter().rev().take(NEXT).any(|other| follows(&other)));
    }

    fn remove(&mut self, place: TextField, after: &[TextField]) {
        self.counts[place.unit] -= 1;
        self.matches -= 1;
        self.distinct -= usize::from(self.counts[place.unit] == 0);
        let follows = |other: &&TextField| place.position + 1 == other.position && place.unit + 1 == other.unit;
        let gone = usize::from(after.iter().take(NEXT).any(|other| follows(&other)));
        self.neighbors = self.neighbors.saturating_sub(gone);
    }

    fn score(&self) -> f32 {
        let there = self.counts.iter().zip(self.worth).filter(|(count, _)| **count > 0);
        let distinct: f32 = there.map(|(_, worth)| worth).sum();
        distinct + NEIGHBORS * self.neighbors.min(4) as f32 + REPEATS * (self.matches - self.distinct).min(4) as f32
    }
}

/// What each unit is worth: its weight, a word never nothing, an entity more.
fn worth(plan: &Plan, weights: &[f32]) -> Vec<f32> {
    let is_asked = plan.searched().next().is_some();
    let worth = |(unit, weight): (usize, &f32)| match (plan.units[unit].role, &plan.units[unit].kind) {
        // Its words are there by themselves.
        (Role::NamePhrase, _) => 0.0,
        (Role::Filter, _) if is_asked => FILTER_WORTH,
        (_, UnitKind::Names(_)) => weight.max(LEAST_WORTH) * NAME_WEIGHT,
        _ => weight.max(LEAST_WORTH),
    };
    weights.iter().enumerate().map(worth).collect()
}

/// The passage of a window: its sentences where they fit, with a neighbor
/// where they are short; else the stretch that holds most, at clauses or words.
fn passage(shown: Shown<'_>, window: &Window, worth: &[f32]) -> Span {
    let (text, sentences) = (&shown.article.text, &shown.article.sentences);
    let span = Span::new(sentences[window.first].span.start, sentences[window.last].span.end);
    let length = chars(text, span);
    if length > MAX_CHARS {
        let sentences: Vec<Span> = sentences[window.first..=window.last].iter().map(|sentence| sentence.span).collect();
        return shorten(text, &sentences, &shown.found(span), worth);
    }
    if length >= SHORT {
        return span;
    }
    let next = sentences.get(window.last + 1).filter(|next| !next.opens_paragraph);
    let before = window.first.checked_sub(1).filter(|_| !sentences[window.first].opens_paragraph);
    let after = next.map(|next| Span::new(span.start, next.span.end));
    let before = before.map(|before| Span::new(sentences[before].span.start, span.end));
    let joined = [before, after].into_iter().flatten().filter(|joined| chars(text, *joined) <= MAX_CHARS);
    // Of equals the one that goes on.
    joined.max_by_key(|joined| distinct(&shown.found(*joined))).unwrap_or(span)
}

/// How many units are among what was found.
fn distinct(found: &[Found]) -> usize {
    found.iter().map(|found| found.unit).collect::<BTreeSet<_>>().len()
}

fn chars(text: &str, span: Span) -> usize {
    span.of(text).chars().count()
}

/// The stretch of sentences that holds the most of their matches: whole ones
/// where they fit, else cut at clauses where there are any, else at words.
fn shorten(text: &str, sentences: &[Span], found: &[Found], worth: &[f32]) -> Span {
    let mut found = found.to_vec();
    found.sort_unstable_by_key(|found| (found.span.start, found.span.end));
    let start = sentences.first().map_or(0, |sentence| sentence.start);
    let mut best = (f32::MIN, Span::new(start, start));
    for (at, first) in found.iter().enumerate() {
        let (mut units, mut score, mut end) = (Vec::new(), 0.0, first.span.end);
        for next in &found[at..] {
            if next.span.end > end && chars(text, Span::new(first.span.start, next.span.end)) > MAX_CHARS {
                break;
            }
            if !units.contains(&next.unit) {
                units.push(next.unit);
                score += worth[next.unit];
                end = end.max(next.span.end);
            }
        }
        // Of equals the one that leaves room to read.
        score -= 0.001 * (end - first.span.start) as f32 / MAX_CHARS as f32;
        if score > best.0 {
            best = (score, Span::new(first.span.start, end));
        }
    }
    widen(text, sentences, best.1)
}

/// A stretch with what fits around it: to the beginning of its sentence and the
/// end of one where they are near enough.
fn widen(text: &str, sentences: &[Span], focus: Span) -> Span {
    let whole = match (sentences.first(), sentences.last()) {
        (Some(first), Some(last)) => Span::new(first.start, last.end),
        _ => focus,
    };
    let room = MAX_CHARS.saturating_sub(chars(text, focus));
    let begins = sentences.iter().rev().map(|sentence| sentence.start).find(|start| *start <= focus.start);
    let begins = begins.filter(|start| chars(text, Span::new(*start, focus.start)) <= room);
    let start = begins.unwrap_or_else(|| start_before(text, whole, focus.start, room / 3));
    let fits = |end: &usize| *end >= focus.end && chars(text, Span::new(start, *end)) <= MAX_CHARS;
    let ends = sentences.iter().rev().map(|sentence| sentence.end).find(fits);
    let used = chars(text, Span::new(start, focus.end));
    let end = ends.unwrap_or_else(|| end_after(text, whole, focus.end, MAX_CHARS.saturating_sub(used)));
    Span::new(start, end).trimmed(text)
}

/// The start of a clause or word, at most `chars` before `at`.
fn start_before(text: &str, span: Span, at: usize, chars: usize) -> usize {
    let reach = text[span.start..at]
        .char_indices()
        .rev()
        .nth(chars.saturating_sub(1))
        .map_or(span.start, |(i, _)| span.start + i);
    if reach == span.start || chars == 0 {
        return if chars == 0 { at } else { span.start };
    }
    let window = &text[reach..at];
    let clause = window.find([',', ';', ':', '—', '–']).and_then(|i| {
        let mark = window[i..].chars().next()?.len_utf8();
        let rest = &window[i + mark..];
        rest.starts_with(' ').then_some(reach + i + mark + 1)
    });
    clause.unwrap_or_else(|| window.find(char::is_whitespace).map_or(at, |i| reach + i + 1))
}

/// The end of a clause or word, at most `chars` after `at`.
fn end_after(text: &str, span: Span, at: usize, chars: usize) -> usize {
    let rest = &text[at..span.end];
    let Some((reach, _)) = rest.char_indices().nth(chars) else { return span.end };
    let window = &rest[..reach];
    let clause = window.rfind([',', ';', '—', '–']).filter(|i| *i > window.len() / 2);
    clause.or_else(|| window.rfind(char::is_whitespace)).map_or(at, |i| at + i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_sentences_are_cut_at_words_around_the_match() {
        let text = format!("{} Hayley Atwell {}", "word ".repeat(80).trim(), "tail ".repeat(80).trim());
        let at = text.find("Hayley").expect("the name");
        let found = [Found { span: Span::new(at, at + 13), unit: 0 }];
        let span = shorten(&text, &[Span::new(0, text.len())], &found, &[1.0]);
        let shown = span.of(&text);
        assert!(shown.contains("Hayley Atwell") && shown.chars().count() <= MAX_CHARS, "{shown}");
        assert!(shown.starts_with("word") && shown.ends_with("tail"), "{shown}");
    }

    #[test]
    fn a_text_without_spaces_is_no_trouble() {
        let text = "é".repeat(1000);
        let found = [Found { span: Span::new(500, 502), unit: 0 }];
        let span = shorten(&text, &[Span::new(0, text.len())], &found, &[1.0]);
        assert!(text.get(span.start..span.end).is_some());
    }
}
