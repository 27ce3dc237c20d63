//! The likelihood of a line, by the forward-backward algorithm over segments.

use newsearch::internals::recognize::Example;

/// A line with its candidates, their scores, and the labels that the annotation
/// allows.
pub struct Line<'a> {
    /// Range of words: first, and one past the last.
    pub words: (usize, usize),
    /// Candidates, sorted by their first word.
    pub examples: &'a [Example],
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
