//! Epochs over the lessons.

use newsearch::article::EntityKind;
use newsearch::evaluate::{Judgment, Kinds, NameScores};
use newsearch::recognize::{
    EntityRecognizer, FeatureView, FirstPassName, Model, ModelComponents, TrainedModel, TrainingExample,
};
use newsearch::segment::Segmented;
use rayon::prelude::*;

use super::augment;
use super::field::{self, Line};
use super::kinds::Named;
use super::sets::Lesson;
use super::weights::Weights;

/// Times that all lessons are gone through.
pub const EPOCHS: usize = 6;
/// From this epoch on weights are averaged.
const AVERAGED_FROM: usize = 1;
/// Batches between two looks at the weights for their average.
const AVERAGED_EACH: usize = 16;
/// The share of rows left out at random.
const DROPPED: f32 = 0.3;
/// What the patterns' score counts in training, and then. Half of it while the
/// weights are learned, so that they learn what the patterns know too; nearly
/// all of it afterwards, since the patterns know news and the sets are mostly
/// of other text. Awards are rarest in the sets, and trust in patterns is
/// largest there.
const TRUST: f32 = 0.25;
const TRUST_AFTER: [f32; 6] = [0.55, 0.55, 0.55, 0.55, 0.55, 1.05];
/// Lessons whose gradients are taken at once.
const BATCH: usize = 48;
const SEED: u64 = 20_240_707;
/// What a name without context counts beside one in a line.
const NAMED: f32 = 0.25;
const LISTED: f32 = 0.05;

/// A candidate's rows and the direction its scores should move.
type Step = (Vec<u32>, [f32; 6]);

pub struct Learner {
    parts: ModelComponents,
    scaffold: Model,
    weights: Weights,
}

impl Learner {
    pub fn new(parts: ModelComponents, scaffold: Model) -> Self {
        Self { parts, scaffold, weights: Weights::new() }
    }

    /// One time through everything, in an order of its own; the mean loss of a line.
    pub fn epoch(&mut self, epoch: usize, lessons: &[Lesson], named: &[Named], listed: &[Named]) -> f64 {
        let mut order: Vec<usize> = (0..lessons.len()).collect();
        fastrand::Rng::with_seed(SEED + epoch as u64).shuffle(&mut order);
        let batches = order.len().div_ceil(BATCH);
        let (mut loss, mut lines) = (0.0, 0);
        for (number, batch) in order.chunks(BATCH).enumerate() {
            let found: Vec<_> = batch
                .par_iter()
                .map(|at| self.learn(&lessons[*at], SEED ^ (epoch * lessons.len() + at) as u64))
                .collect();
            for (steps, lost, many) in found {
                loss += lost;
                lines += many;
                self.apply(&steps);
            }
            if epoch >= AVERAGED_FROM && (number + 1).is_multiple_of(AVERAGED_EACH) {
                self.weights.average();
            }
            for (names, weight) in [(named, NAMED), (listed, LISTED)] {
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

    /// The steps of one lesson: its second look, now and then its first one.
    fn learn(&self, lesson: &Lesson, seed: u64) -> (Vec<Step>, f64, u32) {
        let mut random = fastrand::Rng::with_seed(seed);
        let article = augment::article(&lesson.judged.article, &mut random);
        let segmented = Segmented::new(&article);
        let study = FeatureView::new(&article, &segmented, &self.scaffold, self.parts);
        let mut first = study.examples(None);
        drop_rows(&mut first, &mut random);
        let first_scores = self.scores(&first);
        let (mut steps, mut loss, mut lines) = (Vec::new(), 0.0, 0);
        let mut add = |examples: &[TrainingExample], scores: &[[f32; 6]]| {
            self.learn_lines(&study, lesson, examples, scores, &mut steps, &mut loss, &mut lines);
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

    #[expect(clippy::too_many_arguments, reason = "three of them are what it adds to")]
    fn learn_lines(
        &self,
        study: &FeatureView<'_>,
        lesson: &Lesson,
        examples: &[TrainingExample],
        scores: &[[f32; 6]],
        steps: &mut Vec<Step>,
        loss: &mut f64,
        lines: &mut u32,
    ) {
        let told = Told::new(study, lesson, examples);
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
                allowed: &told.allowed[from..to],
                outside: &told.outside[words.0..words.1],
            };
            let Some((gain, gradient)) = field::gradient(&line) else { continue };
            *loss += gain;
            *lines += 1;
            for (example, gradient) in line.examples.iter().zip(gradient) {
                if gradient.iter().any(|g| g.abs() > 1e-3) {
                    steps.push((example.rows.clone(), gradient));
                }
            }
        }
    }

    /// Teaches the kinds of names whose place is given.
    fn learn_kinds(&mut self, names: &[Named], weight: f32) {
        let steps: Vec<Option<Step>> = names.par_iter().map(|named| self.kind_step(named, weight)).collect();
        self.apply(&steps.into_iter().flatten().collect::<Vec<_>>());
    }

    fn kind_step(&self, named: &Named, weight: f32) -> Option<Step> {
        let segmented = Segmented::new(&named.article);
        let study = FeatureView::new(&named.article, &segmented, &self.scaffold, self.parts);
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
        let told: f32 = expected.iter().zip(allowed).map(|(e, a)| e * a).sum();
        let gradient = std::array::from_fn(|kind| {
            weight * (expected[kind] * allowed[kind] / told.max(1e-9) - expected[kind] / all)
        });
        Some((rows, gradient))
    }

    /// F1 of exact span and kind on articles that are not trained on.
    pub fn held_out_f1(&self, lessons: &[Lesson]) -> f64 {
        let trained = TrainedModel {
            components: self.parts,
            trust: TRUST_AFTER,
            calibration: [1.0, 0.0],
            weights: self.weights.averaged(),
            clusters: Vec::new(),
        };
        let Ok(model) = self.scaffold.with_weights(&trained) else { return 0.0 };
        score(&EntityRecognizer::with_model(model), lessons).all().f1()
    }

    pub fn finish(&self, clusters: Vec<(String, u8)>) -> TrainedModel {
        let weights = self.weights.averaged();
        TrainedModel { components: self.parts, trust: TRUST_AFTER, calibration: [1.0, 0.0], weights, clusters }
    }
}

/// Leaves out a share of the rows at random, the same in a whole article, so
/// that no feature is relied upon alone (dropout; Srivastava et al. 2014).
fn drop_rows(examples: &mut [TrainingExample], random: &mut fastrand::Rng) {
    let salt = random.u32(..);
    let limit = (f64::from(DROPPED) * f64::from(u32::MAX)) as u32;
    let kept = |row: &u32| (row ^ salt).wrapping_mul(0x9e37_79b1).rotate_left(15).wrapping_mul(0x85eb_ca6b) >= limit;
    for example in examples {
        example.rows.retain(kept);
    }
}

/// Scores a recognizer on lessons.
pub fn score(recognizer: &EntityRecognizer, lessons: &[Lesson]) -> NameScores {
    let found: Vec<_> = lessons.par_iter().map(|lesson| recognizer.recognize(&lesson.judged.article)).collect();
    let mut scores = NameScores::default();
    for (lesson, mentions) in lessons.iter().zip(&found) {
        scores.add(&lesson.judged, mentions, lesson.annotated);
    }
    scores
}

/// The names of the first look: the best cutting of each line.
fn names(study: &FeatureView<'_>, examples: &[TrainingExample], scores: &[[f32; 6]]) -> Vec<FirstPassName> {
    let mut names = Vec::new();
    for (start, end) in study.sentences() {
        let from = examples.partition_point(|e| e.words.0 < start);
        let to = examples.partition_point(|e| e.words.0 < end);
        cut((start, end), &examples[from..to], &scores[from..to], &mut names);
    }
    names
}

fn cut(
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

/// What a lesson says of the candidates and words of its article.
struct Told {
    allowed: Vec<u8>,
    outside: Vec<bool>,
}

impl Told {
    fn new(study: &FeatureView<'_>, lesson: &Lesson, examples: &[TrainingExample]) -> Self {
        let words = study.sentences().map(|line| line.1).max().unwrap_or(0);
        let mut owner: Vec<Option<usize>> = vec![None; words];
        let mut unknown = vec![false; words];
        let judgments: Vec<(&Judgment, (usize, usize))> =
            lesson.judged.judgments.iter().map(|j| (j, study.words_of(j.span))).collect();
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
        let allowed = examples.iter().map(|e| allowed(e, &judgments, &owner, &unknown, lesson.annotated)).collect();
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
    // What a set does not annotate may stand anywhere; events, rarest of all, only
    // where something speaks for one, else every strange word would drift there.
    let speaks = |kind: EntityKind| kind != EntityKind::Event || example.patterns[kind.ordinal()] > -0.9;
    bits(|kind| !annotated.has(kind) && speaks(kind))
}

fn bits(allows: impl Fn(EntityKind) -> bool) -> u8 {
    EntityKind::ALL.into_iter().filter(|kind| allows(*kind)).fold(0, |bits, kind| bits | 1 << kind.ordinal())
}
