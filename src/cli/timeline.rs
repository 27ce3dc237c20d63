//! `newsearch timeline`.

use std::path::PathBuf;

use crate::files::write_output;
use crate::insight::TimelineRequest;
use crate::present::{release_date_chart, timeline};
use crate::report::EventKind;
use crate::search::Filters;
use anyhow::{Context, bail};

use super::backend;
use super::exit::{FOUND, NOTHING};
use super::global::Global;
use super::lookup::unknown;
use super::output::Output;

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
    let format = output.rows_format("timeline")?;
    let mut days = Filters::default();
    args.since.iter().try_for_each(|date| days.since(date))?;
    args.until.iter().try_for_each(|date| days.until(date))?;
    let searcher = backend::open(global, output)?;
    let entity = searcher.work_or_other(&args.name).ok_or_else(|| unknown(&searcher, &args.name))?;
    let found = searcher.timeline(entity, &TimelineRequest { what: args.what, days })?;
    if let Some(file) = &args.svg {
        let Some(chart) = release_date_chart(&found) else {
            bail!("no statement of {:?} has a date to draw", found.name)
        };
        write_output(file, chart.as_bytes()).with_context(|| format!("cannot write {}", file.display()))?;
    }
    timeline(output.data(), &found, format)?;
    Ok(if found.rows.is_empty() && found.undated.is_empty() { NOTHING } else { FOUND })
}
