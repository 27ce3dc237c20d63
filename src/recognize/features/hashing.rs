//! Feature hashing (Weinberger et al. 2009): a template and its values name a
//! row of weights.

use crate::recognize::tokens::AnnotatedToken;

/// Count of bits of a row number.
pub(in crate::recognize) const BITS: u32 = 18;

/// The row of a feature: a template's number and its value.
pub(super) fn row(template: u32, value: u32) -> u32 {
    let mixed = (value ^ template.wrapping_mul(0x85eb_ca6b)).wrapping_mul(0x9e37_79b1);
    let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0xc2b2_ae35);
    mixed >> (32 - BITS)
}

/// Two values as one; the order matters.
pub(super) fn pair(a: u32, b: u32) -> u32 {
    a.rotate_left(13).wrapping_mul(0x1b87_3593) ^ b
}

/// The hash that stands for the end of the sentence.
const EDGE: u32 = 0x5eed;

/// The hash of a word, or of the end of the sentence.
pub(super) fn hash_of(word: Option<&AnnotatedToken<'_>>) -> u32 {
    word.map_or(EDGE, |w| w.hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_never_change() {
        fn check(template: u32, value: u32, expected: u32) {
            assert_eq!(row(template, value), expected, "{template} {value}");
        }
        check(0, 0, 0);
        check(1, 2, 101777);
        check(104, u32::MAX, 29439);
        assert!((0..1000).all(|value| row(7, value) < 1 << BITS));
    }

    #[test]
    fn pairs_depend_on_order() {
        assert_eq!(pair(0, 7), 7);
        assert_eq!(pair(1, 0), (1_u32 << 13).wrapping_mul(0x1b87_3593));
        assert_ne!(pair(1, 2), pair(2, 1));
        assert_eq!(hash_of(None), EDGE);
    }
}
