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

/// An error about one surface form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Error {
    /// The surface form.
    pub surface: String,
    /// The kind marked; `None` where nothing was.
    pub marked: Option<EntityKind>,
    /// The kind found; `None` where nothing was.
    pub found: Option<EntityKind>,
}

/// Scores by exact span and kind (as in CoNLL-2003), added up over articles.
///
/// A judgment that allows several kinds is met by any of them. Nothing is counted
/// where the set does not say, nor are names of kinds that it does not annotate.
#[derive(Debug, Clone, Default)]
pub struct NameScores {
    /// By kind, in the order of [`EntityKind::ALL`].
    pub kinds: [Count; EntityKind::COUNT],
    /// Spans alone, whatever their kind.
    pub spans: Count,
    /// Of the right names whose canonical name is given: those with that name, all.
    pub canonical: (u64, u64),
    /// For each tenth of confidence: right names, all.
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

    /// The most frequent errors, with their numbers.
    pub fn commonest_errors(&self, limit: usize) -> Vec<(&Error, u64)> {
        let mut errors: Vec<_> = self.errors.iter().map(|(error, count)| (error, *count)).collect();
        errors.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        errors.truncate(limit);
        errors
    }

    /// The expected calibration error over ten bins, 0 to 1: the mean difference of
    /// confidence and precision (Naeini et al. 2015).
    pub fn calibration_error(&self) -> f64 {
        let all: u64 = self.confidence.iter().map(|bin| bin.1).sum();
        let off = self.confidence.iter().enumerate().filter(|(_, bin)| bin.1 > 0).map(|(tenth, bin)| {
            let confidence = (tenth as f64 + 0.5) / 10.0;
            (bin.0 as f64 / bin.1 as f64 - confidence).abs() * bin.1 as f64
        });
        off.sum::<f64>() / (all.max(1)) as f64
    }

    /// Counts one article's mentions against its judgments. `annotated` holds
    /// the kinds that the set annotates at all.
    pub fn add(&mut self, judged: &Judged, mentions: &[Mention], annotated: Kinds) {
        let known: Vec<&Judgment> = judged.judgments.iter().filter(|j| !j.kinds.is_unknown()).collect();
        let is_judged = |span: Span| !judged.judgments.iter().any(|j| j.kinds.is_unknown() && overlap(j.span, span));
        let counted = |mention: &&Mention| annotated.has(mention.kind) && is_judged(mention.span);
        for mention in mentions.iter().filter(counted) {
            let same = known.iter().find(|j| j.span == mention.span);
            let right = same.is_some_and(|j| j.kinds.has(mention.kind));
            // A kind that is allowed in place of another counts as that one.
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
                self.count_error(mention.span.of(&judged.article.text), marked, Some(mention.kind));
            }
            if let Some(canonical) = same.filter(|_| right).and_then(|j| j.canonical.as_deref()) {
                self.canonical.0 += u64::from(normalized(canonical) == normalized(&mention.name));
                self.canonical.1 += 1;
            }
        }
        self.add_missed(judged, &known, mentions, annotated);
    }

    /// Counts the judgments that no mention meets.
    fn add_missed(&mut self, judged: &Judged, known: &[&Judgment], mentions: &[Mention], annotated: Kinds) {
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
                    self.count_error(judgment.span.of(&judged.article.text), Some(kind), None);
                }
                // Not counted above, since the set does not annotate its kind.
                Some(m) if !annotated.has(m.kind) => {
                    self.count_error(judgment.span.of(&judged.article.text), Some(kind), Some(m.kind))
                }
                Some(_) => {}
            }
        }
    }

    fn count_error(&mut self, surface: &str, marked: Option<EntityKind>, found: Option<EntityKind>) {
        let error = Error { surface: surface.to_owned(), marked, found };
        *self.errors.entry(error).or_default() += 1;
    }
}

fn overlap(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}

/// Letters and digits in lower case: punctuation of canonical names does not
/// matter.
fn normalized(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::super::marked;
    use super::*;
    use crate::evaluate::LabelMap;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    fn mention(judged: &Judged, surface: &str, kind: EntityKind, name: &str, confidence: f32) -> Mention {
        let start = judged.article.text.find(surface).expect(surface);
        let span = Span::new(start, start + surface.len());
        Mention { span, kind, name: name.to_owned(), confidence, listed: 0, year: None }
    }

    #[test]
    fn names_are_scored_by_span_and_kind() {
        let map: LabelMap = "either=person+character,unsure=?".parse().expect("a map");
        let text = "[[Ann Lee|person|Ann Lee]] saw [[Dune|work]] in [[Paris|place]] with [[Paul|either]], \
                    not [[Rex|unsure]] or Oslo.";
        let judged = marked::article(text, &map).expect("marks");
        let mentions = [
            mention(&judged, "Ann Lee", EntityKind::Person, "ANN LEE!", 0.95),
            mention(&judged, "Dune", EntityKind::Event, "Dune", 0.45),
            mention(&judged, "Paul", EntityKind::Character, "Paul", 0.85),
            mention(&judged, "Rex", EntityKind::Person, "Rex", 0.05),
            mention(&judged, "Oslo", EntityKind::Place, "Oslo", 0.25),
        ];
        let mut scores = NameScores::default();
        scores.add(&judged, &mentions, Kinds::all());
        let check = |kind: EntityKind, right, wrong, missed| {
            assert_eq!(scores.kinds[kind.ordinal()], Count { right, wrong, missed }, "{kind}");
        };
        // Paul may be either, and counts as the first of both.
        check(EntityKind::Person, 2, 0, 0);
        check(EntityKind::Character, 0, 0, 0);
        check(EntityKind::Work, 0, 0, 1);
        check(EntityKind::Event, 0, 1, 0);
        check(EntityKind::Place, 0, 1, 1);
        assert_eq!(scores.all(), Count { right: 2, wrong: 2, missed: 2 });
        assert_eq!(scores.spans, Count { right: 3, wrong: 1, missed: 1 });
        assert_eq!(scores.canonical, (1, 1));
        assert_eq!((scores.confidence[9], scores.confidence[4], scores.confidence[0]), ((1, 1), (0, 1), (0, 0)));
        near(scores.all().f1(), 0.5);
        // Bins of 0.95, 0.85 (right), 0.45 and 0.25 (wrong).
        near(scores.calibration_error(), (0.05 + 0.15 + 0.45 + 0.25) / 4.0);
        let errors: Vec<(&str, u64)> =
            scores.commonest_errors(9).into_iter().map(|(error, count)| (error.surface.as_str(), count)).collect();
        assert_eq!(errors, [("Dune", 1), ("Oslo", 1), ("Paris", 1)]);
    }

    #[test]
    fn kinds_that_are_not_annotated_are_not_counted() {
        let judged = marked::article("[[Dune|work]] in Paris", &LabelMap::default()).expect("marks");
        let mentions = [
            mention(&judged, "Dune", EntityKind::Event, "Dune", 0.9),
            mention(&judged, "Paris", EntityKind::Place, "Paris", 0.9),
        ];
        let mut scores = NameScores::default();
        scores.add(&judged, &mentions, Kinds::only(EntityKind::Work));
        assert_eq!(scores.all(), Count { right: 0, wrong: 0, missed: 1 });
        let errors = scores.commonest_errors(9);
        assert_eq!((errors[0].0.marked, errors[0].0.found), (Some(EntityKind::Work), Some(EntityKind::Event)));
    }

    #[test]
    fn shares_of_nothing_are_0() {
        let check = |right, wrong, missed, expected: [f64; 3]| {
            let count = Count { right, wrong, missed };
            let found = [count.precision(), count.recall(), count.f1()];
            found.into_iter().zip(expected).for_each(|(a, b)| near(a, b));
        };
        check(0, 0, 0, [0.0, 0.0, 0.0]);
        check(3, 1, 0, [0.75, 1.0, 6.0 / 7.0]);
        check(1, 1, 3, [0.5, 0.25, 1.0 / 3.0]);
    }
}
