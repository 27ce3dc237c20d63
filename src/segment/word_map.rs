//! A map from words, of which most are short: these are numbers in it, which
//! nobody has to follow a pointer for.

use rustc_hash::FxHashMap;

/// The most bytes of a word that is a number.
const SHORT: usize = 7;

/// A word that was in a map.
pub(crate) enum Word {
    Short(u64),
    Long(Box<[u8]>),
}

/// A map from words.
pub(crate) struct WordMap<V> {
    short: FxHashMap<u64, V>,
    long: FxHashMap<Box<[u8]>, V>,
}

impl<V> Default for WordMap<V> {
    fn default() -> Self {
        Self { short: FxHashMap::default(), long: FxHashMap::default() }
    }
}

impl<V> WordMap<V> {
    pub fn get(&self, word: &[u8]) -> Option<&V> {
        match short_word(word) {
            Some(number) => self.short.get(&number),
            None => self.long.get(word),
        }
    }

    pub fn insert(&mut self, word: &[u8], value: V) {
        match short_word(word) {
            Some(number) => self.short.insert(number, value),
            None => self.long.insert(word.into(), value),
        };
    }

    /// Takes out all words with their values, and keeps the room they had.
    pub fn drain(&mut self) -> impl Iterator<Item = (Word, V)> {
        let short = self.short.drain().map(|(number, value)| (Word::Short(number), value));
        short.chain(self.long.drain().map(|(word, value)| (Word::Long(word), value)))
    }

    /// The value of a word that another map had; `new` where it is not here yet.
    pub fn value_of(&mut self, word: Word, new: impl FnOnce() -> V) -> &V {
        match word {
            Word::Short(number) => self.short.entry(number).or_insert_with(new),
            Word::Long(word) => self.long.entry(word).or_insert_with(new),
        }
    }

    /// The values in the order of their words' bytes.
    pub fn into_sorted(self) -> impl Iterator<Item = V> {
        let short = self.short.into_iter().map(|(number, value)| (word(number), value));
        let mut all: Vec<(Box<[u8]>, V)> = short.chain(self.long).collect();
        all.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        all.into_iter().map(|(_, value)| value)
    }
}

/// A short word as a number; `None` for one that is not.
pub(crate) fn short_word(word: &[u8]) -> Option<u64> {
    if word.len() > SHORT {
        return None;
    }
    // Its length, then its bytes.
    Some(word.iter().fold(word.len() as u64, |number, byte| number << 8 | u64::from(*byte)))
}

fn word(number: u64) -> Box<[u8]> {
    let bytes = number.to_be_bytes();
    let first = bytes.iter().position(|byte| *byte != 0).unwrap_or(SHORT);
    bytes[first + 1..].into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_all_lengths_are_found_and_sorted() {
        let words = ["", "a", "a\0", "\0", "\0\0", "abcdefg", "abcdefgh", "abcdef", "é", "b", "日本語日本語"];
        let mut map = WordMap::default();
        for word in words {
            assert!(map.get(word.as_bytes()).is_none());
            map.insert(word.as_bytes(), word);
            assert_eq!(map.get(word.as_bytes()).copied(), Some(word));
        }
        assert!(words.iter().all(|word| map.get(word.as_bytes()) == Some(word)));
        let mut sorted = words;
        sorted.sort_unstable();
        assert_eq!(map.into_sorted().collect::<Vec<_>>(), sorted);
    }
}
