//! Indexes the sample articles and asks a question:
//! `cargo run --release --example search -- "Hayley Atwell"`

use newsearch::pipeline::{Failure, Progress};
use newsearch::{Pipeline, Query, Searcher};

/// Says what was left out.
struct Report;

impl Progress for Report {
    fn failure(&mut self, failure: &Failure) {
        eprintln!("left out: {}", failure.message);
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let question = std::env::args().nth(1).unwrap_or_else(|| "Hayley Atwell".to_owned());
    let folder = tempfile::tempdir()?;
    Pipeline::new().index(&["corpus".into()], folder.path(), &mut Report)?;
    let results = Searcher::open(folder.path())?.search(&Query { limit: 3, ..Query::new(question) })?;
    println!("{} articles", results.total);
    for hit in &results.hits {
        println!("{:>2}. {}", hit.rank, hit.title);
        for snippet in &hit.snippets {
            println!("    {}", snippet.text);
        }
    }
    Ok(())
}
