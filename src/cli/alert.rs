//! `newsearch alert`: saved queries that report only new articles.

use std::fs::File;

use crate::index::{Alert, Alerts, Remedy};
use crate::present::{Answer, Format, Printer, SCHEMA, alert_line};
use crate::search::{Commit, Hit, Query, QueryRequest, Results, Searcher};
use anyhow::{Context, anyhow, bail};
use rustc_hash::FxHashSet;

use super::backend;
use super::exit::{ERROR, FOUND, NOTHING, is_closed_pipe};
use super::filters::FilterArgs;
use super::global::Global;
use super::hints;
use super::output::Output;
use super::query::tell;

/// Keep queries, and print what is new for them; they are in alerts.json in the
/// index folder, and outlive the index.
#[derive(Debug, clap::Subcommand)]
#[command(
    after_help = "Examples:\n  newsearch alert add atwell \"Hayley Atwell\"\n  newsearch alert add cannes --event \"Cannes Film Festival\" --source variety\n  newsearch index news/ --quiet && newsearch alert run   # as cron would"
)]
pub(super) enum Command {
    /// Keep a query; articles that match it now are not reported
    Add(Box<AddArgs>),
    /// List the queries
    List,
    /// Forget a query
    Remove {
        /// What it is called
        name: String,
    },
    /// Print the articles that are new since the last run, of all queries or one
    Run(RunArgs),
}

#[derive(Debug, clap::Args)]
pub(super) struct AddArgs {
    /// What to call it
    name: String,
    /// What to look for; may be left out where a filter is given
    query: Vec<String>,
    #[command(flatten)]
    filters: FilterArgs,
    /// Report the articles that match now as well, at the first run
    #[arg(long)]
    from_start: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct RunArgs {
    /// Only this query
    name: Option<String>,
    /// Report the same articles again at the next run
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(command: &Command, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let searcher = backend::open(global, output)?;
    let _lock = lock(command, global)?;
    let mut alerts = read(global)?;
    match command {
        Command::Add(args) => {
            if alerts.find(&args.name).is_some() {
                bail!("there is an alert {:?} already; remove it first", args.name);
            }
            let query = args.filters.request(&args.query.join(" "));
            let mut alert = Alert { name: args.name.clone(), query, reported: Vec::new(), last_run: None };
            // An invalid query is refused now, not by the first run.
            let query = query_of(&alert)?;
            let matching = searcher.matching_marks(&query)?;
            tell(&searcher.notes_on(&query)?, output);
            if !args.from_start {
                alert.reported = matching;
                alert.last_run = Some(commit_of(&searcher));
            }
            alerts.alerts.push(alert);
            write(&alerts, global)?;
            Ok(FOUND)
        }
        Command::List => list(&alerts, output),
        Command::Remove { name } => {
            let position = alerts.find(name).with_context(|| unknown(name))?;
            alerts.alerts.remove(position);
            write(&alerts, global)?;
            Ok(FOUND)
        }
        Command::Run(args) => run_all(args, &searcher, &mut alerts, global, output),
    }
}

/// Two runs at once would report the same articles twice.
fn lock(command: &Command, global: &Global) -> anyhow::Result<Option<File>> {
    let reads = matches!(command, Command::List | Command::Run(RunArgs { dry_run: true, .. }));
    if reads {
        return Ok(None);
    }
    let folder = backend::data_folder(global)?;
    Alerts::lock(&folder).with_context(|| format!("cannot lock {}", folder.display())).map(Some)
}

fn read(global: &Global) -> anyhow::Result<Alerts> {
    let folder = backend::data_folder(global)?;
    let path = Alerts::path(&folder);
    Alerts::read(&folder).map_err(|error| {
        let remedy = match error.raw_os_error() {
            None => hints::remedy(Remedy::MendAlerts),
            Some(_) => hints::remedy(Remedy::MakeReadable),
        };
        anyhow!("cannot read {}: {error}; {remedy}", path.display())
    })
}

fn write(alerts: &Alerts, global: &Global) -> anyhow::Result<()> {
    let folder = backend::data_folder(global)?;
    alerts.write(&folder).with_context(|| format!("cannot write {}", Alerts::path(&folder).display()))
}

fn unknown(name: &str) -> String {
    format!("there is no alert {name:?}; `newsearch alert list` shows those there are")
}

fn query_of(alert: &Alert) -> anyhow::Result<Query> {
    let request: QueryRequest =
        serde_json::from_value(alert.query.clone()).with_context(|| format!("the query of alert {:?}", alert.name))?;
    let query = request.apply(&Query::new(""))?;
    Ok(Query { facets: Vec::new(), ..query })
}

fn list(alerts: &Alerts, output: &mut Output) -> anyhow::Result<u8> {
    let format = output.format();
    for alert in &alerts.alerts {
        match format {
            Format::Human => writeln!(output.data(), "{}  {}", alert.name, alert.query)?,
            _ => {
                let line = serde_json::json!({"schema": SCHEMA, "name": alert.name, "query": alert.query});
                writeln!(output.data(), "{line}")?;
            }
        }
    }
    Ok(if alerts.alerts.is_empty() { NOTHING } else { FOUND })
}

/// Runs alerts; one that fails does not stop the others.
fn run_all(
    args: &RunArgs,
    searcher: &Searcher,
    alerts: &mut Alerts,
    global: &Global,
    output: &mut Output,
) -> anyhow::Result<u8> {
    if let Some(name) = &args.name {
        alerts.find(name).with_context(|| unknown(name))?;
    }
    let (mut found, mut failed) = (false, false);
    let asked = |alert: &&mut Alert| args.name.as_ref().is_none_or(|name| *name == alert.name);
    for alert in alerts.alerts.iter_mut().filter(asked) {
        match run_one(alert, searcher, output) {
            Ok(new) => found |= new > 0,
            Err(error) if is_closed_pipe(&error) => return Err(error),
            Err(error) => {
                output.error(&format!("alert {:?}: {}", alert.name, hints::describe(&error)));
                failed = true;
            }
        }
    }
    // Alerts are saved only after their output was written, so that nothing is lost.
    output.finish()?;
    if !args.dry_run {
        write(alerts, global)?;
    }
    Ok(if failed {
        ERROR
    } else if found {
        FOUND
    } else {
        NOTHING
    })
}

fn run_one(alert: &mut Alert, searcher: &Searcher, output: &mut Output) -> anyhow::Result<usize> {
    let known: FxHashSet<u64> = alert.reported.iter().copied().collect();
    let query = query_of(alert)?;
    let printer = output.printer(false);
    let (mut new, mut written) = (0, Ok(()));
    let last_run = commit_of(searcher);
    let since = match alert.last_run {
        Some((index, number)) if index == last_run.0 => number,
        _ => 0,
    };
    let reported = searcher.each_new_hit(&query, (&known, since), |hit| {
        new += 1;
        if written.is_ok() {
            written = print(output, &printer, (&alert.name, new == 1), &query, hit);
        }
    })?;
    written?;
    alert.reported.extend(reported.into_iter().filter(|mark| !known.contains(mark)));
    alert.last_run = Some(last_run);
    Ok(new)
}

/// The index, and the number of its last commit.
fn commit_of(searcher: &Searcher) -> (u64, u64) {
    let Commit { index, number } = searcher.commit();
    (index, number)
}

/// Prints a hit; before the first one of an alert, in human output, its name.
fn print(
    output: &mut Output,
    printer: &Printer,
    (name, is_first): (&str, bool),
    query: &Query,
    hit: Hit,
) -> std::io::Result<()> {
    if matches!(printer.format, Format::Json | Format::Jsonl) {
        return alert_line(output.data(), name, &hit);
    }
    if printer.format == Format::Human && is_first {
        writeln!(output.data(), "{name}")?;
    }
    let results = Results { hits: vec![hit], ..Results::default() };
    let answer = Answer { id: Some(name), query: &query.text, took: std::time::Duration::ZERO, results: &results };
    printer.hits(output.data(), &answer)
}
