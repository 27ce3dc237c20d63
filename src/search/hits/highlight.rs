//! Highlights: the byte spans of a query's matches in an article.

use crate::article::{Span, Token};
use crate::index::StoredArticle;
use crate::search::exec::match_positions::MatchPositions;
use crate::search::hits::report_spans::ReportSpans;
use crate::search::plan::tree::{Plan, Sequence, UnitKind};
use crate::segment::{Analyzer, Term, words};

/// A span that matches a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UnitMatch {
    pub span: Span,
    pub unit: usize,
}

/// An article with the positions of a query's matches.
#[derive(Clone, Copy)]
pub(crate) struct MatchedArticle<'a> {
    pub plan: &'a Plan,
    pub article: &'a StoredArticle,
    pub matches: &'a MatchPositions,
}

impl MatchedArticle<'_> {
    /// The highlights of the title, in order, not overlapping.
    pub fn title_highlights(self) -> Vec<Span> {
        if !self.matches.any_in_title() {
            return Vec::new();
        }
        let title = self.article.title_span;
        let terms = Terms::new(&self.article.text, words(&self.article.text, title), 0);
        merge(&self.article.text, self.find(&terms, |unit| self.matches.title(unit), title))
    }

    /// The highlights wholly within a span of the body, in order, not overlapping;
    /// neighboring words of the query are joined.
    pub fn body_highlights(self, span: Span) -> Vec<Span> {
        merge(&self.article.text, self.matches_in(span))
    }

    /// The matches wholly within a span of the body, each by itself.
    pub fn matches_in(self, span: Span) -> Vec<UnitMatch> {
        let sentences = &self.article.sentences;
        let first = sentences.partition_point(|sentence| sentence.span.end <= span.start);
        let Some(start) = sentences.get(first).map(|sentence| sentence.first_word) else { return Vec::new() };
        let mut tokens = Vec::new();
        for sentence in sentences[first..].iter().take_while(|sentence| sentence.span.start < span.end) {
            tokens.append(&mut words(&self.article.text, sentence.span));
        }
        self.find(&Terms::new(&self.article.text, tokens, start), |unit| self.matches.body(unit), span)
    }

    /// The matches of all units within a span; `positions` gives those of a unit.
    fn find<'m>(self, terms: &Terms<'_>, positions: impl Fn(usize) -> &'m [u32], span: Span) -> Vec<UnitMatch> {
        let mut matches = Vec::new();
        for (unit, kind) in self.plan.units.iter().enumerate() {
            if let UnitKind::Reports(terms) = &kind.kind {
                let spans = ReportSpans::new(self.article, terms).highlights(span);
                matches.extend(spans.into_iter().map(|span| UnitMatch { span, unit }));
            }
            let positions = positions(unit);
            let from = positions.partition_point(|position| *position < terms.first);
            for position in positions[from..].iter().take_while(|position| **position < terms.end()) {
                self.each_at(unit, terms, *position, |span| matches.push(UnitMatch { span, unit }));
            }
        }
        matches.retain(|one| span.contains(one.span));
        matches
    }

    /// Passes the spans of a unit that begin at a position to `each`.
    fn each_at(self, unit: usize, terms: &Terms<'_>, position: u32, mut each: impl FnMut(Span)) {
        match &self.plan.units[unit].kind {
            UnitKind::Words(sequences) => {
                sequences
                    .iter()
                    .for_each(|sequence| terms.sequence_at(position, sequence).into_iter().for_each(&mut each));
            }
            UnitKind::Any(words) => terms
                .at(position)
                .filter(|term| words.binary_search_by(|word| word.as_str().cmp(&term.text)).is_ok())
                .for_each(|term| each(term.span)),
            UnitKind::Names(ids) => {
                let Some(word) = terms.word(position) else { return };
                let mentions = &self.article.mentions;
                // A mention begins in its first word, or in a punctuation mark before it.
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

/// The terms of a span of text.
struct Terms<'t> {
    terms: Vec<Term<'t>>,
    first: u32,
    words: Vec<Token>,
}

impl<'t> Terms<'t> {
    /// The terms of words; the first word has position `first`.
    fn new(text: &'t str, words: Vec<Token>, first: u32) -> Self {
        Self { terms: Analyzer::terms_of(text, &words), first, words }
    }

    /// The position after the last word.
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

    /// The span of a sequence that begins at a position.
    fn sequence_at(&self, position: u32, sequence: &Sequence) -> Option<Span> {
        let mut span: Option<Span> = None;
        for (step, forms) in (0..).zip(&sequence.forms) {
            let next = self.at(position + step).find(|term| forms.iter().any(|form| *form == term.text))?.span;
            span = Some(span.map_or(next, |span| Span::new(span.start.min(next.start), span.end.max(next.end))));
        }
        span
    }
}

/// Joins spans that overlap, and those of words that follow each other in both
/// text and query.
fn merge(text: &str, mut matches: Vec<UnitMatch>) -> Vec<Span> {
    matches.sort_by_key(|one| (one.span.start, std::cmp::Reverse(one.span.end), one.unit));
    let mut merged: Vec<UnitMatch> = Vec::new();
    for next in matches {
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
    merged.into_iter().map(|one| one.span).collect()
}

/// Whether two matches follow each other in both text and query.
fn follows(text: &str, last: UnitMatch, next: UnitMatch) -> bool {
    let gap = text.get(last.span.end..next.span.start).unwrap_or("");
    next.unit == last.unit + 1
        && gap.len() <= 4
        && gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | ':' | '‑' | '–' | '.' | '&' | '/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_and_consecutive_matches_are_joined() {
        let text = "Ada Brook – the singer, Brook";
        // Input: unit, start and end of each match.
        let check = |matches: &[(usize, usize, usize)], expected: &[&str]| {
            let one =
                |(unit, start, end): &(usize, usize, usize)| UnitMatch { unit: *unit, span: Span::new(*start, *end) };
            let merged = merge(text, matches.iter().map(one).collect());
            assert_eq!(merged.iter().map(|span| span.of(text)).collect::<Vec<_>>(), expected);
        };
        check(&[], &[]);
        check(&[(0, 0, 3)], &["Ada"]);
        check(&[(0, 0, 3), (1, 4, 9)], &["Ada Brook"]);
        check(&[(1, 0, 3), (0, 4, 9)], &["Ada", "Brook"]);
        check(&[(0, 0, 9), (1, 4, 9)], &["Ada Brook"]);
        check(&[(1, 26, 31), (0, 4, 9)], &["Brook", "Brook"]);
    }

    #[test]
    fn sequences_are_found_by_their_forms() {
        let text = "The singers sang";
        let terms = Terms::new(text, words(text, Span::new(0, text.len())), 5);
        let check = |words: &[&[&str]], position: u32, expected: Option<&str>| {
            let forms = words.iter().map(|forms| forms.iter().map(ToString::to_string).collect());
            let sequence = Sequence { forms: forms.collect(), ..Sequence::exact(Vec::new()) };
            let span = terms.sequence_at(position, &sequence);
            assert_eq!(span.map(|span| span.of(text)), expected, "{words:?} at {position}");
        };
        check(&[&["singers"], &["sang"]], 6, Some("singers sang"));
        check(&[&["singer"]], 6, None);
        check(&[&["singer", "singers"]], 6, Some("singers"));
        check(&[&["sing", "sang"]], 6, None);
        check(&[&["sing", "sang"], &["loud"]], 7, None);
        assert_eq!((terms.end(), terms.word(5), terms.word(4)), (8, Some(Span::new(0, 3)), None));
    }
}
