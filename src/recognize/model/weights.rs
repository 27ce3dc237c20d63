//! The trained model in memory, and how it scores.

use crate::article::EntityKind;
use crate::recognize::components::ModelComponents;
use crate::recognize::document_memory::DocumentMemory;
use crate::recognize::features::{self, BITS};
use crate::recognize::lexicon::WordClusters;
use crate::recognize::scores::Scores;
use crate::recognize::segments::SegmentContext;

use super::row_sum::{BIAS, RowSum, RowTotals};

/// Weights of features, word clusters, and the calibration of confidence.
#[derive(Debug, Clone)]
pub struct Model {
    pub(super) components: ModelComponents,
    /// Weight of the patterns' score in log odds, by kind.
    pub(super) trust: Scores,
    /// Slope and offset from margins to the log odds of being right.
    pub(super) calibration: [f32; 2],
    /// The weight of one quantization step.
    pub(super) step: f32,
    /// The table of word clusters; empty for none.
    pub(super) clusters: Vec<u8>,
    /// The rows: eight weights as bytes, plus 128 each; empty for none.
    pub(super) weights: Vec<u64>,
}

impl Default for Model {
    /// A model without weights: patterns only.
    fn default() -> Self {
        Self {
            components: ModelComponents::default(),
            trust: [1.0; EntityKind::COUNT],
            calibration: [1.0, 0.0],
            step: 0.0,
            clusters: Vec::new(),
            weights: Vec::new(),
        }
    }
}

impl Model {
    /// Count of rows of weights.
    pub const ROWS: usize = 1 << BITS;

    /// The components it was trained with.
    pub fn components(&self) -> ModelComponents {
        self.components
    }

    /// Its word clusters; none if that component is off.
    pub(in crate::recognize) fn clusters(&self) -> WordClusters<'_> {
        WordClusters(if self.components.clusters { &self.clusters } else { &[] })
    }

    /// Whether trained weights count for a segment, or patterns alone.
    pub(super) fn uses_weights(&self, context: &SegmentContext<'_, '_>) -> bool {
        let decided = self.components.patterns && context.patterns_decide();
        !decided && !self.weights.is_empty()
    }

    /// The scores of a segment by itself, given the sum of its rows.
    pub(super) fn scores(&self, context: &SegmentContext<'_, '_>, sum: &RowTotals) -> Scores {
        let patterns = if self.components.patterns { context.scores() } else { [1.0; EntityKind::COUNT] };
        self.total(sum, |kind| patterns[kind] - 1.0)
    }

    /// What the rest of the article adds to the scores, given the sum of the
    /// rows of the segment's words.
    pub(in crate::recognize) fn document_scores(
        &self,
        context: &SegmentContext<'_, '_>,
        memory: &DocumentMemory,
        words: &RowTotals,
    ) -> Scores {
        let mut sum = RowTotals::default();
        if self.uses_weights(context) {
            let mut rows = RowSum::default();
            features::document_names(context, memory, &mut self.adder(&mut rows));
            sum = rows.totals();
            // Evidence from the article replaces that of the words themselves.
            if memory.has_evidence(context) {
                sum.iter_mut().zip(words).for_each(|(sum, words)| *sum -= words);
            }
        }
        let patterns =
            if self.components.patterns { context.document_scores(memory) } else { [0.0; EntityKind::COUNT] };
        self.total(&sum, |kind| patterns[kind])
    }

    /// A sink of features that adds the weights of their rows to a sum.
    pub(super) fn adder(&self, sum: &mut RowSum) -> impl FnMut(u32) {
        |row| sum.add(self.weights.get(row as usize).copied().unwrap_or(BIAS))
    }

    fn total(&self, sum: &RowTotals, patterns: impl Fn(usize) -> f32) -> Scores {
        std::array::from_fn(|kind| self.trust[kind] * patterns(kind) + self.step * sum[kind] as f32)
    }

    /// The probability that a name of this margin is right, 0 to 1: Platt
    /// scaling (Platt 1999), fitted to held-out articles.
    pub(in crate::recognize) fn confidence(&self, margin: f32) -> f32 {
        let [slope, offset] = self.calibration;
        1.0 / (1.0 + (-(slope * margin + offset)).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidence_is_the_logistic_of_the_calibrated_margin() {
        fn check(calibration: [f32; 2], margin: f32, expected: f32) {
            let model = Model { calibration, ..Model::default() };
            assert!((model.confidence(margin) - expected).abs() < 1e-6, "{margin}");
        }
        check([1.0, 0.0], 0.0, 0.5);
        check([2.0, -1.0], 0.5, 0.5);
        check([1.0, 0.0], 3.0_f32.ln(), 0.75);
        check([1.0, 0.0], f32::INFINITY, 1.0);
        check([1.0, 0.0], f32::NEG_INFINITY, 0.0);
    }

    #[test]
    fn rows_without_weights_count_nothing() {
        let model = Model::default();
        let mut sum = RowSum::default();
        [0, 7, u32::MAX].into_iter().for_each(model.adder(&mut sum));
        assert_eq!(sum.totals(), RowTotals::default());
    }
}
