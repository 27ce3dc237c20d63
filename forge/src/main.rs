//! Builds the data files that newsearch ships with, from open lists.
//!
//! `newsearch-forge gazetteer LISTS SETS OUT` reads the lists under `LISTS`
//! (NOTICE says where each comes from and under which licence) and
//! `data/known.tsv`, and writes the gazetteer.
//!
//! `newsearch-forge remakes LISTS OUT` writes the titles that several films have.
//!
//! `newsearch-forge train SETS LISTS OUT [WITHOUT]` trains the recognizer's
//! model on the annotated sets; `WITHOUT` names parts to leave out, so that
//! what each is worth can be measured.
//!
//! `newsearch-forge synth COUNT PATH…` prints so many articles made of those
//! under the paths, for measuring large archives.

mod gazetteer;
mod lists;
mod remakes;
mod synth;
mod train;

use std::path::Path;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["gazetteer", lists, common, out] => gazetteer::build(Path::new(lists), Path::new(common), Path::new(out)),
        ["remakes", lists, out] => remakes::build(Path::new(lists), Path::new(out)),
        ["train", sets, lists, out] => train(sets, lists, out, ""),
        ["train", sets, lists, out, without] => train(sets, lists, out, without),
        ["synth", count, ref paths @ ..] if !paths.is_empty() => synth::print(count.parse()?, paths),
        _ => anyhow::bail!(
            "usage: newsearch-forge gazetteer LISTS SETS OUT | remakes LISTS OUT | train SETS LISTS OUT [WITHOUT] | synth COUNT PATH…"
        ),
    }
}

fn train(sets: &str, lists: &str, out: &str, without: &str) -> anyhow::Result<()> {
    train::train(Path::new(sets), Path::new(lists), Path::new(out), train::Without::parse(without)?)
}
