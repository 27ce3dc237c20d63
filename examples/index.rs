//! Indexes a folder and lists what could not be read:
//! `cargo run --release --example index -- corpus/ /tmp/archive`

use std::path::{Path, PathBuf};
use std::time::Duration;

use newsearch::{Failure, Pipeline, Progress};

/// Collects the files and records that were left out.
#[derive(Default)]
struct Failures(Vec<Failure>);

impl Progress for Failures {
    fn failure(&mut self, failure: &Failure) {
        self.0.push(failure.clone());
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(articles), Some(index)) = (args.next(), args.next()) else {
        return Err("usage: index ARTICLES INDEX".into());
    };
    let mut failures = Failures::default();
    let summary = Pipeline::new().index(&[articles], Path::new(&index), &mut failures)?;
    // The second run over the same folder reads only files that have changed.
    println!("{} articles from {} files, {} unchanged", summary.articles, summary.files, summary.unchanged);
    println!("{} names, {} bytes on disk", summary.names, summary.index_bytes);
    println!("{:.1} s", Duration::as_secs_f64(&summary.elapsed));
    for failure in &failures.0 {
        println!("left out ({}): {}", failure.reason, failure.message);
    }
    Ok(())
}
