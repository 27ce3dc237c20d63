//! The archive of the four news sets.

use std::path::PathBuf;
use std::process::Command;

use newsearch::{Failure, Pipeline, Progress, Searcher};

use crate::support::shared;

struct Quiet;

impl Progress for Quiet {
    fn failure(&mut self, _: &Failure) {}
}

/// An index of the four news sets: the one that `NEWSEARCH_NEWS_INDEX` names, else one
/// made for this test.
pub fn news() -> Searcher {
    if let Some(folder) = std::env::var_os("NEWSEARCH_NEWS_INDEX") {
        return Searcher::open(&PathBuf::from(folder)).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let bbc = folder.path().join("bbc");
    std::fs::create_dir(&bbc).unwrap();
    let packed = shared("data/news/bbc.tar.xz");
    assert!(Command::new("tar").arg("xf").arg(packed).arg("-C").arg(&bbc).status().unwrap().success());
    let sets = ["entertainment", "general", "huffpost"].map(|name| shared(&format!("data/news/{name}.jsonl.gz")));
    let paths: Vec<PathBuf> = sets.into_iter().chain([bbc]).collect();
    let index = folder.path().join("index");
    Pipeline::new().index(&paths, &index, &mut Quiet).unwrap();
    // What is open stays readable when the folder is gone.
    Searcher::open(&index).unwrap()
}
