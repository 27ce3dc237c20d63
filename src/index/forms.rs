//! The written forms of stems: “releases” and “released” of “releas”.
//!
//! Postings are those of words as they are written. What is searched for by
//! its stem is looked for by all forms that some article has; which these are
//! stands in a file of its own, a set of `stem NUL form` sorted by bytes, so
//! that no word is posted twice.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;

use fst::{IntoStreamer, Streamer};
use rustc_hash::FxHashSet;
use tantivy::directory::OwnedBytes;

use crate::article::stable_hash;
use crate::segment::Stemmer;

use super::IndexError;
use super::layout::write_synced;
use super::names_file::map_file;

/// Parts a stem from its form; folded words hold no NUL.
const BETWEEN: u8 = 0;
/// In place of a stem before the terms of dates; words hold no such character.
const DATES: u8 = 1;

/// The forms of a commit, in a memory-mapped file.
pub struct Forms {
    pairs: fst::Set<OwnedBytes>,
}

impl Forms {
    /// Opens the forms file `path` of an index folder.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] where it is none.
    pub fn open(folder: &Path, path: &Path) -> Result<Self, IndexError> {
        let damaged = |error: fst::Error| IndexError::Damaged { path: path.into(), what: error.to_string() };
        Ok(Self { pairs: fst::Set::new(map_file(folder, path)?).map_err(damaged)? })
    }

    /// The words of a stem, sorted, but for the stem itself, which comes first,
    /// though no article may have it. It may be a word of another stem, and is
    /// sought too: “professional” (stem “profession”) finds “profession” (stem
    /// “profess”).
    pub fn of(&self, stem: &str) -> Vec<String> {
        std::iter::once(stem.to_owned()).chain(self.listed(stem)).collect()
    }

    /// What is listed of a stem.
    fn listed(&self, stem: &str) -> Vec<String> {
        let mut key = stem.as_bytes().to_vec();
        key.push(BETWEEN);
        let mut after = key.clone();
        after.push(u8::MAX);
        let mut forms = Vec::new();
        let mut stream = self.pairs.range().ge(&key).lt(&after).into_stream();
        while let Some(pair) = stream.next() {
            let form = pair.get(key.len()..).and_then(|form| std::str::from_utf8(form).ok());
            forms.extend(form.filter(|form| *form != stem).map(str::to_owned));
        }
        forms
    }

    /// Hands every word of an archive to `each`; of a catalog only, for others
    /// lack the words that are their own stems.
    pub fn each_word(&self, mut each: impl FnMut(&str)) {
        let mut stream = self.pairs.range().ge([DATES + 1]).into_stream();
        while let Some(pair) = stream.next() {
            let form = pair.iter().position(|byte| *byte == BETWEEN).and_then(|at| pair.get(at + 1..));
            if let Some(form) = form.and_then(|form| std::str::from_utf8(form).ok()) {
                each(form);
            }
        }
    }

    /// The terms of the dates that the articles of a catalog speak of, sorted.
    pub fn dates(&self) -> Vec<String> {
        self.listed("\u{1}")
    }
}

/// A word, and what is listed of it.
#[derive(Debug)]
pub(super) struct Form {
    word: u64,
    /// Its stem and itself; none where they are the same.
    pair: Option<Vec<u8>>,
}

/// The same for a catalog: words that are their own stems are listed too.
pub(super) fn vocabulary<'a>(words: impl Iterator<Item = &'a str>, stemmer: &mut Stemmer) -> Vec<Form> {
    words.map(|word| Form::listed(stemmer.stem(word), word)).collect()
}

impl Form {
    /// A date's term, in a catalog.
    pub fn date(term: &str) -> Self {
        Self::listed("\u{1}", term)
    }

    fn listed(stem: &str, word: &str) -> Self {
        let mut pair = Vec::with_capacity(stem.len() + 1 + word.len());
        pair.extend_from_slice(stem.as_bytes());
        pair.push(BETWEEN);
        pair.extend_from_slice(word.as_bytes());
        Self { word: stable_hash(word.as_bytes()), pair: Some(pair) }
    }
}

/// Slots of [`Noted`]: 1 MB.
const SLOTS: usize = 1 << 17;

/// Words of which an index has noted the forms, by their hashes: nearly all
/// words of an article have been met before. A word has one slot, which it
/// loses to another one: whoever is not there may be noted all the same.
#[derive(Debug)]
pub struct Noted(Box<[AtomicU64]>);

impl Default for Noted {
    fn default() -> Self {
        Self((0..SLOTS).map(|_| AtomicU64::new(0)).collect())
    }
}

impl Noted {
    fn slot(&self, word: u64) -> &AtomicU64 {
        &self.0[word as usize % SLOTS]
    }

    /// The forms to note of words, each once, as [`FormsBuilder`] takes them.
    pub(super) fn new_of<'a>(&self, words: impl Iterator<Item = &'a str>, stemmer: &mut Stemmer) -> Vec<Form> {
        let form = |text: &str| {
            let word = stable_hash(text.as_bytes());
            let is_new = self.slot(word).load(Relaxed) != word;
            is_new.then(|| match stemmer.stem(text) {
                stem if stem == text => Form { word, pair: None },
                stem => Form::listed(stem, text),
            })
        };
        words.filter_map(form).collect()
    }
}

/// Collects forms while articles are added.
#[derive(Debug, Default)]
pub(super) struct FormsBuilder {
    /// The file of the commit before.
    before: Option<fst::Set<OwnedBytes>>,
    /// Hashes of all pairs met in this run.
    met: FxHashSet<u64>,
    new: Vec<Vec<u8>>,
    /// The words that need not come again.
    pub noted: Arc<Noted>,
}

impl FormsBuilder {
    /// Goes on from an earlier commit.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] where the file is none.
    pub fn resume(folder: &Path, path: &Path) -> Result<Self, IndexError> {
        Ok(Self { before: Some(Forms::open(folder, path)?.pairs), ..Self::default() })
    }

    /// Adds those of an article.
    pub fn add(&mut self, forms: Vec<Form>) {
        for Form { word, pair } in forms {
            if let Some(pair) = pair.filter(|pair| self.met.insert(stable_hash(pair))) {
                self.new.push(pair);
            }
            self.noted.slot(word).store(word, Relaxed);
        }
    }

    /// Writes the file and returns its CRC-32.
    ///
    /// # Errors
    /// [`IndexError::Io`].
    pub fn write(&mut self, folder: &Path, path: &Path) -> Result<u32, IndexError> {
        self.new.sort_unstable();
        let bytes = self.joined().map_err(|error| IndexError::io(path)(std::io::Error::other(error)))?;
        let sum = write_synced(path, &bytes)?;
        self.new.clear();
        self.before = Some(Forms::open(folder, path)?.pairs);
        Ok(sum)
    }

    fn joined(&self) -> Result<Vec<u8>, fst::Error> {
        let new = fst::Set::from_iter(&self.new)?;
        let Some(before) = &self.before else { return Ok(new.into_fst().into_inner()) };
        let mut set = fst::SetBuilder::memory();
        set.extend_stream(fst::set::OpBuilder::new().add(&new).add(before).union())?;
        set.into_inner()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_commits_add_forms() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |commit: u32| folder.path().join(format!("forms-{commit}.bin"));
        let mut stemmer = Stemmer::default();
        let mut add = |builder: &mut FormsBuilder, words: [&str; 3]| {
            let forms = builder.noted.new_of(words.into_iter(), &mut stemmer);
            let count = forms.len();
            builder.add(forms);
            count
        };
        let mut builder = FormsBuilder::default();
        assert_eq!(add(&mut builder, ["released", "film", "made"]), 3);
        assert_eq!(add(&mut builder, ["film", "released", "happily"]), 1);
        builder.write(folder.path(), &path(1)).expect("written");
        let mut builder = FormsBuilder::resume(folder.path(), &path(1)).expect("read");
        assert_eq!(add(&mut builder, ["releases", "released", "happier"]), 3);
        builder.write(folder.path(), &path(2)).expect("written");
        let forms = Forms::open(folder.path(), &path(2)).expect("read");
        assert_eq!(forms.of("releas"), ["releas", "released", "releases"]);
        assert_eq!(forms.of("film"), ["film"]);
        assert_eq!(forms.of("happili"), ["happili", "happily"]);
    }
}
