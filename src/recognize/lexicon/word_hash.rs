//! The hash by which features and word clusters know a word.

use crate::article::stable_hash;

/// The 32-bit hash of a folded word: FNV-1a of 64 bits, its halves combined by
/// exclusive or. Trained models depend on it.
pub(in crate::recognize) fn word_hash(folded: &str) -> u32 {
    let hash = stable_hash(folded.as_bytes());
    (hash >> 32) as u32 ^ hash as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_never_change() {
        fn check(word: &str, expected: u32) {
            assert_eq!(word_hash(word), expected, "{word}");
        }
        check("", 0xcbf2_9ce4 ^ 0x8422_2325);
        check("a", 0xaf63_dc4c ^ 0x8601_ec8c);
        assert_ne!(word_hash("cruise"), word_hash("cruises"));
    }
}
