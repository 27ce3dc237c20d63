//! What matched in a stretch of text, to the byte.

use crate::article::Span;
use crate::index::{StoredArticle, StoredMention};
use crate::segment::{Analyzer, Term, TermKind, with_stemmer};

use super::plan::{Plan, Sequence, Wanted};

/// The spans of `span` in the article's text that satisfy a unit of the plan:
/// in order, not overlapping, neighboring words of the query joined to one.
pub(super) fn highlights(plan: &Plan, article: &StoredArticle, span: Span) -> Vec<Span> {
    let text = &article.text;
    let words: Vec<(usize, &[Sequence])> = plan
        .searched()
        .filter_map(|(at, unit)| match &unit.wanted {
            Wanted::Words(sequences) => Some((at, sequences.as_slice())),
            _ => None,
        })
        .collect();
    let mut found = Vec::new();
    if !words.is_empty() {
        let terms = Terms::new(text, span);
        for (unit, sequences) in words {
            for sequence in sequences {
                terms.find(sequence, |span| found.push((span, Some(unit))));
            }
        }
    }
    found.extend(named(plan, &article.mentions).filter(|s| span.contains(*s)).map(|span| (span, None)));
    merge(text, found)
}

/// The mentions of the names that a query asks for, filters among them.
fn named<'a>(plan: &'a Plan, mentions: &'a [StoredMention]) -> impl Iterator<Item = Span> + 'a {
    let wanted = |mention: &StoredMention| {
        plan.units.iter().any(|unit| matches!(&unit.wanted, Wanted::Names(ids) if ids.contains(&mention.name)))
    };
    mentions.iter().filter(move |mention| wanted(mention)).map(|mention| mention.span)
}

/// The terms of a stretch, with their stems.
struct Terms {
    terms: Vec<Term>,
    stems: Vec<String>,
}

impl Terms {
    fn new(text: &str, span: Span) -> Self {
        let terms = Analyzer::terms(text, span);
        let stems = with_stemmer(|stemmer| {
            let stem = |term: &Term| match term.kind {
                TermKind::Word => stemmer.stem(&term.text).to_owned(),
                TermKind::Variant => term.text.clone(),
            };
            terms.iter().map(stem).collect()
        });
        Self { terms, stems }
    }

    /// Every place where the sequence stands.
    fn find(&self, sequence: &Sequence, mut found: impl FnMut(Span)) {
        for (at, term) in self.terms.iter().enumerate() {
            if !self.is(at, &sequence.terms[0], sequence.exact) {
                continue;
            }
            let mut span = term.span;
            let follows = sequence.terms[1..].iter().enumerate().all(|(step, wanted)| {
                self.at_position(term.position + 1 + step as u32, wanted, sequence.exact)
                    .map(|next| span.end = span.end.max(next.end))
                    .is_some()
            });
            if follows {
                found(span);
            }
        }
    }

    fn is(&self, at: usize, wanted: &str, exact: bool) -> bool {
        if exact { self.terms[at].text == wanted } else { self.stems[at] == wanted }
    }

    fn at_position(&self, position: u32, wanted: &str, exact: bool) -> Option<Span> {
        let from = self.terms.partition_point(|term| term.position < position);
        (from..self.terms.len())
            .take_while(|at| self.terms[*at].position == position)
            .find(|at| self.is(*at, wanted, exact))
            .map(|at| self.terms[at].span)
    }
}

/// Joins spans that overlap, and those of query words that follow each other
/// in text and query alike.
fn merge(text: &str, mut found: Vec<(Span, Option<usize>)>) -> Vec<Span> {
    found.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut merged: Vec<(Span, Option<usize>)> = Vec::new();
    for (span, unit) in found {
        match merged.last_mut() {
            Some((last, last_unit)) if span.start < last.end || follows(text, *last, *last_unit, span, unit) => {
                last.end = last.end.max(span.end);
                *last_unit = unit.or(*last_unit);
            }
            _ => merged.push((span, unit)),
        }
    }
    merged.into_iter().map(|(span, _)| span).collect()
}

fn follows(text: &str, last: Span, last_unit: Option<usize>, span: Span, unit: Option<usize>) -> bool {
    let (Some(before), Some(after)) = (last_unit, unit) else { return false };
    let gap = text.get(last.end..span.start).unwrap_or("");
    after == before + 1
        && gap.len() <= 4
        && gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | ':' | '‑' | '–' | '.' | '&' | '/'))
}
