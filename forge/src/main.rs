//! Builds the data files that newsearch ships with, from open lists.
//!
//! `newsearch-forge gazetteer LISTS OUT` reads the lists under `LISTS`
//! (NOTICE says where each comes from and under which licence) and
//! `data/known.tsv`, and writes the gazetteer.

mod gazetteer;
mod lists;

use std::path::Path;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["gazetteer", lists, common, out] => gazetteer::build(Path::new(lists), Path::new(common), Path::new(out)),
        _ => anyhow::bail!("usage: newsearch-forge gazetteer LISTS NER_SETS OUT"),
    }
}
