//! `newsearch similar`.

use std::time::Instant;

use crate::present::Answer;
use crate::search::Results;

use super::backend;
use super::exit::{FOUND, NOTHING};
use super::global::Global;
use super::output::Output;

/// Find articles like another: by the names they share, and by rare words.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  newsearch similar corpus/film/top-gun-maverick-finally-lands.txt -n 5")]
pub(super) struct Args {
    /// The article's id, as `query --format json` prints it
    id: String,
    /// Articles to print
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let searcher = backend::open(global, output)?;
    let started = Instant::now();
    let Some(hits) = searcher.similar(&args.id, args.limit)? else {
        output.note(&format!("no article has the id {:?}", args.id));
        return Ok(NOTHING);
    };
    let results =
        Results { total: hits.len(), complete: hits.len(), hits, copies_counted: false, ..Results::default() };
    let printer = output.printer(false);
    printer.start(output.data(), false)?;
    printer.answer(output.data(), &Answer { id: None, query: &args.id, took: started.elapsed(), results: &results })?;
    Ok(if results.total > 0 { FOUND } else { NOTHING })
}
