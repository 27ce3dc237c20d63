//! Which words an index has listed already.

use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;

use crate::article::stable_hash;
use crate::segment::Stemmer;

use super::pair::WordStem;

/// Slots of [`SeenWords`]: 1 MB.
const SLOTS: usize = 1 << 17;

/// Words whose stems an index has listed, by their hashes: nearly all words of
/// an article have been seen before. A word has one slot, which another one may
/// take from it; a word that is not here may have been seen all the same.
#[derive(Debug)]
pub struct SeenWords(Box<[AtomicU64]>);

impl Default for SeenWords {
    fn default() -> Self {
        Self((0..SLOTS).map(|_| AtomicU64::new(0)).collect())
    }
}

impl SeenWords {
    fn slot(&self, word: u64) -> &AtomicU64 {
        &self.0[word as usize % SLOTS]
    }

    pub(super) fn insert(&self, word: u64) {
        self.slot(word).store(word, Relaxed);
    }

    /// The stems of those words that have not been seen, for
    /// [`InflectionsBuilder::add`](super::InflectionsBuilder::add).
    pub(in crate::index) fn unseen<'a>(
        &self,
        words: impl Iterator<Item = &'a str>,
        stemmer: &mut Stemmer,
    ) -> Vec<WordStem> {
        let stem = |text: &str| {
            let word = stable_hash(text.as_bytes());
            let is_new = self.slot(word).load(Relaxed) != word;
            is_new.then(|| match stemmer.stem(text) {
                stem if stem == text => WordStem::unlisted(word),
                stem => WordStem::listed(stem, text),
            })
        };
        words.filter_map(stem).collect()
    }

    /// Those compounds that have not been seen, each as one word and as its words.
    pub(in crate::index) fn unseen_compounds(
        &self,
        compounds: impl Iterator<Item = (String, String)>,
    ) -> Vec<WordStem> {
        let listed = compounds.map(|(joined, words)| WordStem::compound(&joined, &words));
        listed.filter(|listed| self.slot(listed.word).load(Relaxed) != listed.word).collect()
    }
}
