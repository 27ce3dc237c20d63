//! Builds the data files that newsearch ships with, from open lists.
//!
//! - `newsearch-tools gazetteer LISTS SETS OUT` builds the gazetteer from the
//!   lists under `LISTS` (NOTICE names their sources and licenses), the common
//!   words of the annotated sets and `data/known.tsv`.
//! - `newsearch-tools remakes LISTS OUT` writes the titles that more than one
//!   film has.
//! - `newsearch-tools train SETS LISTS OUT [WITHOUT]` trains the recognizer's
//!   model on the annotated sets. `WITHOUT` lists parts to leave out, for
//!   ablation.
//! - `newsearch-tools synth COUNT PATH…` prints COUNT synthetic articles made
//!   from those under the paths, to measure large archives.

mod gazetteer;
mod lists;
mod remakes;
mod synth;
mod train;

use std::path::Path;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["gazetteer", lists, sets, out] => gazetteer::build(Path::new(lists), Path::new(sets), Path::new(out)),
        ["remakes", lists, out] => remakes::build(Path::new(lists), Path::new(out)),
        ["train", sets, lists, out] => train(sets, lists, out, ""),
        ["train", sets, lists, out, without] => train(sets, lists, out, without),
        ["synth", count, ref paths @ ..] if !paths.is_empty() => {
            synth::write(count.parse()?, paths, std::io::stdout().lock())
        }
        _ => anyhow::bail!(
            "usage: newsearch-tools gazetteer LISTS SETS OUT | remakes LISTS OUT | train SETS LISTS OUT [WITHOUT] | synth COUNT PATH…"
        ),
    }
}

fn train(sets: &str, lists: &str, out: &str, without: &str) -> anyhow::Result<()> {
    train::train(Path::new(sets), Path::new(lists), Path::new(out), train::Without::parse(without)?)
}
