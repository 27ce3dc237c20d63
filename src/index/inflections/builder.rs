//! Collecting inflections while articles are added.

use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashSet;
use tantivy::directory::OwnedBytes;

use crate::article::stable_hash;
use crate::files::write_synced;
use crate::index::error::IndexError;

use super::pair::WordStem;
use super::reader::Inflections;
use super::seen_words::SeenWords;

/// Collects inflections while articles are added.
#[derive(Debug, Default)]
pub(in crate::index) struct InflectionsBuilder {
    /// The file of the commit before.
    before: Option<fst::Set<OwnedBytes>>,
    /// Hashes of all pairs added by this process.
    added: FxHashSet<u64>,
    new: Vec<Vec<u8>>,
    /// The words whose stems need not be added again.
    pub seen: Arc<SeenWords>,
}

impl InflectionsBuilder {
    /// Continues from an earlier commit.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] where the file does not parse.
    pub fn resume(folder: &Path, path: &Path) -> Result<Self, IndexError> {
        Ok(Self { before: Some(Inflections::open(folder, path)?.pairs), ..Self::default() })
    }

    /// Adds those of an article.
    pub fn add(&mut self, words: Vec<WordStem>) {
        for WordStem { word, pair } in words {
            if let Some(pair) = pair.filter(|pair| self.added.insert(stable_hash(pair))) {
                self.new.push(pair);
            }
            self.seen.insert(word);
        }
    }

    /// Writes the file and returns its CRC-32.
    ///
    /// # Errors
    /// [`IndexError::Io`].
    pub fn write(&mut self, folder: &Path, path: &Path) -> Result<u32, IndexError> {
        self.new.sort_unstable();
        let bytes = self.merged().map_err(|error| IndexError::io(path)(std::io::Error::other(error)))?;
        let sum = write_synced(path, &bytes).map_err(IndexError::io(path))?;
        self.new.clear();
        self.before = Some(Inflections::open(folder, path)?.pairs);
        Ok(sum)
    }

    fn merged(&self) -> Result<Vec<u8>, fst::Error> {
        let new = fst::Set::from_iter(&self.new)?;
        let Some(before) = &self.before else { return Ok(new.into_fst().into_inner()) };
        let mut set = fst::SetBuilder::memory();
        set.extend_stream(fst::set::OpBuilder::new().add(&new).add(before).union())?;
        set.into_inner()
    }
}

#[cfg(test)]
mod tests {
    use super::super::pair::vocabulary;
    use super::*;
    use crate::segment::Stemmer;

    #[test]
    fn later_commits_add_words() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |commit: u32| folder.path().join(format!("forms-{commit}.bin"));
        let mut stemmer = Stemmer::default();
        let mut add = |builder: &mut InflectionsBuilder, words: [&str; 3]| {
            let unseen = builder.seen.unseen(words.into_iter(), &mut stemmer);
            let count = unseen.len();
            builder.add(unseen);
            count
        };
        let mut builder = InflectionsBuilder::default();
        assert_eq!(add(&mut builder, ["released", "film", "made"]), 3);
        assert_eq!(add(&mut builder, ["film", "released", "happily"]), 1);
        let compounds = |builder: &mut InflectionsBuilder| {
            let compounds = [("spiderman", "spider man")].map(|(one, words)| (one.to_owned(), words.to_owned()));
            let unseen = builder.seen.unseen_compounds(compounds.into_iter());
            let count = unseen.len();
            builder.add(unseen);
            count
        };
        assert_eq!((compounds(&mut builder), compounds(&mut builder)), (1, 0));
        builder.write(folder.path(), &path(1)).expect("written");
        let mut builder = InflectionsBuilder::resume(folder.path(), &path(1)).expect("read");
        assert_eq!(add(&mut builder, ["releases", "released", "happier"]), 3);
        builder.write(folder.path(), &path(2)).expect("written");
        let inflections = Inflections::open(folder.path(), &path(2)).expect("read");
        assert_eq!(inflections.of("releas"), ["releas", "released", "releases"]);
        assert_eq!(inflections.of("film"), ["film"]);
        assert_eq!(inflections.of("happili"), ["happili", "happily"]);
        assert!(inflections.dates().is_empty());
        assert_eq!(inflections.of_compound("spiderman"), ["spider man"]);
        assert!(inflections.of_compound("spider").is_empty());
        std::fs::write(path(3), "x").expect("written");
        assert!(matches!(Inflections::open(folder.path(), &path(3)), Err(IndexError::Damaged { .. })));
    }

    #[test]
    fn a_catalog_lists_all_words_and_dates() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("forms-1.bin");
        let mut builder = InflectionsBuilder::default();
        builder.add(vocabulary(["films", "film", "élan"].into_iter(), &mut Stemmer::default()));
        builder.add(vec![WordStem::date("20230714"), WordStem::date("20190101-20191231")]);
        builder.write(folder.path(), &path).expect("written");
        let inflections = Inflections::open(folder.path(), &path).expect("read");
        let mut words = Vec::new();
        inflections.each_word(|word| words.push(word.to_owned()));
        assert_eq!(words, ["film", "films", "élan"]);
        assert_eq!(inflections.dates(), ["20190101-20191231", "20230714"]);
        assert_eq!(inflections.of("film"), ["film", "films"]);
    }
}
