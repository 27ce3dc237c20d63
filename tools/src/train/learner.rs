//! Epochs over the training articles.

use newsearch::EntityKind;
use newsearch::internals::evaluate::{Judgment, Kinds, NameScores};
use newsearch::internals::recognize::{
    EntityRecognizer, FeatureView, FirstPassName, Model, ModelComponents, TrainedModel, TrainingExample,
};
use newsearch::internals::segment::Segmented;
use rayon::prelude::*;

use super::headlines::augment;
use super::likelihood::{self, Line};
use super::lowercase::Named;
use super::sets::TrainingArticle;
use super::weights::Weights;

/// Passes over all training articles.
pub const EPOCHS: usize = 6;
/// First epoch whose weights are averaged.
const AVERAGED_FROM: usize = 1;
/// Batches between two samples of the average.
const AVERAGED_EVERY: usize = 16;
/// Dropout: the share of feature rows left out at random.
const DROPPED: f32 = 0.3;
/// Weight of the patterns' score during training. It is low, so that the features
/// learn what the patterns know as well.
const TRUST: f32 = 0.25;
/// Weight of the patterns' score in the finished model, for each kind. It is
/// higher, because the patterns are made for news and most sets are not news;
/// highest for events, which are rarest in the sets.
const TRUST_AFTER: [f32; 6] = [0.55, 0.55, 0.55, 0.55, 0.55, 1.05];
/// Articles whose gradients are computed from the same weights.
const BATCH: usize = 48;
const SEED: u64 = 20_240_707;
/// Weight of a name from the sets in lower case, relative to a name in a line.
const LOWERCASE_WEIGHT: f32 = 0.25;
/// The same of a name from the lists.
const LISTED_WEIGHT: f32 = 0.05;

/// The feature rows of a candidate, and the gradient of its scores.
type Step = (Vec<u32>, [f32; 6]);

/// The weights being learned.
pub struct Learner {
    parts: ModelComponents,
    untrained: Model,
    weights: Weights,
}

impl Learner {
    pub fn new(parts: ModelComponents, untrained: Model) -> Self {
        Self { parts, untrained, weights: Weights::new() }
    }

    /// One pass over all examples in random order; returns the mean loss of a line.
    pub fn epoch(&mut self, epoch: usize, articles: &[TrainingArticle], named: &[Named], listed: &[Named]) -> f64 {
        let mut order: Vec<usize> = (0..articles.len()).collect();
        fastrand::Rng::with_seed(SEED + epoch as u64).shuffle(&mut order);
        let batches = order.len().div_ceil(BATCH);
        let (mut loss, mut lines) = (0.0, 0);
        for (number, batch) in order.chunks(BATCH).enumerate() {
            let found: Vec<_> = batch
                .par_iter()
                .map(|at| self.learn(&articles[*at], SEED ^ (epoch * articles.len() + at) as u64))
                .collect();
            for (steps, lost, many) in found {
                loss += lost;
                lines += many;
                self.apply(&steps);
            }
            if epoch >= AVERAGED_FROM && (number + 1).is_multiple_of(AVERAGED_EVERY) {
                self.weights.average();
            }
            for (names, weight) in [(named, LOWERCASE_WEIGHT), (listed, LISTED_WEIGHT)] {
                let share = names.len() * number / batches..names.len() * (number + 1) / batches;
                self.learn_kinds(&names[share], weight);
            }
        }
        -loss / f64::from(lines.max(1))
    }

    fn apply(&mut self, steps: &[Step]) {
        for (rows, gradient) in steps {
            self.weights.step(rows, gradient);
        }
    }

    /// The steps of one article: those of the second pass of the recognizer, and
    /// at random those of the first.
    fn learn(&self, gold: &TrainingArticle, seed: u64) -> (Vec<Step>, f64, u32) {
        let mut random = fastrand::Rng::with_seed(seed);
        let article = augment(&gold.judged.article, &mut random);
        let segmented = Segmented::new(&article);
        let study = FeatureView::new(&article, &segmented, &self.untrained, self.parts);
        let mut first = study.examples(None);
        drop_rows(&mut first, &mut random);
        let first_scores = self.scores(&first);
        let (mut steps, mut loss, mut lines) = (Vec::new(), 0.0, 0);
        let mut add = |examples: &[TrainingExample], scores: &[[f32; 6]]| {
            self.learn_lines(&study, gold, examples, scores, &mut steps, &mut loss, &mut lines);
        };
        if !self.parts.article || random.f32() < 0.3 {
            add(&first, &first_scores);
        }
        if self.parts.article {
            let names = names(&study, &first, &first_scores);
            let mut second = study.examples(Some(&names));
            drop_rows(&mut second, &mut random);
            add(&second, &self.scores(&second));
        }
        (steps, loss, lines)
    }

    fn scores(&self, examples: &[TrainingExample]) -> Vec<[f32; 6]> {
        let score = |example: &TrainingExample| {
            let learned = self.weights.sum(&example.rows).map(|sum| sum / (1.0 - DROPPED));
            std::array::from_fn(|kind| TRUST * example.patterns[kind] + learned[kind])
        };
        examples.iter().map(score).collect()
    }

    #[expect(clippy::too_many_arguments, reason = "three of them are outputs")]
    fn learn_lines(
        &self,
        study: &FeatureView<'_>,
        gold: &TrainingArticle,
        examples: &[TrainingExample],
        scores: &[[f32; 6]],
        steps: &mut Vec<Step>,
        loss: &mut f64,
        lines: &mut u32,
    ) {
        let labels = GoldLabels::new(study, gold, examples);
        for words in study.sentences() {
            let from = examples.partition_point(|e| e.words.0 < words.0);
            let to = examples.partition_point(|e| e.words.0 < words.1);
            if from == to {
                continue;
            }
            let line = Line {
                words,
                examples: &examples[from..to],
                scores: &scores[from..to],
                allowed: &labels.allowed[from..to],
                outside: &labels.outside[words.0..words.1],
            };
            let Some((gain, gradient)) = likelihood::gradient(&line) else { continue };
            *loss += gain;
            *lines += 1;
            for (example, gradient) in line.examples.iter().zip(gradient) {
                if gradient.iter().any(|g| g.abs() > 1e-3) {
                    steps.push((example.rows.clone(), gradient));
                }
            }
        }
    }

    /// Learns the kinds of names whose boundaries are given.
    fn learn_kinds(&mut self, names: &[Named], weight: f32) {
        let steps: Vec<Option<Step>> = names.par_iter().map(|named| self.kind_step(named, weight)).collect();
        self.apply(&steps.into_iter().flatten().collect::<Vec<_>>());
    }

    fn kind_step(&self, named: &Named, weight: f32) -> Option<Step> {
        let segmented = Segmented::new(&named.article);
        let study = FeatureView::new(&named.article, &segmented, &self.untrained, self.parts);
        let rows = study.caseless_rows(named.span, named.context, named.context);
        if rows.is_empty() {
            return None;
        }
        let scores = self.weights.sum(&rows);
        let most = scores.iter().cloned().fold(f32::MIN, f32::max);
        let expected = scores.map(|score| (score - most).exp());
        let human = |kind| matches!(kind, EntityKind::Person | EntityKind::Character);
        let person = EntityKind::ALL.into_iter().any(|kind| human(kind) && named.kinds.has(kind));
        let allowed =
            EntityKind::ALL.map(|kind| if named.kinds.has(kind) || person && human(kind) { 1.0 } else { 0.0 });
        let all: f32 = expected.iter().sum();
        let right: f32 = expected.iter().zip(allowed).map(|(e, a)| e * a).sum();
        let gradient = std::array::from_fn(|kind| {
            weight * (expected[kind] * allowed[kind] / right.max(1e-9) - expected[kind] / all)
        });
        Some((rows, gradient))
    }

    /// F1 of exact span and kind on held-out articles.
    pub fn held_out_f1(&self, articles: &[TrainingArticle]) -> f64 {
        let trained = TrainedModel {
            components: self.parts,
            trust: TRUST_AFTER,
            calibration: [1.0, 0.0],
            weights: self.weights.averaged(),
            clusters: Vec::new(),
        };
        let Ok(model) = self.untrained.with_weights(&trained) else { return 0.0 };
        score(&EntityRecognizer::with_model(model), articles).all().f1()
    }

    /// The trained model, not yet calibrated.
    pub fn finish(&self, clusters: Vec<(String, u8)>) -> TrainedModel {
        let weights = self.weights.averaged();
        TrainedModel { components: self.parts, trust: TRUST_AFTER, calibration: [1.0, 0.0], weights, clusters }
    }
}

/// Dropout (Srivastava et al. 2014): removes a random share of the feature rows,
/// the same ones in the whole article.
fn drop_rows(examples: &mut [TrainingExample], random: &mut fastrand::Rng) {
    let salt = random.u32(..);
    let limit = (f64::from(DROPPED) * f64::from(u32::MAX)) as u32;
    let kept = |row: &u32| (row ^ salt).wrapping_mul(0x9e37_79b1).rotate_left(15).wrapping_mul(0x85eb_ca6b) >= limit;
    for example in examples {
        example.rows.retain(kept);
    }
}

/// Scores a recognizer on annotated articles.
fn score(recognizer: &EntityRecognizer, articles: &[TrainingArticle]) -> NameScores {
    let found: Vec<_> = articles.par_iter().map(|gold| recognizer.recognize(&gold.judged.article)).collect();
    let mut scores = NameScores::default();
    for (gold, mentions) in articles.iter().zip(&found) {
        scores.add(&gold.judged, mentions, gold.annotated);
    }
    scores
}

/// The names of the first pass: the best segmentation of each line.
fn names(study: &FeatureView<'_>, examples: &[TrainingExample], scores: &[[f32; 6]]) -> Vec<FirstPassName> {
    let mut names = Vec::new();
    for (start, end) in study.sentences() {
        let from = examples.partition_point(|e| e.words.0 < start);
        let to = examples.partition_point(|e| e.words.0 < end);
        segment_line((start, end), &examples[from..to], &scores[from..to], &mut names);
    }
    names
}

fn segment_line(
    (start, end): (usize, usize),
    examples: &[TrainingExample],
    scores: &[[f32; 6]],
    names: &mut Vec<FirstPassName>,
) {
    let mut best = vec![0.0_f32; end - start + 1];
    let mut taken: Vec<Option<FirstPassName>> = vec![None; end - start + 1];
    let mut next = 0;
    for at in 0..end - start {
        if best[at] >= best[at + 1] {
            best[at + 1] = best[at];
            taken[at + 1] = None;
        }
        while let Some(example) = examples.get(next).filter(|e| e.words.0 == start + at) {
            let (kind, score) = EntityKind::ALL
                .into_iter()
                .map(|kind| (kind, scores[next][kind.ordinal()]))
                .fold((EntityKind::Person, f32::MIN), |best, kind| if kind.1 > best.1 { kind } else { best });
            let to = example.words.1 - start;
            if score > 0.0 && best[at] + score > best[to] {
                best[to] = best[at] + score;
                taken[to] = Some((example.words, kind, score + 1.0));
            }
            next += 1;
        }
    }
    let first = names.len();
    let mut at = end - start;
    while at > 0 {
        match taken[at] {
            Some(name) => {
                at = name.0.0 - start;
                names.push(name);
            }
            None => at -= 1,
        }
    }
    names[first..].reverse();
}

/// What the annotation allows for the candidates and words of an article.
struct GoldLabels {
    allowed: Vec<u8>,
    outside: Vec<bool>,
}

impl GoldLabels {
    fn new(study: &FeatureView<'_>, gold: &TrainingArticle, examples: &[TrainingExample]) -> Self {
        let words = study.sentences().map(|line| line.1).max().unwrap_or(0);
        let mut owner: Vec<Option<usize>> = vec![None; words];
        let mut unknown = vec![false; words];
        let judgments: Vec<(&Judgment, (usize, usize))> =
            gold.judged.judgments.iter().map(|j| (j, study.words_of(j.span))).collect();
        for (at, (judgment, (from, to))) in judgments.iter().enumerate() {
            let reachable = examples.iter().any(|e| e.words == (*from, *to));
            for word in *from..(*to).min(words) {
                if judgment.kinds.is_unknown() || !reachable {
                    unknown[word] = true;
                } else {
                    owner[word] = Some(at);
                }
            }
        }
        let allowed = examples.iter().map(|e| allowed(e, &judgments, &owner, &unknown, gold.annotated)).collect();
        Self { allowed, outside: owner.iter().map(Option::is_none).collect() }
    }
}

fn allowed(
    example: &TrainingExample,
    judgments: &[(&Judgment, (usize, usize))],
    owner: &[Option<usize>],
    unknown: &[bool],
    annotated: Kinds,
) -> u8 {
    let (from, to) = example.words;
    let owners = &owner[from..to];
    if let Some(at) = owners.iter().flatten().next() {
        let (judgment, words) = judgments[*at];
        return if words == example.words { bits(|kind| judgment.kinds.has(kind)) } else { 0 };
    }
    if unknown[from..to].iter().any(|unknown| *unknown) {
        return bits(|_| true);
    }
    // Kinds that a set does not annotate may be anywhere. Events only where a
    // pattern supports one; otherwise every unusual word would become an event.
    let is_plausible = |kind: EntityKind| kind != EntityKind::Event || example.patterns[kind.ordinal()] > -0.9;
    bits(|kind| !annotated.has(kind) && is_plausible(kind))
}

fn bits(allows: impl Fn(EntityKind) -> bool) -> u8 {
    EntityKind::ALL.into_iter().filter(|kind| allows(*kind)).fold(0, |bits, kind| bits | 1 << kind.ordinal())
}
