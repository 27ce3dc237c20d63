//! The recognizer taken apart, for those who train a model of it.

use crate::article::{Article, EntityKind, Span};
use crate::segment::Segmented;

use super::candidates::{self, Candidate};
use super::decode::Name;
use super::features;
use super::gazetteer::Gazetteer;
use super::memory::Memory;
use super::model::{self, Model, Parts};
use super::patterns::{Case, Gate};
use super::view::View;

/// An article's words, lines and candidates, as the recognizer sees them.
#[derive(Debug)]
pub struct Study<'t> {
    view: View<'t>,
    candidates: Vec<Candidate>,
    parts: Parts,
}

/// A name of the first look: its words (the first, and the one after the last),
/// its kind, and its score, 1 where it is as likely a name as not.
pub type FoundName = ((usize, usize), EntityKind, f32);

/// A segment that may be a name, with all that a score is made from.
#[derive(Debug, Clone)]
pub struct Example {
    /// Its words: the first, and the one after the last.
    pub words: (usize, usize),
    /// Bytes into the article's text.
    pub span: Span,
    /// The patterns' score of each kind, 0 where it is as likely as not.
    pub patterns: [f32; 6],
    /// The rows of its features.
    pub rows: Vec<u32>,
}

impl<'t> Study<'t> {
    /// An article as `parts` of the recognizer see it, with the clusters of `model`.
    pub fn new(article: &'t Article, segmented: &Segmented, model: &Model, parts: Parts) -> Self {
        let gazetteer = Gazetteer::new(parts.gazetteer);
        let view = View::new(&article.text, segmented, gazetteer, model.clusters());
        let candidates = candidates::scan(&view, &Model::default());
        Self { view, candidates, parts }
    }

    /// The words of each line.
    pub fn lines(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.view.lines.iter().map(|line| (line.start, line.end))
    }

    /// Where a word stands, in bytes.
    pub fn word(&self, at: usize) -> Span {
        self.view.words[at].span
    }

    /// The words that touch a span: the first, and the one after the last.
    pub fn words_of(&self, span: Span) -> (usize, usize) {
        let from = self.view.words.partition_point(|w| w.span.end <= span.start);
        let to = self.view.words.partition_point(|w| w.span.start < span.end);
        (from, to.max(from))
    }

    /// Every candidate; `names` are those of the first look with their kinds
    /// and scores, none where this is the first look.
    pub fn examples(&self, names: Option<&[FoundName]>) -> Vec<Example> {
        let memory = names.map(|names| self.memory(names));
        let open = |candidate: &&Candidate| match &memory {
            Some(memory) => Case::new(&self.view, candidate.line, &candidate.segment).opens(candidate.gate, memory),
            None => candidate.gate == Gate::Open,
        };
        self.candidates.iter().filter(open).map(|candidate| self.example(candidate, memory.as_ref())).collect()
    }

    fn memory(&self, names: &[FoundName]) -> Memory {
        let name = |((from, to), kind, score): &FoundName| Name {
            from: *from,
            to: *to,
            kind: *kind,
            score: *score,
            margin: 0.0,
            listed: 0,
        };
        Memory::of(&self.view, &names.iter().map(name).collect::<Vec<_>>())
    }

    fn example(&self, candidate: &Candidate, memory: Option<&Memory>) -> Example {
        let case = Case::new(&self.view, candidate.line, &candidate.segment);
        let mut rows = Vec::with_capacity(64);
        let memory = memory.filter(|_| self.parts.article);
        let told = memory.is_some_and(|memory| memory.tells(&case));
        let learns = !(self.parts.patterns && case.is_decided());
        if learns {
            model::rows(&case, self.parts, !told, &mut |row| rows.push(row));
        }
        let mut patterns = [0.0; 6];
        if self.parts.patterns {
            patterns = case.scores().map(|score| score - 1.0);
        }
        if let Some(memory) = memory {
            if learns {
                features::of_article(&case, memory, &mut |row| rows.push(row));
            }
            if self.parts.patterns {
                patterns.iter_mut().zip(case.recalled(memory)).for_each(|(score, more)| *score += more);
            }
        }
        let span = self.view.span(candidate.segment.from, candidate.segment.to);
        Example { words: (candidate.segment.from, candidate.segment.to), span, patterns, rows }
    }

    /// The rows of the features that do not depend on letter case, of a span
    /// that is known to be a name: its words and lists, and with `context`
    /// what stands around it.
    pub fn caseless_rows(&self, span: Span, context: bool, lists: bool) -> Vec<u32> {
        let (from, to) = self.words_of(span);
        let mut rows = Vec::new();
        let line = self.view.lines.iter().find(|line| line.start <= from && to <= line.end && from < to);
        let Some(line) = line else { return rows };
        let classes = self.view.gazetteer.classes(&self.view.key(from, to));
        let segment = candidates::Segment { from, to, classes, quoted: false, opens_quote: false, loose: false };
        let case = Case::new(&self.view, *line, &segment);
        let mut push = |row| rows.push(row);
        features::of_words(&case, &mut push);
        if context {
            features::of_context(&case, &mut push);
            if self.parts.clusters {
                features::of_clusters(&case, &mut push);
            }
        }
        if lists && self.parts.gazetteer {
            features::of_lists(&case, &mut push);
        }
        rows
    }
}
