//! `newsearch cast` and `newsearch roles`.

use crate::present::credit_rows;

use super::backend;
use super::exit::{FOUND, NOTHING};
use super::global::Global;
use super::lookup::named_or_written;
use super::output::Output;

/// Who did what in a work, or a person in which works.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  newsearch cast \"Mission: Impossible 7\"\n  newsearch roles \"Simon Pegg\" --format csv"
)]
pub(super) struct Args {
    /// The work, or the person, under any spelling
    name: String,
}

/// Who is in a work, and who made it, with the sentences that say so.
pub(super) fn cast(args: &Args, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    run(&format!("work:{}", args.name.trim_start_matches("work:")), true, global, output)
}

/// What a person did, with the sentences that say so.
pub(super) fn roles(args: &Args, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    run(&args.name, false, global, output)
}

fn run(name: &str, cast: bool, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let format = output.rows_format(if cast { "cast" } else { "roles" })?;
    let searcher = backend::open(global, output)?;
    let entity = named_or_written(&searcher, name)?;
    let rows = if cast { searcher.cast(entity)? } else { searcher.roles(entity)? };
    credit_rows(output.data(), &rows, format)?;
    Ok(if rows.is_empty() { NOTHING } else { FOUND })
}
