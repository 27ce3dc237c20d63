//! Stems of words, cached.

use std::cell::RefCell;

use frostem::Algorithm;

use crate::article::Language;

use super::word_map::WordMap;

/// The most stems cached at once; about 8 MB.
const MAX_CACHED: usize = 100_000;

/// Stems folded words with the Snowball stemmer of a language (for English
/// Porter 2, <https://snowballstem.org/algorithms/english/stemmer.html>).
///
/// ```
/// use newsearch::internals::segment::Stemmer;
/// let mut stemmer = Stemmer::default();
/// assert_eq!(stemmer.stem("premieres"), "premier");
/// ```
#[derive(Default)]
pub struct Stemmer {
    language: Language,
    /// For each cached word the index of its stem.
    known: WordMap<u32>,
    stems: Vec<Box<str>>,
}

impl Stemmer {
    /// A stemmer of a language.
    pub fn new(language: Language) -> Self {
        Self { language, ..Self::default() }
    }

    /// The stem of a folded word.
    pub fn stem(&mut self, word: &str) -> &str {
        let known = self.known.get(word.as_bytes()).copied();
        let index = known.unwrap_or_else(|| self.insert(word));
        &self.stems[index as usize]
    }

    /// Whether a folded word carries grammar rather than meaning.
    pub fn is_function_word(&mut self, word: &str) -> bool {
        let language = self.language;
        language.is_function_word(self.stem(word))
    }

    fn insert(&mut self, word: &str) -> u32 {
        if self.stems.len() >= MAX_CACHED {
            *self = Self::new(self.language);
        }
        let index = self.stems.len() as u32;
        self.stems.push(frostem::Stemmer::new(algorithm(self.language)).stem(word).into());
        self.known.insert(word.as_bytes(), index);
        index
    }
}

/// The Snowball algorithm of a language.
fn algorithm(language: Language) -> Algorithm {
    match language {
        Language::English => Algorithm::English,
    }
}

thread_local! {
    static STEMMER: RefCell<Stemmer> = RefCell::default();
}

/// Calls `use_it` with the thread's stemmer of the default language, whose cache
/// is kept between calls. Panics on a nested call.
pub fn with_stemmer<R>(use_it: impl FnOnce(&mut Stemmer) -> R) -> R {
    STEMMER.with_borrow_mut(use_it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_the_same_from_the_cache() {
        let mut stemmer = Stemmer::new(Language::English);
        let mut check = |word: &str, expected: &str| {
            assert_eq!(stemmer.stem(word), expected);
            assert_eq!(stemmer.stem(word), expected, "cached");
        };
        check("filming", "film");
        check("films", "film");
        check("series", "seri");
        check("7", "7");
        check("", "");
    }
}
