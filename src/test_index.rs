//! A small index on disk for unit tests.

use std::fs;
use std::path::PathBuf;

use crate::pipeline::{Failure, Pipeline, Progress};
use crate::search::Searcher;

/// Three short articles, oldest first.
const ARTICLES: [&str; 3] = [
    "Maren Holt wins the lead\n\nJanuary 3, 2020\n\nActress Maren Holt will star in “The Glass Harbor,” the studio said \
     on Friday. “We searched for a year,” director Ivo Brandt said. “The harbor is the real star.”\n\nMaren Holt \
     trained with sailors for the role.",
    "Premiere of The Glass Harbor\n\nMay 9, 2021\n\nThe premiere of “The Glass Harbor” drew a crowd in Rotterdam. \
     Maren Holt arrived by boat, and director Ivo Brandt followed. Critics praised the success of the film.",
    "A quiet season for sailing films\n\nJune 2, 2022\n\nFew films about sailors opened this season. Successes were \
     rare, and the harbor cinema in Rotterdam closed. The succession of its owner is not decided.",
];

struct Quiet;

impl Progress for Quiet {
    fn failure(&mut self, failure: &Failure) {
        panic!("{}", failure.message);
    }
}

/// An index of [`ARTICLES`], removed when it is dropped.
pub(crate) struct TestIndex {
    folder: PathBuf,
    pub searcher: Searcher,
}

impl TestIndex {
    /// `name` must differ between tests, which run at the same time.
    pub fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("newsearch-unit-{name}-{}", std::process::id()));
        let (corpus, index) = (folder.join("corpus"), folder.join("index"));
        fs::create_dir_all(&corpus).expect("a folder");
        for (number, article) in ARTICLES.iter().enumerate() {
            fs::write(corpus.join(format!("{number}.txt")), article).expect("a file");
        }
        Pipeline::new().index(&[corpus], &index, &mut Quiet).expect("an index");
        let searcher = Searcher::open(&index).expect("a searcher");
        Self { folder, searcher }
    }
}

impl Drop for TestIndex {
    fn drop(&mut self) {
        // A folder that stays behind in the temporary directory does no harm.
        _ = fs::remove_dir_all(&self.folder);
    }
}
