//! `newsearch eval`.

mod entities;
mod search;

use super::global::Global;
use super::output::Output;

/// Score against judgments.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Eval {
    /// Score names against annotated text
    Entities(entities::Args),
    /// Score the ranking of hits against relevance judgments
    Search(search::Args),
}

pub(super) fn run(what: &Eval, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    match what {
        Eval::Entities(args) => entities::run(args, output),
        Eval::Search(args) => search::run(args, global, output),
    }
}
