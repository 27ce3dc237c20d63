//! The segments of an article that may be names.

use super::classes::Classes;
use super::model::Model;
use super::patterns::{Case, Gate};
use super::scorer::{Scored, Scorer};
use super::view::{Line, Shape, View};

/// The most words of a name.
pub(super) const MAX_WORDS: usize = 10;

/// Words `from..to` with what is known of them before they are scored.
#[derive(Debug, Clone, Copy)]
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

/// A segment and its scores from all but the rest of the article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub segment: Segment,
    pub line: Line,
    pub gate: Gate,
    pub scored: Scored,
}

/// All candidates of an article, by line, then by first word, shortest first.
pub(super) fn scan(view: &View<'_>, model: &Model) -> Vec<Candidate> {
    let mut found = Vec::with_capacity(view.words.len() / 2);
    let mut scorer = Scorer::new(model);
    for line in &view.lines {
        for from in line.start..line.end {
            segments_at(view, *line, from, &mut |segment| {
                let case = Case::new(view, *line, &segment);
                let gate = case.gate();
                if gate != Gate::Shut {
                    found.push(Candidate { segment, line: *line, gate, scored: scorer.score(&case) });
                }
            });
        }
    }
    found
}

/// The segments that may be names and start at a word.
fn segments_at(view: &View<'_>, line: Line, from: usize, sink: &mut impl FnMut(Segment)) {
    let first = &view.words[from];
    // “the Office”, in quotation marks, is all that may begin in lower case.
    let small = first.shape == Shape::Lower;
    if small && !first.is_connector() {
        return;
    }
    let opens_quote = opening_quote(view, from);
    if small && !opens_quote {
        return;
    }
    let (reached, classes) = match small {
        true => view.gazetteer.look_up(&first.folded),
        false => (first.reached, first.classes),
    };
    let mut listed = view.gazetteer.names_from(reached, classes);
    let mut loose = false;
    for to in from + 1..=line.end.min(from + MAX_WORDS) {
        let last = &view.words[to - 1];
        let ends_names = last.shape != Shape::Lower || view.is_tail(to - 1);
        if to > from + 1 {
            match joint(view, to - 1, opens_quote) {
                Joint::Tight => {}
                Joint::Loose => loose = true,
                Joint::None => return,
            }
            // What holds such a word is no name, unless in quotation marks.
            if !ends_names && !last.is_connector() && !opens_quote {
                return;
            }
            listed.push(&last.folded);
        }
        let quoted = opens_quote && closing_quote(view, to - 1);
        if ends_names || quoted {
            sink(Segment { from, to, classes: listed.classes, quoted, opens_quote, loose });
        }
    }
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
        " " | "-" | ":" | "\u{2010}" | "\u{2011}" | " & " | "/" | "\u{a0}" | "$" | "'" | "’" | "’s " | "'s " => {
            Joint::Tight
        }
        ". " | "." => {
            let before = &view.words[word - 1];
            let initial = before.span.of(view.text).chars().count() <= 3 || matches!(&*before.folded, "bros" | "inc");
            if before.is_capital() && initial { Joint::Tight } else { Joint::None }
        }
        ": " | " – " | " — " | " - " | ", " | "! " | "? " | "... " | "… " | "+ " | " + " | "..." => Joint::Loose,
        _ if in_quotes && gap.len() <= 4 && !gap.contains(['“', '”', '"', '(']) => Joint::Loose,
        _ => Joint::None,
    }
}

/// Whether a quotation mark opens right before a word.
pub(super) fn opening_quote(view: &View<'_>, word: usize) -> bool {
    let before = &view.text[..view.words[word].span.start];
    let Some(mark) = before.chars().next_back() else { return false };
    if !matches!(mark, '“' | '‘' | '«' | '"' | '\'') {
        return false;
    }
    let earlier = before[..before.len() - mark.len_utf8()].chars().next_back();
    match mark {
        '\'' => earlier.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ':' | '[' | '—' | '“' | '"')),
        _ => earlier.is_none_or(|c| !c.is_alphanumeric()),
    }
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
