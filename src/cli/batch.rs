//! `newsearch batch`.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::pipeline::ordered;
use crate::present::{Answer, Format, Printer, answer_diff, answer_diff_header, error_line};
use crate::read::decode;
use crate::search::{AnswerDiff, Query, QueryRequest, Results, Searcher};
use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};

use super::backend;
use super::earlier::EarlierRun;
use super::exit::{ERROR, FOUND, NOTHING};
use super::filters::FilterArgs;
use super::global::Global;
use super::hints;
use super::output::Output;

/// Answer many queries, one a line
///
/// All cores work; answers come in the order of the lines, each as soon as it
/// and those before it are there.
///
/// A line is a query as one would type it, or a JSON object with `query`, an
/// `id` and filters of its own: {"id":"q7","query":"premiere","person":"Tom Cruise"}.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  newsearch batch queries.txt > answers.jsonl\n  newsearch batch topics.jsonl --format trec --limit 1000 > run.txt\n  newsearch batch queries.txt --diff answers.jsonl   # what has changed since\n  echo 'Hayley Atwell' | newsearch batch --facets none"
)]
pub(super) struct Args {
    /// The queries; `-` or none is standard input
    file: Option<PathBuf>,
    /// Print what has changed since an earlier run: the answers it printed as
    /// jsonl, with the same --limit (jsonl, csv or human)
    #[arg(long, value_name = "OLD.jsonl")]
    diff: Option<PathBuf>,
    #[command(flatten)]
    filters: FilterArgs,
}

/// The outcome of one line.
enum Outcome {
    /// Answered, and already formatted.
    Printed { text: Vec<u8>, found: bool },
    /// Answered; compared with the earlier run when its turn comes.
    Compared { id: String, query: String, results: Box<Results> },
    /// Not a query, or not answered: the line printed in its place, and why.
    Failed { text: Vec<u8>, reason: String },
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let base = args.filters.query("")?;
    let earlier = args.diff.as_deref().map(EarlierRun::open).transpose()?;
    let searcher = backend::open(global, output)?;
    let input = open(args.file.as_deref())?;
    let printer = output.printer(false);
    match (&earlier, printer.format) {
        (None, _) => printer.start(output.data(), true)?,
        (Some(_), Format::Human | Format::Jsonl | Format::Csv) => answer_diff_header(output.data(), printer.format)?,
        _ => bail!("--diff prints jsonl, csv or human"),
    }
    let bar = progress(output);
    let mut written = OutcomeWriter { output, printer, earlier, bar, worst: NOTHING, result: Ok(()) };
    let lines = LineSearch { base: &base, searcher: &searcher, printer: &printer, compare: args.diff.is_some() };
    ordered::run(
        |push| {
            for (number, line) in input.split(b'\n').enumerate() {
                let weight = line.as_ref().map_or(0, Vec::len);
                push(weight, (number + 1, line));
            }
        },
        |(number, line)| (number, lines.answer(number, line)),
        |(number, outcome)| written.take(number, outcome),
    );
    written.bar.finish_and_clear();
    written.result?;
    Ok(written.worst)
}

/// A progress bar; hidden where answers go to the same terminal.
fn progress(output: &Output) -> ProgressBar {
    if !output.shows_progress() || io::stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {human_pos} queries, {per_sec}, {elapsed}");
    ProgressBar::no_length().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}

fn open(file: Option<&Path>) -> anyhow::Result<Box<dyn BufRead + Send>> {
    match file {
        None => Ok(Box::new(BufReader::new(io::stdin()))),
        Some(path) if path.as_os_str() == "-" => Ok(Box::new(BufReader::new(io::stdin()))),
        Some(path) => {
            let file = File::open(path).with_context(|| format!("cannot read the queries in {}", path.display()))?;
            Ok(Box::new(BufReader::new(file)))
        }
    }
}

/// What every line is answered with, on any thread.
struct LineSearch<'a> {
    base: &'a Query,
    searcher: &'a Searcher,
    printer: &'a Printer,
    compare: bool,
}

impl LineSearch<'_> {
    /// Answers one line; none for a blank one.
    fn answer(&self, number: usize, line: io::Result<Vec<u8>>) -> Option<Outcome> {
        let mut id = number.to_string();
        let query = match line.map_err(anyhow::Error::from).and_then(|line| Ok(decode(line)?)) {
            Ok(line) if line.trim().is_empty() => return None,
            Ok(line) => parse_line(line.trim(), &mut id, self.base),
            Err(error) => Err(error),
        };
        let answered = query.and_then(|query| self.search(&id, query));
        Some(answered.unwrap_or_else(|error| {
            let (mut text, reason) = (Vec::new(), hints::describe(&error));
            if matches!(self.printer.format, Format::Json | Format::Jsonl) {
                // Writing into memory does not fail.
                let _ = error_line(&mut text, &id, &reason);
            }
            Outcome::Failed { text, reason }
        }))
    }

    fn search(&self, id: &str, query: Query) -> anyhow::Result<Outcome> {
        let started = Instant::now();
        // A panic fails only the query that caused it.
        let results = catch_unwind(AssertUnwindSafe(|| self.searcher.search(&query)));
        let Ok(results) = results else {
            bail!("internal error; if `newsearch verify` finds the index sound, please report this query");
        };
        let results = results?;
        if self.compare {
            return Ok(Outcome::Compared { id: id.to_owned(), query: query.text, results: results.into() });
        }
        let answer = Answer { id: Some(id), query: &query.text, took: started.elapsed(), results: &results };
        let mut text = Vec::new();
        self.printer.answer(&mut text, &answer)?;
        Ok(Outcome::Printed { text, found: results.total > 0 })
    }
}

fn parse_line(line: &str, id: &mut String, base: &Query) -> anyhow::Result<Query> {
    if !line.starts_with('{') {
        return Ok(Query { text: line.to_owned(), ..base.clone() });
    }
    let request: QueryRequest =
        serde_json::from_str(line).context("expected a JSON object with `query` and filters")?;
    if let Some(given) = request.id_text() {
        *id = given;
    }
    Ok(request.apply(base)?)
}

/// Writes the outcomes in the order of the lines.
struct OutcomeWriter<'a> {
    output: &'a mut Output,
    printer: Printer,
    earlier: Option<EarlierRun>,
    bar: ProgressBar,
    worst: u8,
    /// The first error of writing, or of reading the earlier run.
    result: anyhow::Result<()>,
}

impl OutcomeWriter<'_> {
    fn take(&mut self, number: usize, outcome: Option<Outcome>) {
        if self.result.is_err() {
            return;
        }
        self.bar.inc(1);
        self.result = match outcome {
            None => Ok(()),
            Some(Outcome::Printed { text, found }) => self.write(&text, found),
            Some(Outcome::Compared { id, query, results }) => self.compare(&id, &query, &results),
            Some(Outcome::Failed { text, reason }) => {
                self.worst = ERROR;
                self.bar.suspend(|| self.output.error(&format!("line {number}: {reason}")));
                self.write(&text, false)
            }
        };
    }

    fn write(&mut self, text: &[u8], found: bool) -> anyhow::Result<()> {
        if found && self.worst == NOTHING {
            self.worst = FOUND;
        }
        Ok(self.output.data().write_all(text)?)
    }

    fn compare(&mut self, id: &str, query: &str, results: &Results) -> anyhow::Result<()> {
        let earlier = self.earlier.as_mut().map(|run| run.take(id)).transpose()?.flatten();
        let changed = AnswerDiff::new(earlier.as_ref(), results);
        let mut text = Vec::new();
        answer_diff(&mut text, (id, query), &changed, self.printer.format)?;
        self.write(&text, !changed.is_empty())
    }
}
