//! The likelihood of a line, by the forward-backward algorithm over segments.

use newsearch::internals::recognize::TrainingExample;

/// A line with its candidates, their scores, and the labels that the annotation
/// allows.
pub struct Line<'a> {
    /// Range of words: first, and one past the last.
    pub words: (usize, usize),
    /// Candidates, sorted by their first word.
    pub examples: &'a [TrainingExample],
    /// Score of each candidate and kind.
    pub scores: &'a [[f32; 6]],
    /// Bit set of the kinds that the annotation allows, for each candidate.
    pub allowed: &'a [u8],
    /// Whether each word of the line may be outside of any name.
    pub outside: &'a [bool],
}

/// The log likelihood of the annotation and its gradient: for each candidate and
/// kind, the probability given the annotation minus that under the model.
pub fn gradient(line: &Line<'_>) -> Option<(f64, Vec<[f32; 6]>)> {
    let free = marginals(line, false)?;
    let constrained = marginals(line, true)?;
    let pairs = constrained.1.iter().zip(&free.1);
    let gradient = pairs.map(|(t, f)| std::array::from_fn(|kind| t[kind] - f[kind])).collect();
    Some((constrained.0 - free.0, gradient))
}

/// The log of the partition function, and the marginal probability of each
/// candidate and kind; `constrained` restricts both to the annotation.
fn marginals(line: &Line<'_>, constrained: bool) -> Option<(f64, Vec<[f32; 6]>)> {
    let (start, end) = line.words;
    let length = end - start;
    let may_skip = |at: usize| !constrained || line.outside[at];
    let allows = |candidate: usize, kind: usize| !constrained || line.allowed[candidate] & (1 << kind) != 0;
    let kinds = |candidate: usize| (0..6).filter(move |kind| allows(candidate, *kind));
    let mut forward = vec![f64::NEG_INFINITY; length + 1];
    forward[0] = 0.0;
    let mut next = 0;
    for at in 0..length {
        if may_skip(at) {
            forward[at + 1] = add(forward[at + 1], forward[at]);
        }
        while next < line.examples.len() && line.examples[next].words.0 == start + at {
            let to = line.examples[next].words.1 - start;
            for kind in kinds(next) {
                forward[to] = add(forward[to], forward[at] + f64::from(line.scores[next][kind]));
            }
            next += 1;
        }
    }
    let total = forward[length];
    if !total.is_finite() {
        return None;
    }
    let mut backward = vec![f64::NEG_INFINITY; length + 1];
    backward[length] = 0.0;
    let mut found = vec![[0.0_f32; 6]; line.examples.len()];
    for at in (0..length).rev() {
        if may_skip(at) {
            backward[at] = add(backward[at], backward[at + 1]);
        }
        while next > 0 && line.examples[next - 1].words.0 == start + at {
            next -= 1;
            let to = line.examples[next].words.1 - start;
            for kind in kinds(next) {
                let rest = f64::from(line.scores[next][kind]) + backward[to];
                backward[at] = add(backward[at], rest);
                found[next][kind] = (forward[at] + rest - total).exp() as f32;
            }
        }
    }
    Some((total, found))
}

/// `ln(exp(a) + exp(b))`.
fn add(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == f64::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}

#[cfg(test)]
mod tests {
    use newsearch::Span;

    use super::*;

    fn example(from: usize, to: usize) -> TrainingExample {
        TrainingExample { words: (from, to), span: Span::new(from, to), patterns: [0.0; 6], rows: Vec::new() }
    }

    /// Two words with all candidates and equal scores: each word is outside or has
    /// one of six kinds, or both are one name of six kinds: 7 · 7 + 6 segmentations.
    fn line<'a>(examples: &'a [TrainingExample], allowed: &'a [u8], outside: &'a [bool]) -> Line<'a> {
        Line { words: (0, 2), examples, scores: &[[0.0; 6]; 3], allowed, outside }
    }

    #[test]
    fn the_likelihood_is_that_of_all_segmentations() {
        let examples = [example(0, 1), example(0, 2), example(1, 2)];
        for (allowed, outside, segmentations) in [
            ([0, 0b1, 0], [false, false], 1.0),
            ([0, 0b11, 0], [false, false], 2.0),
            ([0b1, 0, 0], [false, true], 1.0),
            ([0b1, 0b1, 0b1], [true, true], 5.0),
            ([0b11_1111; 3], [true, true], 55.0),
        ] {
            let (likelihood, _) = gradient(&line(&examples, &allowed, &outside)).expect("a likelihood");
            assert!(
                (likelihood - (segmentations / 55.0_f64).ln()).abs() < 1e-6,
                "{allowed:?} {outside:?}: {likelihood}"
            );
        }
    }

    #[test]
    fn the_gradient_is_the_difference_of_marginals() {
        let examples = [example(0, 1), example(0, 2), example(1, 2)];
        let (_, gradient) = gradient(&line(&examples, &[0, 0b1, 0], &[false, false])).expect("a gradient");
        for (found, expected) in [
            (gradient[1][0], 1.0 - 1.0 / 55.0),
            (gradient[1][1], -1.0 / 55.0),
            (gradient[0][0], -7.0 / 55.0),
            (gradient[2][5], -7.0 / 55.0),
        ] {
            assert!((found - expected).abs() < 1e-6, "{found} {expected}");
        }
    }

    #[test]
    fn an_annotation_without_a_segmentation_has_no_likelihood() {
        let examples = [example(0, 1), example(0, 2), example(1, 2)];
        assert!(gradient(&line(&examples, &[0; 3], &[true, false])).is_none());
    }
}
