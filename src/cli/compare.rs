//! `newsearch compare`.

use crate::insight::By;
use crate::present::comparison;
use crate::search::Query;

use super::backend;
use super::exit::{FOUND, NOTHING};
use super::global::Global;
use super::output::Output;
use super::query::tell;

/// Count the articles about several things over time, side by side.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each argument is a query of its own; see `newsearch query --help`.\n\nExamples:\n  newsearch compare \"Tom Cruise\" \"Brad Pitt\" --by year\n  newsearch compare 'work:\"Top Gun: Maverick\"' 'work:Dune' --since 2021 --format csv"
)]
pub(super) struct Args {
    /// What to compare
    #[arg(required = true)]
    queries: Vec<String>,
    /// The length of time to count by
    #[arg(long, value_name = "TIME", default_value = "month")]
    by: ByArg,
    /// Only articles published on this day or later
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Only articles published on this day or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Match words exactly: no other word forms, no names recognized
    #[arg(long)]
    exact: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum ByArg {
    Year,
    Month,
    Day,
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let format = output.rows_format("compare")?;
    let mut base = Query { exact: args.exact, ..Query::new("") };
    args.since.iter().try_for_each(|date| base.filters.since(date))?;
    args.until.iter().try_for_each(|date| base.filters.until(date))?;
    let by = match args.by {
        ByArg::Year => By::Year,
        ByArg::Month => By::Month,
        ByArg::Day => By::Day,
    };
    let searcher = backend::open(global, output)?;
    let found = searcher.compare(&args.queries, &base, by)?;
    for text in &args.queries {
        tell(&searcher.notes_on(&Query { text: text.clone(), ..base.clone() })?, output);
    }
    comparison(output.data(), &found, format)?;
    Ok(if found.totals.iter().any(|total| *total > 0) { FOUND } else { NOTHING })
}
