//! Splitting sentences into names: the segments that together score highest.

use crate::article::EntityKind;

use super::candidates::Candidate;
use super::decoded_name::DecodedName;
use super::scores::{Scores, best_kind};
use super::segments::{MAX_WORDS, Segment};

/// The names of all sentences, in order. `scores` belong to `candidates` one by
/// one.
///
/// Viterbi decoding of a semi-Markov model (Sarawagi and Cohen 2004): `best[p]`
/// is the highest sum of scores over the words before `p`.
pub(super) fn decode(candidates: &[Candidate], scores: &[Scores]) -> Vec<DecodedName> {
    let (mut names, mut paths) = (Vec::new(), Paths::default());
    let mut at = 0;
    for group in candidates.chunk_by(|a, b| a.sentence.start == b.sentence.start) {
        decode_sentence(group, &scores[at..at + group.len()], &mut paths, &mut names);
        at += group.len();
    }
    names
}

/// The best path up to each word of a sentence; reused between sentences.
#[derive(Default)]
struct Paths {
    /// The highest sum before a word.
    best: Vec<f32>,
    /// The candidate that ends before a word on the best path; `usize::MAX` for
    /// a word outside of names.
    taken: Vec<usize>,
}

fn decode_sentence(candidates: &[Candidate], scores: &[Scores], paths: &mut Paths, names: &mut Vec<DecodedName>) {
    let sentence = candidates[0].sentence;
    let length = sentence.end - sentence.start;
    fill_paths(candidates, scores, length, paths);
    let first = names.len();
    let mut at = length;
    while at > 0 {
        let chosen = paths.taken[at];
        let Some(candidate) = candidates.get(chosen) else {
            at -= 1;
            continue;
        };
        let (kind, score) = best_kind(&scores[chosen]);
        let margin = margin(candidates, scores, chosen, kind);
        let Segment { from, to, classes, .. } = candidate.segment;
        names.push(DecodedName { from, to, kind, score: score + 1.0, margin, listed: classes.of_kind(kind) });
        at = candidate.segment.from - sentence.start;
    }
    names[first..].reverse();
}

/// The forward pass over the `length` words of a sentence.
fn fill_paths(candidates: &[Candidate], scores: &[Scores], length: usize, paths: &mut Paths) {
    let start = candidates[0].sentence.start;
    let Paths { best, taken } = paths;
    best.clear();
    best.resize(length + 1, 0.0);
    taken.clear();
    taken.resize(length + 1, usize::MAX);
    let mut next = 0;
    for at in 0..length {
        if best[at] >= best[at + 1] {
            best[at + 1] = best[at];
            taken[at + 1] = usize::MAX;
        }
        while let Some(candidate) = candidates.get(next).filter(|c| c.segment.from == start + at) {
            let (_, score) = best_kind(&scores[next]);
            let end = candidate.segment.to - start;
            let total = best[at] + score;
            if score > 0.0 && total > best[end] {
                best[end] = total;
                taken[end] = next;
            }
            next += 1;
        }
    }
}

/// The log odds of a name of this kind against no name, its other kinds, and
/// every overlapping candidate.
fn margin(candidates: &[Candidate], scores: &[Scores], chosen: usize, kind: EntityKind) -> f32 {
    let own = candidates[chosen].segment;
    let score = scores[chosen][kind.ordinal()];
    // Relative to the score itself, so that nothing overflows.
    let mut rivals = (-score).exp();
    for other in EntityKind::ALL.into_iter().filter(|other| *other != kind) {
        rivals += (scores[chosen][other.ordinal()] - score).exp();
    }
    let near = |at: &usize| candidates[*at].segment.from + MAX_WORDS > own.from;
    let before = (0..chosen).rev().take_while(near);
    let after = (chosen + 1..candidates.len()).take_while(|at| candidates[*at].segment.from < own.to);
    for at in before.chain(after) {
        let segment = candidates[at].segment;
        if segment.from < own.to && own.from < segment.to {
            rivals += (best_kind(&scores[at]).1 - score).exp();
        }
    }
    -rivals.ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::gazetteer::ClassStrengths;
    use crate::recognize::model::BaseScores;
    use crate::recognize::patterns::FilterOutcome;
    use crate::recognize::tokens::SentenceRange;

    /// A candidate of the words `from..to` in a sentence of ten words, numbered
    /// by its first word.
    fn candidate(from: usize, to: usize) -> Candidate {
        let start = from / 10 * 10;
        let classes = ClassStrengths::default();
        Candidate {
            segment: Segment { from, to, classes, quoted: false, opens_quote: false, loose: false },
            sentence: SentenceRange { start, end: start + 10, title_case: false, informal: false },
            filter: FilterOutcome::Pass,
            base: BaseScores::default(),
        }
    }

    fn scores(kind: EntityKind, score: f32) -> Scores {
        let mut scores = [-5.0; EntityKind::COUNT];
        scores[kind.ordinal()] = score;
        scores
    }

    type Input = (usize, usize, EntityKind, f32);

    fn check(input: &[Input], expected: &[(usize, usize, EntityKind)]) -> Vec<DecodedName> {
        let candidates: Vec<_> = input.iter().map(|(from, to, ..)| candidate(*from, *to)).collect();
        let scores: Vec<_> = input.iter().map(|(_, _, kind, score)| scores(*kind, *score)).collect();
        let names = decode(&candidates, &scores);
        assert_eq!(names.iter().map(|name| (name.from, name.to, name.kind)).collect::<Vec<_>>(), expected);
        names
    }

    #[test]
    fn the_highest_sum_wins() {
        use EntityKind::{Person, Place, Work};
        check(&[], &[]);
        check(&[(1, 2, Person, -0.5)], &[]);
        check(&[(1, 2, Person, 0.0)], &[]);
        check(&[(1, 2, Person, 1.0), (1, 3, Work, 1.5), (2, 3, Place, 1.0)], &[(1, 2, Person), (2, 3, Place)]);
        check(&[(1, 2, Person, 1.0), (1, 3, Work, 2.5), (2, 3, Place, 1.0)], &[(1, 3, Work)]);
        check(&[(0, 1, Person, 1.0), (8, 10, Place, 1.0)], &[(0, 1, Person), (8, 10, Place)]);
    }

    #[test]
    fn sentences_are_decoded_one_by_one() {
        use EntityKind::{Person, Work};
        check(
            &[(9, 10, Person, 1.0), (10, 12, Work, 1.0), (25, 26, Work, 1.0)],
            &[(9, 10, Person), (10, 12, Work), (25, 26, Work)],
        );
    }

    #[test]
    fn margins_shrink_with_rivals() {
        let alone = check(&[(1, 2, EntityKind::Person, 2.0)], &[(1, 2, EntityKind::Person)]);
        let others = (EntityKind::COUNT - 1) as f32 * (-7.0_f32).exp();
        assert!((alone[0].margin + ((-2.0_f32).exp() + others).ln()).abs() < 1e-5);
        assert_eq!(alone[0].score, 3.0);
        let rival = [(1, 2, EntityKind::Person, 2.0), (1, 3, EntityKind::Work, 1.9)];
        let with_rival = check(&rival, &[(1, 2, EntityKind::Person)]);
        assert!(with_rival[0].margin < alone[0].margin);
        let apart = [(1, 2, EntityKind::Person, 2.0), (4, 5, EntityKind::Work, 1.9)];
        let far = check(&apart, &[(1, 2, EntityKind::Person), (4, 5, EntityKind::Work)]);
        assert_eq!(far[0].margin, alone[0].margin);
    }
}
