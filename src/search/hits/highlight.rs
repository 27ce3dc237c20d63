//! What matched in a stretch of text, to the byte.

use crate::article::{Span, Token};
use crate::index::StoredArticle;
use crate::segment::{Analyzer, Stemmer, Term, with_stemmer, words};

use crate::search::exec::match_positions::MatchPositions;
use crate::search::hits::report_spans::ReportSpans;
use crate::search::plan::tree::{Plan, Sequence, UnitKind};

/// A stretch of text that satisfies a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub span: Span,
    pub unit: usize,
}

/// What matched in an article, as the index says it by positions.
#[derive(Clone, Copy)]
pub(crate) struct Shown<'a> {
    pub plan: &'a Plan,
    pub article: &'a StoredArticle,
    pub matches: &'a MatchPositions,
}

impl Shown<'_> {
    /// What matched in the title, in order, not overlapping.
    pub fn in_title(self) -> Vec<Span> {
        if !self.matches.any_in_title() {
            return Vec::new();
        }
        let title = self.article.title_span;
        let terms = Terms::new(&self.article.text, words(&self.article.text, title), 0);
        merge(&self.article.text, self.find(&terms, |unit| self.matches.title(unit), title))
    }

    /// What matched wholly within a stretch of the body, in order, not
    /// overlapping, neighboring words of the query joined to one.
    pub fn in_body(self, span: Span) -> Vec<Span> {
        merge(&self.article.text, self.found(span))
    }

    /// The same, each match by itself.
    pub fn found(self, span: Span) -> Vec<Found> {
        let sentences = &self.article.sentences;
        let first = sentences.partition_point(|sentence| sentence.span.end <= span.start);
        let Some(start) = sentences.get(first).map(|sentence| sentence.first_word) else { return Vec::new() };
        let mut tokens = Vec::new();
        for sentence in sentences[first..].iter().take_while(|sentence| sentence.span.start < span.end) {
            tokens.append(&mut words(&self.article.text, sentence.span));
        }
        self.find(&Terms::new(&self.article.text, tokens, start), |unit| self.matches.body(unit), span)
    }

    fn find<'m>(self, terms: &Terms<'_>, positions: impl Fn(usize) -> &'m [u32], span: Span) -> Vec<Found> {
        let mut found = Vec::new();
        for (unit, kind) in self.plan.units.iter().enumerate() {
            if let UnitKind::Reports(terms) = &kind.kind {
                let told = ReportSpans::new(self.article, terms).highlights(span);
                found.extend(told.into_iter().map(|span| Found { span, unit }));
            }
            let positions = positions(unit);
            let from = positions.partition_point(|position| *position < terms.first);
            for position in positions[from..].iter().take_while(|position| **position < terms.end()) {
                self.each_at(unit, terms, *position, |span| found.push(Found { span, unit }));
            }
        }
        found.retain(|found| span.contains(found.span));
        found
    }

    /// Hands to `each` the stretches of a unit that begin at a position.
    fn each_at(self, unit: usize, terms: &Terms<'_>, position: u32, mut each: impl FnMut(Span)) {
        match &self.plan.units[unit].kind {
            UnitKind::Words(sequences) => {
                sequences.iter().for_each(|sequence| terms.run(position, sequence).into_iter().for_each(&mut each));
            }
            UnitKind::Any(words) => terms
                .at(position)
                .filter(|term| words.binary_search_by(|word| word.as_str().cmp(&term.text)).is_ok())
                .for_each(|term| each(term.span)),
            UnitKind::Names(ids) => {
                let Some(word) = terms.word(position) else { return };
                let mentions = &self.article.mentions;
                // A mention begins in its first word, or in a mark before it.
                let near = mentions.partition_point(|mention| mention.span.end <= word.start);
                let mention = mentions[near..].iter().take_while(|mention| mention.span.start < word.end);
                mention.filter(|mention| ids.contains(&mention.name)).for_each(|mention| each(mention.span));
            }
            UnitKind::Dates(_) => {
                let Some(word) = terms.word(position) else { return };
                let dates = self.article.dates.iter();
                dates.filter(|date| date.span.start == word.start).for_each(|date| each(date.span));
            }
            UnitKind::Label(..) | UnitKind::Reports(_) | UnitKind::Mark(_) => {}
        }
    }
}

/// The terms of a stretch, with their stems.
struct Terms<'t> {
    terms: Vec<Term<'t>>,
    first: u32,
    words: Vec<Token>,
}

impl<'t> Terms<'t> {
    /// The terms of words, the first of which has position `first`.
    fn new(text: &'t str, words: Vec<Token>, first: u32) -> Self {
        Self { terms: Analyzer::terms_of(text, &words), first, words }
    }

    fn end(&self) -> u32 {
        self.first + self.words.len() as u32
    }

    /// The word at a position.
    fn word(&self, position: u32) -> Option<Span> {
        self.words.get(position.checked_sub(self.first)? as usize).map(|word| word.span)
    }

    /// The terms at a position.
    fn at(&self, position: u32) -> impl Iterator<Item = &Term<'t>> {
        let position = position.saturating_sub(self.first);
        let from = self.terms.partition_point(|term| term.position < position);
        self.terms[from..].iter().take_while(move |term| term.position == position)
    }

    /// Where a sequence stands that begins at a position.
    fn run(&self, position: u32, sequence: &Sequence) -> Option<Span> {
        with_stemmer(|stemmer| {
            let mut span: Option<Span> = None;
            for (step, kind) in (0..).zip(&sequence.terms) {
                let mut here = self.at(position + step);
                let next = here.find(|term| is(term, kind, sequence.exact, stemmer))?.span;
                span = Some(span.map_or(next, |span| Span::new(span.start.min(next.start), span.end.max(next.end))));
            }
            span
        })
    }
}

fn is(term: &Term<'_>, kind: &str, exact: bool, stemmer: &mut Stemmer) -> bool {
    if exact { term.text == kind } else { stemmer.stem(&term.text) == kind }
}

/// Joins spans that overlap, and those of query words that follow each other
/// in text and query alike.
fn merge(text: &str, mut found: Vec<Found>) -> Vec<Span> {
    found.sort_by_key(|found| (found.span.start, std::cmp::Reverse(found.span.end), found.unit));
    let mut merged: Vec<Found> = Vec::new();
    for next in found {
        match merged.last_mut() {
            Some(last) if next.span.start < last.span.end || follows(text, *last, next) => {
                if next.span.end >= last.span.end {
                    last.unit = next.unit;
                }
                last.span.end = last.span.end.max(next.span.end);
            }
            _ => merged.push(next),
        }
    }
    merged.into_iter().map(|found| found.span).collect()
}

fn follows(text: &str, last: Found, next: Found) -> bool {
    let gap = text.get(last.span.end..next.span.start).unwrap_or("");
    next.unit == last.unit + 1
        && gap.len() <= 4
        && gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | ':' | '‑' | '–' | '.' | '&' | '/'))
}
