//! A hash map keyed by words. Words of at most seven bytes are stored inline as
//! numbers, without an allocation.

use rustc_hash::FxHashMap;

/// The most bytes of a word that is stored as a number.
const SHORT: usize = 7;

/// The key of a word in a map.
pub(crate) enum WordKey {
    /// See [`short_word`].
    Short(u64),
    Long(Box<[u8]>),
}

/// A map from words to values.
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
    /// The value of a word.
    pub fn get(&self, word: &[u8]) -> Option<&V> {
        match short_word(word) {
            Some(number) => self.short.get(&number),
            None => self.long.get(word),
        }
    }

    /// Sets the value of a word.
    pub fn insert(&mut self, word: &[u8], value: V) {
        match short_word(word) {
            Some(number) => self.short.insert(number, value),
            None => self.long.insert(word.into(), value),
        };
    }

    /// Removes all words and returns them with their values, in no order; keeps
    /// the allocated memory.
    pub fn drain(&mut self) -> impl Iterator<Item = (WordKey, V)> {
        let short = self.short.drain().map(|(number, value)| (WordKey::Short(number), value));
        short.chain(self.long.drain().map(|(word, value)| (WordKey::Long(word), value)))
    }

    /// The value of a key from another map, inserted from `new` if missing.
    pub fn value_of(&mut self, word: WordKey, new: impl FnOnce() -> V) -> &V {
        match word {
            WordKey::Short(number) => self.short.entry(number).or_insert_with(new),
            WordKey::Long(word) => self.long.entry(word).or_insert_with(new),
        }
    }

    /// The values, sorted by the bytes of their words.
    pub fn into_sorted(self) -> impl Iterator<Item = V> {
        let short = self.short.into_iter().map(|(number, value)| (word(number), value));
        let mut all: Vec<(Box<[u8]>, V)> = short.chain(self.long).collect();
        all.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        all.into_iter().map(|(_, value)| value)
    }
}

/// A word of at most seven bytes as a number: its length, then its bytes. `None`
/// for longer words.
pub(crate) fn short_word(word: &[u8]) -> Option<u64> {
    if word.len() > SHORT {
        return None;
    }
    Some(word.iter().fold(word.len() as u64, |number, byte| number << 8 | u64::from(*byte)))
}

/// The bytes of a number made by [`short_word`].
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

    #[test]
    fn drained_words_find_their_values_in_another_map() {
        let mut map = WordMap::default();
        map.insert(b"short", 1);
        map.insert(b"a longer word", 2);
        let mut other = WordMap::default();
        other.insert(b"short", 10);
        let mut found: Vec<(i32, i32)> =
            map.drain().map(|(word, value)| (value, *other.value_of(word, || value * 100))).collect();
        found.sort_unstable();
        assert_eq!(found, [(1, 10), (2, 200)]);
        assert!(map.get(b"short").is_none());
        assert_eq!(other.get(b"a longer word"), Some(&200));
    }

    #[test]
    fn numbers_hold_words_of_at_most_seven_bytes() {
        fn check(word: &str, expected: Option<u64>) {
            assert_eq!(short_word(word.as_bytes()), expected, "{word}");
        }
        check("", Some(0));
        check("a", Some(0x0161));
        check("ab", Some(0x02_6162));
        check("abcdefg", Some(0x0761_6263_6465_6667));
        check("abcdefgh", None);
    }
}
