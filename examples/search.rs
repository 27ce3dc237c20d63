//! Indexes the sample articles, asks a question, and prints hits with their
//! snippets, then facets:
//! `cargo run --release --example search -- "Hayley Atwell"`

use newsearch::{FacetRequest, Failure, Pipeline, Progress, Query, Searcher};

/// Prints what was left out.
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
    let searcher = Searcher::open(folder.path())?;
    let facets = FacetRequest::parse_list("person:5,work:5,year:5")?;
    let results = searcher.search(&Query::new(question).limit(3).facets(facets))?;
    println!("{} articles", results.total);
    for hit in &results.hits {
        println!("{:>2}. {}", hit.rank, hit.title);
        for snippet in &hit.snippets {
            println!("    {}", snippet.text);
        }
    }
    for (kind, counts) in &results.facets.kinds {
        let counts: Vec<String> = counts.iter().map(|count| format!("{} ({})", count.name, count.docs)).collect();
        println!("{}: {}", kind.as_str(), counts.join(", "));
    }
    Ok(())
}
