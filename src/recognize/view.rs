//! An article as the recognizer looks at it: words with their shapes, what
//! stands between them, and what the lists know of each.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::{Span, Token, stable_hash};
use crate::segment::{Segmented, folded, name_parts};

use super::classes::{Classes, NameClass};
use super::gazetteer::{Gazetteer, Reached};
use super::lexicon::Traits;
use super::model::Clusters;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Lower,
    /// A capital first: “Cruise”, “McQuarrie”.
    Capital,
    /// Two capitals or more, no small letter: “CNN”.
    Upper,
    /// Starts with a digit.
    Digit,
}

/// A word and all that is known of it alone.
#[derive(Debug, Clone)]
pub(super) struct Word<'t> {
    pub span: Span,
    pub folded: Cow<'t, str>,
    /// Of the folded word.
    pub hash: u32,
    pub shape: Shape,
    pub traits: Traits,
    /// Where a word that is no lower-case one leads in the gazetteer.
    pub reached: Option<Reached>,
    /// What the gazetteer knows of the word alone.
    pub classes: Classes,
    /// The word's cluster; 0 for words that have none.
    pub cluster: u8,
    /// Whether it opens its sentence, or a quotation.
    pub opens: bool,
    /// A glued name, to be read as two words.
    pub glued: bool,
    /// Whether it is met in lower case, in general or in this article.
    pub common: bool,
}

impl Word<'_> {
    pub fn strength(&self, class: NameClass) -> u8 {
        self.classes.strength(class)
    }

    /// Written as names are: with a capital, or a digit that can start one.
    pub fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper)
    }

    pub fn is_connector(&self) -> bool {
        self.traits.any(Traits::CONNECTOR)
    }

    /// A single letter.
    pub fn is_letter(&self) -> bool {
        self.folded.len() <= 4 && self.folded.chars().count() == 1
    }
}

/// The longest second part of a given name, in bytes: “hyuk”, “Kyung-min”.
const MAX_TAIL: usize = 6;

/// A sentence as a range of words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub start: usize,
    pub end: usize,
    /// Most of its words have capitals, which therefore say nothing.
    pub title_case: bool,
    /// Written as people chat, where capitals say less.
    pub informal: bool,
}

/// The words of an article.
#[derive(Debug)]
pub(super) struct View<'t> {
    pub text: &'t str,
    pub gazetteer: Gazetteer,
    pub words: Vec<Word<'t>>,
    pub lines: Vec<Line>,
    /// For each word that is written as names are where it was met first.
    met: FxHashMap<&'t str, usize>,
}

impl<'t> View<'t> {
    pub fn new(text: &'t str, segmented: &Segmented, gazetteer: Gazetteer, clusters: Clusters<'_>) -> Self {
        let words = Vec::with_capacity(segmented.words.len());
        let mut view = Self { text, gazetteer, words, lines: Vec::new(), met: FxHashMap::default() };
        for sentence in 0..segmented.sentences.len() {
            view.add_sentence(segmented.words_of(sentence), clusters);
        }
        view.note_common();
        view
    }

    /// The next word; what is known of one that was met before is known.
    fn word(&mut self, span: Span, opens: bool, clusters: Clusters<'_>) -> Word<'t> {
        let surface = &self.text[span.start..span.end];
        if surface.starts_with(|c: char| c.is_ascii_lowercase()) {
            return Word { span, opens, ..word(surface, self.gazetteer, clusters) };
        }
        let known = self.met.get(surface).map(|at| self.words[*at].clone());
        let known = known.unwrap_or_else(|| {
            self.met.insert(surface, self.words.len());
            word(surface, self.gazetteer, clusters)
        });
        Word { span, opens, ..known }
    }

    /// Notes which words are met in lower case, in general or in this article.
    fn note_common(&mut self) {
        let mut lower = FxHashSet::default();
        for line in self.lines.iter().filter(|line| !line.title_case) {
            let words = &mut self.words[line.start..line.end];
            for word in words.iter_mut().filter(|word| word.shape == Shape::Lower) {
                lower.insert(word.hash);
                word.common = true;
            }
        }
        for word in self.words.iter_mut().filter(|word| !word.common) {
            word.common = word.strength(NameClass::Common) >= 2 || lower.contains(&word.hash);
        }
    }

    fn add_sentence(&mut self, words: &[Token], clusters: Clusters<'_>) {
        let start = self.words.len();
        for token in words {
            let opens = self.words.len() == start || self.opens_quotation(token.span);
            let word = self.word(token.span, opens, clusters);
            self.words.push(word);
        }
        let line = &self.words[start..];
        let ends_in_stop = line.last().is_some_and(|w| self.text[w.span.end..].starts_with('.'));
        let title_case = !ends_in_stop && is_title_case(line);
        let informal = !title_case && is_informal(self.text, line);
        self.lines.push(Line { start, end: self.words.len(), title_case, informal });
    }

    /// Whether a quotation starts right before a word, or a sentence within one.
    fn opens_quotation(&self, span: Span) -> bool {
        if self.text.as_bytes()[..span.start].ends_with(b" ") {
            return false;
        }
        let before = self.text[..span.start].trim_end_matches(['\'', '‘']);
        before.ends_with(['“', '"', ':', '•', '.', '?', '!', '—', '('])
    }

    /// Whether a word in lower case ends a name that a hyphen joins: the “ho” of
    /// “Bong Joon-ho”, but not the “based” of “Chicago-based”.
    pub fn is_tail(&self, at: usize) -> bool {
        let word = &self.words[at];
        word.shape == Shape::Lower
            && at > 0
            && self.words[at - 1].shape == Shape::Capital
            && matches!(self.gap(at), "-" | "\u{2010}" | "\u{2011}")
            && word.span.len() <= MAX_TAIL
            && self.gazetteer.classes(&word.folded).strength(NameClass::Common) == 0
    }

    /// The text between a word and the one before it.
    pub fn gap(&self, word: usize) -> &'t str {
        match word.checked_sub(1).and_then(|before| self.words.get(before)) {
            Some(before) => &self.text[before.span.end.min(self.words[word].span.start)..self.words[word].span.start],
            None => "",
        }
    }

    /// The text after a word, up to the next one or to the end.
    pub fn after(&self, word: usize) -> &'t str {
        let end = self.words[word].span.end;
        let next = self.words.get(word + 1).map_or(self.text.len(), |next| next.span.start);
        &self.text[end..next.max(end)]
    }

    /// The bytes of a range of words, with the marks that belong to the last
    /// one (`Paramount+`, `Jr.`, `Jeopardy!` where listed so).
    pub fn span(&self, from: usize, to: usize) -> Span {
        let mut span = Span::new(self.words[from].span.start, self.words[to - 1].span.end);
        let rest = &self.text[span.end..];
        let last = &self.words[to - 1];
        let dotted = rest.starts_with('.') && !rest[1..].starts_with("..");
        let initial = last.is_capital() && (last.span.len() == 1 || last.span.of(self.text).contains('.'));
        if rest.starts_with('+') || dotted && (initial || matches!(&*last.folded, "jr" | "sr" | "bros" | "inc")) {
            span.end += 1;
        }
        span
    }

    /// The folded words of a range, parted by spaces: a gazetteer key.
    pub fn key(&self, from: usize, to: usize) -> String {
        let mut key = String::new();
        for word in &self.words[from..to] {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(&word.folded);
        }
        key
    }

    /// One hash of the folded words of a range.
    pub fn key_hash(&self, from: usize, to: usize) -> u64 {
        self.words[from..to]
            .iter()
            .fold(0, |hash: u64, word| (hash.rotate_left(5) ^ u64::from(word.hash)).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }
}

fn word<'t>(surface: &'t str, gazetteer: Gazetteer, clusters: Clusters<'_>) -> Word<'t> {
    let folded = folded(surface);
    let hash = word_hash(&folded);
    let shape = shape_of(surface);
    let (reached, classes) =
        if shape == Shape::Lower { (None, Classes::default()) } else { gazetteer.look_up(&folded) };
    Word {
        span: Span::default(),
        hash,
        shape,
        traits: Traits::of(&folded),
        reached,
        classes,
        cluster: clusters.of(hash),
        opens: false,
        glued: shape != Shape::Lower && name_parts(surface).is_some(),
        common: false,
        folded,
    }
}

/// The hash that features and clusters know a folded word by.
pub(super) fn word_hash(folded: &str) -> u32 {
    let hash = stable_hash(folded.as_bytes());
    (hash >> 32) as u32 ^ hash as u32
}

fn shape_of(word: &str) -> Shape {
    let Some(first) = word.chars().next() else { return Shape::Lower };
    // Most words leave here.
    if first.is_ascii_lowercase() && !word.bytes().any(|b| b.is_ascii_uppercase() || !b.is_ascii()) {
        return Shape::Lower;
    }
    if first.is_numeric() {
        return Shape::Digit;
    }
    let inner_capital = word.chars().skip(1).any(char::is_uppercase);
    if !first.is_uppercase() {
        // iPhone, will.i.am
        return if inner_capital { Shape::Capital } else { Shape::Lower };
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if letters > 1 && !word.chars().any(char::is_lowercase) { Shape::Upper } else { Shape::Capital }
}

/// Whether a line opens in lower case, ends without a stop, or has handles,
/// tags or addresses.
fn is_informal(text: &str, line: &[Word<'_>]) -> bool {
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return false };
    let end = text[last.span.end..].trim_start_matches(['\'', '’', '”', '"', ')', ' ']);
    let stops = end.starts_with(['.', '!', '?', '…', ':', ',', ';']);
    let whole = text[first.span.start..last.span.end].bytes();
    !stops
        || first.shape == Shape::Lower
        || whole.clone().any(|b| matches!(b, b'@' | b'#'))
        || line.iter().any(|w| w.folded == "http" || w.folded == "https")
}

/// Whether capitals say nothing in a line: nearly all long words have one.
fn is_title_case(line: &[Word<'_>]) -> bool {
    let long = line.iter().filter(|w| w.folded.len() > 3 && w.shape != Shape::Digit && !w.is_connector());
    let (mut all, mut capital) = (0, 0);
    for word in long {
        all += 1;
        capital += usize::from(word.is_capital());
    }
    all >= 4 && capital * 10 >= all * 8
}
