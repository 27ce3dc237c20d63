//! `newsearch trends`.

use crate::article::EntityKind;
use crate::insight::TrendsRequest;
use crate::present::trends;
use crate::search::Filters;
use anyhow::bail;

use super::backend;
use super::exit::{FOUND, NOTHING};
use super::global::Global;
use super::output::Output;

/// Print the names whose coverage rose most against their own past.
///
/// The share of stories that name them in the days asked about is compared
/// with that of all days before; copies of a story count once. Names are
/// ranked by the log-likelihood ratio of the two shares (Dunning 1993); of all
/// names tested those are printed that keep false ones at 5 percent (Benjamini
/// and Hochberg 1995).
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  newsearch trends --since 2022-03 --until 2022-03\n  newsearch trends --since 2023 --kind work -n 50 --format csv"
)]
pub(super) struct Args {
    /// The first day of the time asked about: 2022, 2022-03, 2022-03-25
    #[arg(long, value_name = "DATE")]
    since: String,
    /// Its last day; else the last of the archive
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Only names of this kind
    #[arg(long, value_name = "KIND")]
    kind: Option<EntityKind>,
    /// Only names in so many stories of that time, or more
    #[arg(long, value_name = "N", default_value_t = 3)]
    least: u32,
    /// Names to print
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let format = output.rows_format("trends")?;
    let mut days = Filters::default();
    days.since(&args.since)?;
    args.until.iter().try_for_each(|date| days.until(date))?;
    let (since, until) = (days.since.unwrap_or(0), days.until.unwrap_or(u64::MAX));
    if until < since {
        bail!("--until is before --since: no day is between them");
    }
    let searcher = backend::open(global, output)?;
    let mut found = searcher.trends(&TrendsRequest { since, until, kind: args.kind, least: args.least })?;
    if found.before == 0 && found.stories > 0 {
        output.note("no story is older than that: there is nothing to compare with");
    }
    found.names.truncate(args.limit);
    trends(output.data(), &found, format)?;
    Ok(if found.names.is_empty() { NOTHING } else { FOUND })
}
