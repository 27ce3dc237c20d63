//! Cutting lines into names: the segments that together score highest.

use crate::article::{EntityKind, Mention};

use super::classes::Classes;
use super::evidence;
use super::memory::Memory;
use super::view::{Line, Shape, View};

/// The most words of a name.
const MAX_WORDS: usize = 10;
/// What a segment must score to be a name.
const THRESHOLD: f32 = 1.0;

/// A segment taken for a name: words `from..to`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Name {
    pub from: usize,
    pub to: usize,
    pub kind: EntityKind,
    pub score: f32,
}

impl Name {
    pub fn mention(&self, view: &View<'_>) -> Mention {
        let mut span = view.span(self.from, self.to);
        if keeps_mark(view, self) {
            span.end += 1;
        }
        Mention {
            span,
            kind: self.kind,
            name: span.of(view.text).to_owned(),
            confidence: 1.0 / (1.0 + (-(self.score - 0.5)).exp()),
        }
    }
}

/// Whether the mark after a name belongs to it: “Mamma Mia!” in quotation
/// marks, and `E!`.
fn keeps_mark(view: &View<'_>, name: &Name) -> bool {
    let rest = view.after(name.to - 1);
    let closes = rest.chars().nth(1).is_some_and(|c| matches!(c, '”' | '"' | '’' | '\''));
    let titled = name.kind == EntityKind::Work && rest.starts_with(['!', '?']) && closes;
    let last = &view.words[name.to - 1];
    titled && opening_quote(view, name.from)
        || rest.starts_with('!') && last.span.len() == 1 && name.from + 1 == name.to
}

/// A segment with what is known of it before it is scored.
pub(super) struct Segment {
    pub from: usize,
    pub to: usize,
    /// What the gazetteer knows of the whole.
    pub classes: Classes,
    pub quoted: bool,
    /// Whether a quotation opens right before it.
    pub opens_quote: bool,
    /// Whether marks stand within it that mostly part names.
    pub loose: bool,
}

/// The names of all lines, in order.
pub(super) fn decode(view: &View<'_>, memory: &Memory) -> Vec<Name> {
    let mut names = Vec::new();
    for line in &view.lines {
        decode_line(view, memory, *line, &mut names);
    }
    names
}

/// Dynamic program: `best[p]` is the highest sum of the words before `p`.
fn decode_line(view: &View<'_>, memory: &Memory, line: Line, names: &mut Vec<Name>) {
    let length = line.end - line.start;
    let mut best = vec![0.0_f32; length + 1];
    let mut taken: Vec<Option<Name>> = vec![None; length + 1];
    for at in 0..length {
        if best[at] >= best[at + 1] {
            best[at + 1] = best[at];
            taken[at + 1] = None;
        }
        for segment in segments(view, line, line.start + at) {
            let Some((kind, score)) = evidence::score(view, memory, line, &segment) else { continue };
            let end = segment.to - line.start;
            let total = best[at] + score - THRESHOLD;
            if score > THRESHOLD && total > best[end] {
                best[end] = total;
                taken[end] = Some(Name { from: segment.from, to: segment.to, kind, score });
            }
        }
    }
    let first = names.len();
    let mut at = length;
    while at > 0 {
        match taken[at] {
            Some(name) => {
                names.push(name);
                at = name.from - line.start;
            }
            None => at -= 1,
        }
    }
    names[first..].reverse();
}

/// The segments that may be names and start at a word.
fn segments(view: &View<'_>, line: Line, from: usize) -> Vec<Segment> {
    let mut found = Vec::new();
    let opens_quote = opening_quote(view, from);
    let first = &view.words[from];
    if !opens_quote && first.shape == Shape::Lower {
        return found;
    }
    let limit = line.end.min(from + MAX_WORDS);
    let listed = view.gazetteer.prefixes(view.words[from..limit].iter().map(|w| w.folded.as_str()));
    let mut loose = false;
    for to in from + 1..=limit {
        if to > from + 1 {
            match joint(view, to - 1, opens_quote) {
                Joint::Tight => {}
                Joint::Loose => loose = true,
                Joint::None => break,
            }
        }
        let last = &view.words[to - 1];
        let quoted = opens_quote && closing_quote(view, to - 1);
        if last.shape == Shape::Lower && !quoted {
            continue;
        }
        let classes = listed.iter().find(|(count, _)| *count == to - from).map(|l| l.1).unwrap_or_default();
        found.push(Segment { from, to, classes, quoted, opens_quote, loose });
    }
    found
}

enum Joint {
    Tight,
    Loose,
    None,
}

/// How the marks before a word join it to the one before.
fn joint(view: &View<'_>, word: usize, in_quotes: bool) -> Joint {
    let gap = view.gap(word);
    match gap {
        " " | "-" | ":" | "\u{2010}" | "\u{2011}" | " & " | "/" | "\u{a0}" | "$" | "'" | "’" => Joint::Tight,
        ". " | "." => {
            let before = &view.words[word - 1];
            let initial =
                before.span.of(view.text).chars().count() <= 3 || matches!(before.folded.as_str(), "bros" | "inc");
            if before.is_capital() && initial { Joint::Tight } else { Joint::None }
        }
        ": " | " – " | " — " | " - " | ", " | "! " | "? " | "... " | "… " | "+ " | " + " | "’s " | "'s " | "..." => {
            if gap.ends_with("s ") {
                Joint::Tight
            } else {
                Joint::Loose
            }
        }
        _ if in_quotes && gap.len() <= 4 && !gap.contains(['“', '”', '"', '(']) => Joint::Loose,
        _ => Joint::None,
    }
}

/// Whether a quotation mark opens right before a word.
fn opening_quote(view: &View<'_>, word: usize) -> bool {
    let before = &view.text[..view.words[word].span.start];
    let Some(mark) = before.chars().next_back() else { return false };
    let earlier = before[..before.len() - mark.len_utf8()].chars().next_back();
    let free = earlier.is_none_or(|c| !c.is_alphanumeric());
    matches!(mark, '“' | '‘' | '«' | '"') && free
        || mark == '\'' && earlier.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ':' | '[' | '—' | '“' | '"'))
}

/// Whether a quotation mark closes right after a word, perhaps behind a comma.
fn closing_quote(view: &View<'_>, word: usize) -> bool {
    let rest = &view.text[view.words[word].span.end..];
    let rest = rest.trim_start_matches([',', '.', '!', '?', '…', '+', ')']);
    let mut marks = rest.chars();
    match marks.next() {
        Some('”' | '"' | '»') => true,
        Some('\'' | '’') => marks.next().is_none_or(|c| !c.is_alphanumeric()),
        _ => false,
    }
}

/// Whether punctuation within the closing mark makes a quotation likely speech.
pub(super) fn closes_like_speech(view: &View<'_>, word: usize) -> bool {
    view.text[view.words[word].span.end..].starts_with([',', '.', '!', '?', '…'])
}
