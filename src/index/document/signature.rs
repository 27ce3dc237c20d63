//! MinHash signatures, by which near-duplicate articles are found.

use crate::article::stable_hash;

/// Words of a shingle.
const SHINGLE: usize = 3;
/// Buckets, one byte each.
const BUCKETS: usize = 64;
/// The share of equal bytes from which two articles are duplicates.
const DUPLICATE: f32 = 0.5;
/// Fewer shingles than this are too few to compare.
const LEAST: usize = 20;

/// A one-permutation MinHash of the article's three-word shingles (Li, Owen
/// and Zhang, “One Permutation Hashing”, NIPS 2012; empty buckets borrow from
/// the next one, Shrivastava and Li, UAI 2014), a byte a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature([u8; BUCKETS]);

impl Default for Signature {
    fn default() -> Self {
        Self([0; BUCKETS])
    }
}

impl Signature {
    /// The signature of an article by the terms of its title and body, in order.
    /// An article with too few shingles is a duplicate only of those with the
    /// same title and words; without any word its signature is all zero.
    pub fn of<'t>(title: impl Iterator<Item = &'t str>, body: impl Iterator<Item = &'t str> + Clone) -> Self {
        let mut lowest = [u64::MAX; BUCKETS];
        let mut window = [0_u64; SHINGLE];
        let mut count = 0;
        for term in body.clone() {
            window.rotate_left(1);
            window[SHINGLE - 1] = stable_hash(term.as_bytes());
            count += 1;
            if count >= SHINGLE {
                let shingle = window.iter().fold(0, |all, word| mix(all ^ word));
                let bucket = (shingle >> 58) as usize;
                lowest[bucket] = lowest[bucket].min(shingle);
            }
        }
        if count < LEAST + SHINGLE {
            return if count == 0 { Self::default() } else { Self::exact(title, body) };
        }
        let mut bytes = [0; BUCKETS];
        for bucket in 0..BUCKETS {
            let filled = (0..BUCKETS).map(|step| lowest[(bucket + step) % BUCKETS]).find(|low| *low != u64::MAX);
            bytes[bucket] = filled.map_or(0, |low| (mix(low) & 0xff) as u8);
        }
        Self(bytes)
    }

    /// A signature that only the same title and words have.
    fn exact<'t>(title: impl Iterator<Item = &'t str>, body: impl Iterator<Item = &'t str>) -> Self {
        let joined = |hash, term: &str| mix(hash ^ stable_hash(term.as_bytes()));
        let mut word = body.fold(mix(title.fold(0, joined)), joined);
        Self(std::array::from_fn(|_| {
            word = mix(word.wrapping_add(0x9e37_79b9_7f4a_7c15));
            (word & 0xff) as u8
        }))
    }

    /// A band of three buckets, for locality-sensitive hashing (Leskovec,
    /// Rajaraman and Ullman, “Mining of Massive Datasets”, chapter 3); `number` is
    /// below [`Signature::BANDS`]. Of pairs that share half of their shingles,
    /// 94 of 100 share a band; of those that share 0.7, all but one in ten
    /// thousand.
    pub fn band(self, number: usize) -> u32 {
        self.0[number * 3..number * 3 + 3].iter().fold(0, |key, byte| key << 8 | u32::from(*byte))
    }

    /// How many bands a signature has.
    pub const BANDS: usize = BUCKETS / 3;

    /// The signature as eight numbers.
    pub fn words(self) -> impl Iterator<Item = u64> {
        (0..8).map(move |at| self.0[at * 8..at * 8 + 8].iter().fold(0, |word, byte| word << 8 | u64::from(*byte)))
    }

    /// The signature of eight numbers; missing ones are zero.
    pub fn from_words(words: impl Iterator<Item = u64>) -> Self {
        let mut bytes = [0; BUCKETS];
        for (at, word) in words.take(8).enumerate() {
            bytes[at * 8..at * 8 + 8].copy_from_slice(&word.to_be_bytes());
        }
        Self(bytes)
    }

    /// Whether two articles are duplicates: an estimated half of their shingles,
    /// or more, are the same.
    pub fn is_duplicate_of(self, other: Self) -> bool {
        let equal = self.0.iter().zip(other.0).filter(|(a, b)| **a == *b).count();
        self != Self::default() && other != Self::default() && equal as f32 >= DUPLICATE * BUCKETS as f32
    }
}

/// The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(title: &str, text: &str) -> Signature {
        Signature::of(title.split_whitespace(), text.split_whitespace())
    }

    #[test]
    fn duplicates_share_half_of_their_shingles() {
        let text: String = (0..200).map(|n| format!("word{n} ")).collect();
        let check = |other: &str, expected: bool| {
            assert_eq!(of("a", &text).is_duplicate_of(of("b", other)), expected, "{other:.40}");
        };
        check(&text, true);
        check(&text.replace("word100", "else"), true);
        check(&text[..text.len() / 4 * 3], true);
        check(&text.replace("word", "other"), false);
        check(&text.replace('0', "zero ").replace('1', "one "), false);
        check("", false);
    }

    #[test]
    fn short_articles_are_duplicates_only_if_they_are_the_same() {
        assert!(of("Trailer", "watch this").is_duplicate_of(of("Trailer", "watch this")));
        assert!(!of("Trailer", "watch this").is_duplicate_of(of("Teaser", "watch this")));
        assert!(!of("a", "").is_duplicate_of(of("a", "")));
    }

    #[test]
    fn signatures_come_back_from_words() {
        let signature = of("", &"some words of an article ".repeat(20));
        assert_eq!(Signature::from_words(signature.words()), signature);
        assert_eq!(signature.words().count(), 8);
        assert_eq!(Signature::from_words(std::iter::empty()), Signature::default());
    }
}
