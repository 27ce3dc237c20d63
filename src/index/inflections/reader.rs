//! Reading the file of inflections.

use std::path::Path;

use fst::{IntoStreamer, Streamer};
use tantivy::directory::OwnedBytes;

use crate::index::error::IndexError;
use crate::index::mmap::map_file;

use super::pair::{AFTER_DATES, COMPOUND, DATES, SEPARATOR};

/// The inflections of a commit, in a memory-mapped file.
pub struct Inflections {
    pub(super) pairs: fst::Set<OwnedBytes>,
}

impl Inflections {
    /// Opens the file `path` of an index folder.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] where it does not parse.
    pub fn open(folder: &Path, path: &Path) -> Result<Self, IndexError> {
        let pairs = fst::Set::new(map_file(folder, path)?);
        Ok(Self { pairs: pairs.map_err(|error| IndexError::damaged(path, error.to_string()))? })
    }

    /// The words of a stem, sorted, but for the stem itself, which comes first,
    /// though no article may have it. It may be a word of another stem, and is
    /// searched for too: “professional” (stem “profession”) finds “profession”
    /// (stem “profess”).
    pub fn of(&self, stem: &str) -> Vec<String> {
        std::iter::once(stem.to_owned()).chain(self.listed(stem)).collect()
    }

    /// The words of a compound that the archive writes with hyphens, each way they are
    /// parted: “spider man” of “spiderman”.
    pub fn of_compound(&self, joined: &str) -> Vec<String> {
        self.listed(&format!("{COMPOUND}{joined}"))
    }

    /// The words that are listed for a stem.
    fn listed(&self, stem: &str) -> Vec<String> {
        let mut key = stem.as_bytes().to_vec();
        key.push(SEPARATOR);
        let mut after = key.clone();
        after.push(u8::MAX);
        let mut words = Vec::new();
        let mut stream = self.pairs.range().ge(&key).lt(&after).into_stream();
        while let Some(pair) = stream.next() {
            let word = pair.get(key.len()..).and_then(|word| std::str::from_utf8(word).ok());
            words.extend(word.filter(|word| *word != stem).map(str::to_owned));
        }
        words
    }

    /// Hands every word of an archive to `each`; of a catalog only, for others
    /// do not list the words that are their own stems.
    pub fn each_word(&self, mut each: impl FnMut(&str)) {
        let mut stream = self.pairs.range().ge(AFTER_DATES).into_stream();
        while let Some(pair) = stream.next() {
            let word = pair.iter().position(|byte| *byte == SEPARATOR).and_then(|at| pair.get(at + 1..));
            if let Some(word) = word.and_then(|word| std::str::from_utf8(word).ok()) {
                each(word);
            }
        }
    }

    /// The terms of the dates that the articles of a catalog mention, sorted.
    pub fn dates(&self) -> Vec<String> {
        self.listed(DATES)
    }
}
