//! English stems, remembered.

use std::cell::RefCell;

use super::WordMap;
use frostem::Algorithm;

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
    /// For each known word the place of its stem.
    known: WordMap<u32>,
    stems: Vec<Box<str>>,
}

impl Stemmer {
    /// The stem of a folded word.
    pub fn stem(&mut self, word: &str) -> &str {
        let known = self.known.get(word.as_bytes()).copied();
        let place = known.unwrap_or_else(|| self.learn(word));
        &self.stems[place as usize]
    }

    fn learn(&mut self, word: &str) -> u32 {
        if self.stems.len() >= REMEMBERED {
            *self = Self::default();
        }
        let place = self.stems.len() as u32;
        self.stems.push(frostem::Stemmer::new(Algorithm::English).stem(word).into());
        self.known.insert(word.as_bytes(), place);
        place
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
