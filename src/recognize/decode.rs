//! Cutting lines into names: the segments that together score highest.

use crate::article::{EntityKind, Mention};

use super::candidates::{Candidate, Segment, opening_quote};
use super::patterns::Scores;
use super::view::View;

/// A segment taken for a name: words `from..to`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Name {
    pub from: usize,
    pub to: usize,
    pub kind: EntityKind,
    /// 1 where it is as likely a name as not.
    pub score: f32,
    /// By how much it outdoes what else may stand there, in log odds.
    pub margin: f32,
    /// How strongly it is listed as a name of its kind.
    pub listed: u8,
}

impl Name {
    pub fn mention(&self, view: &View<'_>, confidence: f32) -> Mention {
        let mut span = view.span(self.from, self.to);
        if keeps_mark(view, self) {
            span.end += 1;
        }
        Mention {
            span,
            kind: self.kind,
            name: span.of(view.text).to_owned(),
            confidence,
            listed: self.listed,
            year: None,
        }
    }
}

/// Whether the mark after a name belongs to it: “Mamma Mia!” in quotation
/// marks, and `E!`.
fn keeps_mark(view: &View<'_>, name: &Name) -> bool {
    let rest = view.after(name.to - 1);
    if !rest.starts_with(['!', '?']) {
        return false;
    }
    let closes = rest.chars().nth(1).is_some_and(|c| matches!(c, '”' | '"' | '’' | '\''));
    let last = &view.words[name.to - 1];
    name.kind == EntityKind::Work && closes && opening_quote(view, name.from)
        || rest.starts_with('!') && last.span.len() == 1 && name.from + 1 == name.to
}

/// The kind that scores highest.
pub(super) fn best_kind(scores: &Scores) -> (EntityKind, f32) {
    let mut best = (EntityKind::Person, scores[0]);
    for kind in EntityKind::ALL {
        if scores[kind.ordinal()] > best.1 {
            best = (kind, scores[kind.ordinal()]);
        }
    }
    best
}

/// The names of all lines, in order. `scores` belong to `candidates` one by one.
///
/// A dynamic program over the ends of segments (the Viterbi algorithm of a
/// semi-Markov model; Sarawagi and Cohen 2004): `best[p]` is the highest sum
/// of the words before `p`.
pub(super) fn decode(candidates: &[Candidate], scores: &[Scores]) -> Vec<Name> {
    let (mut names, mut paths) = (Vec::new(), Paths::default());
    let mut at = 0;
    for of_line in candidates.chunk_by(|a, b| a.line.start == b.line.start) {
        decode_line(of_line, &scores[at..at + of_line.len()], &mut paths, &mut names);
        at += of_line.len();
    }
    names
}

/// The best names of a line up to each of its words.
#[derive(Default)]
struct Paths {
    /// The highest sum before a word.
    best: Vec<f32>,
    /// The candidate that ends there, if one does.
    taken: Vec<usize>,
}

fn decode_line(candidates: &[Candidate], scores: &[Scores], paths: &mut Paths, names: &mut Vec<Name>) {
    let line = candidates[0].line;
    let length = line.end - line.start;
    let Paths { best, taken } = paths;
    best.clear();
    best.resize(length + 1, 0.0);
    taken.clear();
    taken.resize(length + 1, usize::MAX);
    let mut next = 0;
    for at in 0..length {
        if best[at] >= best[at + 1] {
            best[at + 1] = best[at];
            taken[at + 1] = usize::MAX;
        }
        while let Some(candidate) = candidates.get(next).filter(|c| c.segment.from == line.start + at) {
            let (_, score) = best_kind(&scores[next]);
            let end = candidate.segment.to - line.start;
            let total = best[at] + score;
            if score > 0.0 && total > best[end] {
                best[end] = total;
                taken[end] = next;
            }
            next += 1;
        }
    }
    let first = names.len();
    let mut at = length;
    while at > 0 {
        let Some(candidate) = candidates.get(taken[at]) else {
            at -= 1;
            continue;
        };
        let (kind, score) = best_kind(&scores[taken[at]]);
        let margin = margin(candidates, scores, taken[at], kind);
        let Segment { from, to, classes, .. } = candidate.segment;
        names.push(Name { from, to, kind, score: score + 1.0, margin, listed: classes.of_kind(kind) });
        at = candidate.segment.from - line.start;
    }
    names[first..].reverse();
}

/// The log odds of a name against no name, its other kinds, and whatever
/// overlaps it.
fn margin(candidates: &[Candidate], scores: &[Scores], chosen: usize, kind: EntityKind) -> f32 {
    let own = candidates[chosen].segment;
    let score = scores[chosen][kind.ordinal()];
    // Relative to the score itself, so that nothing overflows.
    let mut rivals = (-score).exp();
    for other in EntityKind::ALL.into_iter().filter(|other| *other != kind) {
        rivals += (scores[chosen][other.ordinal()] - score).exp();
    }
    let near = |at: &usize| candidates[*at].segment.from + super::candidates::MAX_WORDS > own.from;
    let before = (0..chosen).rev().take_while(near);
    let after = (chosen + 1..candidates.len()).take_while(|at| candidates[*at].segment.from < own.to);
    for at in before.chain(after) {
        let segment = candidates[at].segment;
        if segment.from < own.to && own.from < segment.to {
            rivals += (best_kind(&scores[at]).1 - score).exp();
        }
    }
    -rivals.ln()
}
