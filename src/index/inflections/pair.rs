//! A word with its stem, as the file lists them.

use crate::article::stable_hash;
use crate::segment::Stemmer;

/// Separates a stem from its word; folded words hold no NUL.
pub(super) const SEPARATOR: u8 = 0;
/// In place of a stem before the terms of dates; words hold no such character.
pub(super) const DATES: &str = "\u{1}";
/// In front of a compound in place of a stem: its words are listed for it. Sorts before
/// all words, and after [`DATES`].
pub(super) const COMPOUND: &str = "\u{1}";
/// All stems of words sort at or after this.
pub(super) const AFTER_DATES: &str = "\u{2}";

/// A word, and its entry in the file.
#[derive(Debug)]
pub(in crate::index) struct WordStem {
    /// The hash of the word.
    pub(super) word: u64,
    /// `stem NUL word`; `None` for a word that is its own stem.
    pub(super) pair: Option<Vec<u8>>,
}

impl WordStem {
    /// A date's term, in a catalog.
    pub fn date(term: &str) -> Self {
        Self::listed(DATES, term)
    }

    /// A compound, written as one, and as its words separated by spaces.
    pub fn compound(joined: &str, words: &str) -> Self {
        Self::listed(&format!("{COMPOUND}{joined}"), words)
    }

    pub(super) fn listed(stem: &str, word: &str) -> Self {
        let mut pair = Vec::with_capacity(stem.len() + 1 + word.len());
        pair.extend_from_slice(stem.as_bytes());
        pair.push(SEPARATOR);
        pair.extend_from_slice(word.as_bytes());
        Self { word: stable_hash(word.as_bytes()), pair: Some(pair) }
    }

    pub(super) fn unlisted(word: u64) -> Self {
        Self { word, pair: None }
    }
}

/// All words, for a catalog: those that are their own stems are listed too.
pub(in crate::index) fn vocabulary<'a>(words: impl Iterator<Item = &'a str>, stemmer: &mut Stemmer) -> Vec<WordStem> {
    words.map(|word| WordStem::listed(stemmer.stem(word), word)).collect()
}
