//! English stems, remembered.

use std::cell::RefCell;

use frostem::Algorithm;
use rustc_hash::FxHashMap;

/// The most stems remembered at once; about 8 MB.
const REMEMBERED: usize = 100_000;

/// Stems folded words with the Snowball English stemmer (Porter 2,
/// <https://snowballstem.org/algorithms/english/stemmer.html>).
///
/// ```
/// use newsearch::segment::Stemmer;
/// let mut stemmer = Stemmer::default();
/// assert_eq!(stemmer.stem("premieres"), "premier");
/// ```
#[derive(Default)]
pub struct Stemmer {
    known: FxHashMap<Box<str>, Box<str>>,
}

impl Stemmer {
    /// The stem of a folded word.
    pub fn stem(&mut self, word: &str) -> &str {
        if !self.known.contains_key(word) {
            if self.known.len() >= REMEMBERED {
                self.known.clear();
            }
            let stem = frostem::Stemmer::new(Algorithm::English).stem(word).into();
            self.known.insert(word.into(), stem);
        }
        &self.known[word]
    }
}

thread_local! {
    static STEMMER: RefCell<Stemmer> = RefCell::default();
}

/// Lends this thread's stemmer, which remembers what it has stemmed before.
/// Within `use_it` it cannot be lent again.
pub fn with_stemmer<R>(use_it: impl FnOnce(&mut Stemmer) -> R) -> R {
    STEMMER.with_borrow_mut(use_it)
}
