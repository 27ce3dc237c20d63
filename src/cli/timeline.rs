//! `newsearch timeline`.

use std::path::PathBuf;

use anyhow::{Context, bail};
use newsearch::files::write_output;
use newsearch::insight::TimelineRequest;
use newsearch::present::{slip_chart, timeline};
use newsearch::report::EventKind;
use newsearch::search::Filters;

use super::entities::{rows_format, unknown};
use super::output::Output;
use super::{FOUND, Global, NOTHING};

/// Print what articles stated of a work or person, and when
///
/// Releases and their changes, delays, filming, casting, cancellations, awards.
/// Statements are in the order of the articles' dates; runs of equal ones are
/// one row, changes and contradictions are marked.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  newsearch timeline \"Mission: Impossible 7\" --what release\n  newsearch timeline \"Tom Cruise\" --since 2021\n  newsearch timeline \"Mission: Impossible 7\" --svg dates.svg"
)]
pub(super) struct Args {
    /// The work or person, under any spelling
    name: String,
    /// Only statements of this: release (with premiere and streaming),
    /// premiere, streaming, delay, filming-began, filming-wrapped, cancelled,
    /// renewed, casting, exit, award, nomination
    #[arg(long, value_name = "WHAT")]
    what: Option<EventKind>,
    /// Only what articles published on this day or later state
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Only what articles published on this day or earlier state
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Draw the dates into this file, too
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let format = rows_format(output, "timeline")?;
    let mut days = Filters::default();
    args.since.iter().try_for_each(|date| days.since(date))?;
    args.until.iter().try_for_each(|date| days.until(date))?;
    let searcher = super::open(global, output)?;
    let entity = searcher.work_or_other(&args.name).ok_or_else(|| unknown(&searcher, &args.name))?;
    let found = searcher.timeline(entity, &TimelineRequest { what: args.what, days })?;
    if let Some(file) = &args.svg {
        let Some(chart) = slip_chart(&found) else { bail!("no statement of {:?} has a date to draw", found.name) };
        write_output(file, chart.as_bytes()).with_context(|| format!("cannot write {}", file.display()))?;
    }
    timeline(output.data(), &found, format)?;
    Ok(if found.rows.is_empty() && found.undated.is_empty() { NOTHING } else { FOUND })
}
