//! One number per entity kind.

use crate::article::EntityKind;

/// A score for each kind, in the order of [`EntityKind::ALL`].
pub(super) type Scores = [f32; EntityKind::COUNT];

/// The scores of a segment that must not become a name.
pub(super) const REJECTED: Scores = [f32::NEG_INFINITY; EntityKind::COUNT];

/// The kind with the highest score and that score; the first kind of a tie.
pub(super) fn best_kind(scores: &Scores) -> (EntityKind, f32) {
    let mut best = (EntityKind::Person, scores[0]);
    for kind in EntityKind::ALL {
        if scores[kind.ordinal()] > best.1 {
            best = (kind, scores[kind.ordinal()]);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_the_highest_kinds_wins() {
        fn check(scores: Scores, expected: (EntityKind, f32)) {
            assert_eq!(best_kind(&scores), expected, "{scores:?}");
        }
        check([0.0; EntityKind::COUNT], (EntityKind::Person, 0.0));
        check([-1.0, -2.0, 0.5, 0.5, -3.0, 0.0], (EntityKind::Work, 0.5));
        check([-1.0, -1.0, -1.0, -1.0, -1.0, -0.5], (EntityKind::Event, -0.5));
        check(REJECTED, (EntityKind::Person, f32::NEG_INFINITY));
    }
}
