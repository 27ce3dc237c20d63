//! The likelihood of a line: forward and backward over its segments.

use newsearch::recognize::TrainingExample;

/// What the annotation says of a line's candidates and words.
pub struct Line<'a> {
    /// The words: first, and the one after the last.
    pub words: (usize, usize),
    /// Candidates in order of their first word.
    pub examples: &'a [TrainingExample],
    /// Scores of each candidate and kind.
    pub scores: &'a [[f32; 6]],
    /// For each candidate the kinds that agree with the annotation, as bits.
    pub allowed: &'a [u8],
    /// For each word of the line whether it may be outside of any name.
    pub outside: &'a [bool],
}

/// The log likelihood of the annotation, and for each candidate and kind how
/// much more often the annotation has it than the model expects.
pub fn gradient(line: &Line<'_>) -> Option<(f64, Vec<[f32; 6]>)> {
    let free = marginals(line, false)?;
    let told = marginals(line, true)?;
    let pairs = told.1.iter().zip(&free.1);
    let gradient = pairs.map(|(t, f)| std::array::from_fn(|kind| t[kind] - f[kind])).collect();
    Some((told.0 - free.0, gradient))
}

/// The log of the sum over all cuttings, and the probability of each candidate
/// and kind; `told` keeps to what the annotation allows.
fn marginals(line: &Line<'_>, told: bool) -> Option<(f64, Vec<[f32; 6]>)> {
    let (start, end) = line.words;
    let length = end - start;
    let may_skip = |at: usize| !told || line.outside[at];
    let allows = |candidate: usize, kind: usize| !told || line.allowed[candidate] & (1 << kind) != 0;
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

/// The log of the sum of two numbers given by their logs.
fn add(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == f64::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}
