//! Candidates and features as the recognizer sees them, for training a model.

use crate::article::{Article, EntityKind, Span};
use crate::segment::Segmented;

use super::candidates::{Candidate, find_candidates};
use super::components::ModelComponents;
use super::decoded_name::DecodedName;
use super::document_memory::DocumentMemory;
use super::features;
use super::gazetteer::Gazetteer;
use super::model::Model;
use super::patterns::FilterOutcome;
use super::scores::Scores;
use super::segments::{Segment, SegmentContext};
use super::tokens::TokenView;

/// The words, sentences and candidates of an article, as the recognizer sees
/// them.
#[derive(Debug)]
pub struct FeatureView<'t> {
    view: TokenView<'t>,
    candidates: Vec<Candidate>,
    components: ModelComponents,
}

/// A name of the first pass: its words (the first, and the one after the last),
/// its kind, and its score, 1 if a name is as likely as not.
pub type FirstPassName = ((usize, usize), EntityKind, f32);

/// A segment that may be a name, with everything its score is made from.
#[derive(Debug, Clone)]
pub struct TrainingExample {
    /// Its words: the first, and the one after the last.
    pub words: (usize, usize),
    /// Bytes into the article's text.
    pub span: Span,
    /// The patterns' score of each kind, 0 if a name is as likely as not.
    pub patterns: [f32; EntityKind::COUNT],
    /// The rows of its features.
    pub rows: Vec<u32>,
}

impl<'t> FeatureView<'t> {
    /// An article as these components of the recognizer see it, with the word
    /// clusters of `model`.
    pub fn new(article: &'t Article, segmented: &Segmented, model: &Model, components: ModelComponents) -> Self {
        let gazetteer = Gazetteer::new(components.gazetteer);
        let view = TokenView::new(&article.text, segmented, gazetteer, model.clusters());
        let candidates = find_candidates(&view, &Model::default());
        Self { view, candidates, components }
    }

    /// The words of each sentence: the first, and the one after the last.
    pub fn sentences(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.view.sentences.iter().map(|sentence| (sentence.start, sentence.end))
    }

    /// The bytes of a word.
    pub fn word(&self, at: usize) -> Span {
        self.view.words[at].span
    }

    /// The words that touch a span: the first, and the one after the last.
    pub fn words_of(&self, span: Span) -> (usize, usize) {
        let from = self.view.words.partition_point(|w| w.span.end <= span.start);
        let to = self.view.words.partition_point(|w| w.span.start < span.end);
        (from, to.max(from))
    }

    /// The candidates of the first pass, or of the second pass given the names
    /// that the first one found.
    pub fn examples(&self, names: Option<&[FirstPassName]>) -> Vec<TrainingExample> {
        let memory = names.map(|names| self.memory(names));
        let passes = |candidate: &&Candidate| match &memory {
            Some(memory) => {
                SegmentContext::new(&self.view, candidate.sentence, &candidate.segment).passes(candidate.filter, memory)
            }
            None => candidate.filter == FilterOutcome::Pass,
        };
        self.candidates.iter().filter(passes).map(|candidate| self.example(candidate, memory.as_ref())).collect()
    }

    fn memory(&self, names: &[FirstPassName]) -> DocumentMemory {
        let name = |((from, to), kind, score): &FirstPassName| DecodedName {
            from: *from,
            to: *to,
            kind: *kind,
            score: *score,
            margin: 0.0,
            listed: 0,
        };
        DocumentMemory::new(&self.view, &names.iter().map(name).collect::<Vec<_>>())
    }

    fn example(&self, candidate: &Candidate, memory: Option<&DocumentMemory>) -> TrainingExample {
        let context = SegmentContext::new(&self.view, candidate.sentence, &candidate.segment);
        let mut rows = Vec::with_capacity(64);
        let memory = memory.filter(|_| self.components.article);
        let has_evidence = memory.is_some_and(|memory| memory.has_evidence(&context));
        let uses_weights = !(self.components.patterns && context.patterns_decide());
        if uses_weights {
            features::first_pass(&context, self.components, !has_evidence, &mut |row| rows.push(row));
        }
        let mut patterns = Scores::default();
        if self.components.patterns {
            patterns = context.scores().map(|score| score - 1.0);
        }
        if let Some(memory) = memory {
            if uses_weights {
                features::document_names(&context, memory, &mut |row| rows.push(row));
            }
            if self.components.patterns {
                patterns.iter_mut().zip(context.document_scores(memory)).for_each(|(score, more)| *score += more);
            }
        }
        let Segment { from, to, .. } = candidate.segment;
        TrainingExample { words: (from, to), span: self.view.span(from, to), patterns, rows }
    }

    /// The features that do not depend on letter case, of a span that is known
    /// to be a name: its words, with `context` the words around it, and with
    /// `lists` the gazetteer's classes. Empty if the span is not within one
    /// sentence.
    pub fn caseless_rows(&self, span: Span, context: bool, lists: bool) -> Vec<u32> {
        let (from, to) = self.words_of(span);
        let mut rows = Vec::new();
        let sentence = self.view.sentences.iter().find(|s| s.start <= from && to <= s.end && from < to);
        let Some(sentence) = sentence else { return rows };
        let classes = self.view.gazetteer.classes(&self.view.key(from, to));
        let segment = Segment { from, to, classes, quoted: false, opens_quote: false, loose: false };
        let segment_context = SegmentContext::new(&self.view, *sentence, &segment);
        let mut push = |row| rows.push(row);
        features::segment_words(&segment_context, &mut push);
        if context {
            features::neighbors(&segment_context, &mut push);
            if self.components.clusters {
                features::clusters(&segment_context, &mut push);
            }
        }
        if lists && self.components.gazetteer {
            features::gazetteer_classes(&segment_context, &mut push);
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::fixtures::article;

    fn with_features<R>(text: &str, components: ModelComponents, test: impl FnOnce(&FeatureView<'_>) -> R) -> R {
        let article = article(text);
        let segmented = Segmented::new(&article);
        test(&FeatureView::new(&article, &segmented, Model::shipped(), components))
    }

    #[test]
    fn words_touch_spans() {
        let text = "Ann met Bob. Bob left.";
        with_features(text, ModelComponents::default(), |features| {
            assert_eq!(features.sentences().collect::<Vec<_>>(), [(0, 3), (3, 5)]);
            assert_eq!(features.word(2).of(text), "Bob");
            assert_eq!(features.words_of(Span::new(5, 10)), (1, 3));
            assert_eq!(features.words_of(Span::new(3, 4)), (1, 1));
        });
    }

    #[test]
    fn the_second_pass_opens_what_the_first_one_named() {
        let text = "May Lee met fans. Later May left.";
        with_features(text, ModelComponents::default(), |features| {
            let has_may = |examples: &[TrainingExample]| examples.iter().any(|e| e.words == (5, 6));
            assert!(!has_may(&features.examples(None)));
            assert!(!has_may(&features.examples(Some(&[]))));
            assert!(has_may(&features.examples(Some(&[((0, 2), EntityKind::Person, 2.0)]))));
        });
    }

    #[test]
    fn components_decide_what_an_example_has() {
        let text = "we saw Tom Cruise there";
        let all = ModelComponents::default();
        let rows = |components| {
            with_features(text, components, |features| {
                let examples = features.examples(None);
                (examples.len(), examples[1].rows.len(), examples[1].patterns != Scores::default())
            })
        };
        let (count, many, patterns) = rows(all);
        assert_eq!((count, patterns), (3, true));
        assert!(rows(ModelComponents { clusters: false, ..all }).1 < many);
        assert!(!rows(ModelComponents { patterns: false, ..all }).2);
    }

    #[test]
    fn caseless_rows_are_the_same_in_any_case() {
        let rows = |text: &str, context, lists| {
            with_features(text, ModelComponents::default(), |features| {
                features.caseless_rows(Span::new(7, 17), context, lists)
            })
        };
        assert_eq!(rows("we saw tom cruise there", true, false), rows("we saw Tom Cruise there", true, false));
        assert!(
            rows("we saw tom cruise there", false, false).len() < rows("we saw tom cruise there", true, true).len()
        );
        assert!(rows("we saw", true, true).is_empty());
    }
}
