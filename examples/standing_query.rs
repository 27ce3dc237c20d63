//! A standing query: indexes a folder again on every line of standard input, and
//! prints only the articles that match and were not there before:
//! `cargo run --release --example standing_query -- news/ "Hayley Atwell"`

use std::collections::HashSet;
use std::io::BufRead;
use std::path::PathBuf;

use newsearch::{Failure, Pipeline, Progress, Query, Searcher};

struct Quiet;

impl Progress for Quiet {
    fn failure(&mut self, _: &Failure) {}
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [articles, question] = &args[..] else { return Err("usage: standing_query ARTICLES QUERY".into()) };
    let query = Query::new(question).facets(Vec::new());
    let index = tempfile::tempdir()?;
    let pipeline = Pipeline::new();

    // What identifies the articles that are known, and the last commit that was searched.
    let mut known: HashSet<u64> = HashSet::new();
    let mut last_commit = 0;
    let mut report = |is_first: bool| -> Result<(), Box<dyn std::error::Error>> {
        pipeline.index(&[PathBuf::from(articles)], index.path(), &mut Quiet)?;
        // A searcher sees the commit it was opened at, so a new one is opened.
        let searcher = Searcher::open(index.path())?;
        let new = searcher.each_new_hit(&query, (&known, last_commit), |hit| {
            if !is_first {
                println!("{}  {}", hit.published.as_deref().unwrap_or("undated"), hit.title);
            }
        })?;
        known.extend(new);
        last_commit = searcher.commit().number;
        Ok(())
    };
    report(true)?;
    println!("Press Enter to index {articles} again.");
    for line in std::io::stdin().lock().lines() {
        line?;
        report(false)?;
    }
    Ok(())
}
