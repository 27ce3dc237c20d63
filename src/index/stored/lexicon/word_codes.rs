//! The codes of a lexicon's words.

use crate::segment::{WordMap, short_word};

/// Slots of the cache: two of three words of a text are among the first thousand
/// of a lexicon, so these are kept in a table that fits the processor's cache.
const SLOTS: usize = 1 << 12;

/// An empty slot; no word has this number.
const EMPTY: (u64, u32) = (u64::MAX, 0);

/// A map from words to their codes, of which the most frequent come first.
#[derive(Default)]
pub(super) struct WordCodes {
    /// Short words with their codes, each in the slot of its hash; the first word
    /// keeps the slot.
    frequent: Vec<(u64, u32)>,
    all: WordMap<u32>,
}

impl WordCodes {
    /// The code of a word.
    pub fn get(&self, word: &[u8]) -> Option<u32> {
        let frequent = short_word(word).and_then(|number| {
            let (known, code) = *self.frequent.get(slot(number))?;
            (known == number).then_some(code)
        });
        frequent.or_else(|| self.all.get(word).copied())
    }

    pub fn insert(&mut self, word: &[u8], code: u32) {
        if let Some(number) = short_word(word) {
            self.frequent.resize(SLOTS, EMPTY);
            let free = &mut self.frequent[slot(number)];
            if *free == EMPTY {
                *free = (number, code);
            }
        }
        self.all.insert(word, code);
    }
}

/// Fibonacci hashing (Knuth, “The Art of Computer Programming” 3, 6.4).
fn slot(number: u64) -> usize {
    (number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - SLOTS.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_codes() {
        let words: Vec<String> =
            (0..20_000_u32).map(|n| format!("{:x}", n.wrapping_mul(2_654_435_761) >> (n % 20))).collect();
        let mut codes = WordCodes::default();
        let mut expected = std::collections::BTreeMap::new();
        for (word, code) in words.iter().zip(0..) {
            if !expected.contains_key(word) {
                assert_eq!(codes.get(word.as_bytes()), None);
                codes.insert(word.as_bytes(), code);
                expected.insert(word, code);
            }
        }
        assert!(expected.iter().all(|(word, code)| codes.get(word.as_bytes()) == Some(*code)));
    }
}
