//! Precision, recall and F1 of names, and the commonest errors.

use std::collections::BTreeMap;

use crate::article::{EntityKind, Mention, Span};

use super::judged::{Judged, Judgment};
use super::labels::Kinds;

/// Names found and names marked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Found as marked.
    pub right: u64,
    /// Found, not marked so.
    pub wrong: u64,
    /// Marked, not found so.
    pub missed: u64,
}

impl Count {
    /// The share of what was found that is right, 0 to 1.
    pub fn precision(self) -> f64 {
        share(self.right, self.wrong)
    }

    /// The share of what was marked that was found, 0 to 1.
    pub fn recall(self) -> f64 {
        share(self.right, self.missed)
    }

    /// The harmonic mean of precision and recall, 0 to 1 (van Rijsbergen 1979).
    pub fn f1(self) -> f64 {
        let all = 2 * self.right + self.wrong + self.missed;
        if all == 0 { 0.0 } else { 2.0 * self.right as f64 / all as f64 }
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

fn share(part: u64, rest: u64) -> f64 {
    if part + rest == 0 { 0.0 } else { part as f64 / (part + rest) as f64 }
}

/// One way of being wrong about one surface.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Error {
    /// The words.
    pub surface: String,
    /// What was marked; `None` where nothing was.
    pub marked: Option<EntityKind>,
    /// What was found; `None` where nothing was.
    pub found: Option<EntityKind>,
}

/// Scores by exact span and kind (as in CoNLL-2003), added up over articles.
///
/// A judgment that allows several kinds is met by any of them. Where the set
/// does not tell, nothing is counted; neither are names of kinds that no label
/// of the set means.
#[derive(Debug, Clone, Default)]
pub struct NameScores {
    /// By kind, in the order of [`EntityKind::ALL`].
    pub kinds: [Count; 6],
    /// Spans alone, whatever their kind.
    pub spans: Count,
    /// Of those right with a canonical name given: how many name it, of how many.
    pub canonical: (u64, u64),
    /// How sure the recognizer was, in tenths: right, of all.
    pub confidence: [(u64, u64); 10],
    errors: BTreeMap<Error, u64>,
}

impl NameScores {
    /// All kinds together (micro-averaged).
    pub fn all(&self) -> Count {
        let mut all = Count::default();
        self.kinds.iter().for_each(|count| all.add(*count));
        all
    }

    /// The errors made most often, with how often.
    pub fn commonest_errors(&self, limit: usize) -> Vec<(&Error, u64)> {
        let mut errors: Vec<_> = self.errors.iter().map(|(error, count)| (error, *count)).collect();
        errors.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        errors.truncate(limit);
        errors
    }

    /// Mean distance of confidence from how often it is right, 0 to 1: the
    /// expected calibration error over ten bins (Naeini et al. 2015).
    pub fn calibration_error(&self) -> f64 {
        let all: u64 = self.confidence.iter().map(|bin| bin.1).sum();
        let off = self.confidence.iter().enumerate().filter(|(_, bin)| bin.1 > 0).map(|(tenth, bin)| {
            let said = (tenth as f64 + 0.5) / 10.0;
            (bin.0 as f64 / bin.1 as f64 - said).abs() * bin.1 as f64
        });
        off.sum::<f64>() / (all.max(1)) as f64
    }

    /// Counts one article's mentions against its judgments. `annotated` holds
    /// the kinds that the set annotates at all.
    pub fn add(&mut self, judged: &Judged, mentions: &[Mention], annotated: Kinds) {
        let known: Vec<&Judgment> = judged.judgments.iter().filter(|j| !j.kinds.is_unknown()).collect();
        let told = |span: Span| !judged.judgments.iter().any(|j| j.kinds.is_unknown() && overlap(j.span, span));
        let counted = |mention: &&Mention| annotated.has(mention.kind) && told(mention.span);
        for mention in mentions.iter().filter(counted) {
            let same = known.iter().find(|j| j.span == mention.span);
            let right = same.is_some_and(|j| j.kinds.has(mention.kind));
            // A kind that stands for another one counts as that one.
            let kind = same.filter(|_| right).and_then(|j| j.kinds.first()).unwrap_or(mention.kind);
            let count = &mut self.kinds[kind.ordinal()];
            count.right += u64::from(right);
            count.wrong += u64::from(!right);
            self.spans.right += u64::from(same.is_some());
            self.spans.wrong += u64::from(same.is_none());
            let bin = &mut self.confidence[((mention.confidence * 10.0) as usize).min(9)];
            bin.0 += u64::from(right);
            bin.1 += 1;
            if !right {
                let marked = same.and_then(|j| j.kinds.first());
                self.note(mention.span.of(&judged.article.text), marked, Some(mention.kind));
            }
            if let Some(canonical) = same.filter(|_| right).and_then(|j| j.canonical.as_deref()) {
                self.canonical.0 += u64::from(plain(canonical) == plain(&mention.name));
                self.canonical.1 += 1;
            }
        }
        for judgment in known {
            let same = mentions.iter().find(|m| m.span == judgment.span);
            if same.is_some_and(|m| judgment.kinds.has(m.kind)) {
                continue;
            }
            let kind = judgment.kinds.first().unwrap_or(EntityKind::Person);
            self.kinds[kind.ordinal()].missed += 1;
            match same {
                None => {
                    self.spans.missed += 1;
                    self.note(judgment.span.of(&judged.article.text), Some(kind), None);
                }
                // Not counted above: its kind is none of the set's.
                Some(m) if !annotated.has(m.kind) => {
                    self.note(judgment.span.of(&judged.article.text), Some(kind), Some(m.kind))
                }
                Some(_) => {}
            }
        }
    }

    fn note(&mut self, surface: &str, marked: Option<EntityKind>, found: Option<EntityKind>) {
        let error = Error { surface: surface.to_owned(), marked, found };
        *self.errors.entry(error).or_default() += 1;
    }
}

fn overlap(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}

/// Letters and digits alone: canonical names are compared without marks.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
