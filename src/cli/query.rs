//! `newsearch query`.

use std::time::Instant;

use newsearch::present::Answer;

use super::filters::FilterArgs;
use super::output::Output;
use super::{FOUND, Global, NOTHING};

/// Find articles by words, names and dates.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Words are all wanted; \"phrases\" stand as they are; +word must be there, -word must not.\n\nExamples:\n  newsearch query \"Hayley Atwell\"\n  newsearch query '\"Top Gun\" -maverick' --sort newest\n  newsearch query --person \"Tom Cruise\" --facets work:5\n  newsearch query premiere --format paths --null | xargs -0 grep -l Paris"
)]
pub(super) struct Args {
    /// What to look for; may be left out where a filter is given
    query: Vec<String>,
    #[command(flatten)]
    filters: FilterArgs,
    /// With --format paths: end each with NUL instead of a newline
    #[arg(long, short = '0')]
    null: bool,
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let text = args.query.join(" ");
    let query = args.filters.query(&text)?;
    let began = Instant::now();
    let searcher = super::open(global, output)?;
    let opened = began.elapsed();
    let started = Instant::now();
    let results = searcher.search(&query)?;
    let took = started.elapsed();
    output.detail(|| {
        format!("opened in {:.1} ms, searched in {:.1} ms", opened.as_secs_f64() * 1e3, took.as_secs_f64() * 1e3)
    });
    let answer = Answer { id: None, query: &text, took, results: &results };
    let printer = output.printer(args.null);
    printer.start(output.data(), false)?;
    printer.answer(output.data(), &answer)?;
    Ok(if results.total > 0 { FOUND } else { NOTHING })
}
