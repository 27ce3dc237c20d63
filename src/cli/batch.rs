//! `newsearch batch`.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use newsearch::pipeline::ordered;
use newsearch::present::{Answer, Format, Printer, error_line};
use newsearch::read::decode;
use newsearch::search::{Query, QueryRequest, Searcher};

use super::filters::FilterArgs;
use super::output::Output;
use super::{ERROR, FOUND, Global, NOTHING};

/// Answer many queries, one a line, on all cores; answers come in the order of
/// the lines.
///
/// A line is a query as one would type it, or a JSON object with `query`, an
/// `id` and filters of its own: {"id":"q7","query":"premiere","person":"Tom Cruise"}.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  newsearch batch queries.txt > answers.jsonl\n  newsearch batch topics.jsonl --format trec --limit 1000 > run.txt\n  echo 'Hayley Atwell' | newsearch batch --facets none"
)]
pub(super) struct Args {
    /// The queries; `-` or none is standard input
    file: Option<PathBuf>,
    #[command(flatten)]
    filters: FilterArgs,
}

/// How a line went.
enum Outcome {
    Answered { found: bool },
    Failed(String),
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let base = args.filters.query("")?;
    let searcher = super::open(global, output)?;
    let input = open(args.file.as_deref())?;
    let printer = output.printer(false);
    printer.start(output.data(), true)?;
    let mut worst = NOTHING;
    let mut written = Ok(());
    ordered::run(
        |push| {
            for (number, line) in input.split(b'\n').enumerate() {
                let weight = line.as_ref().map_or(0, Vec::len);
                push(weight, (number + 1, line));
            }
        },
        |(number, line)| {
            let mut text = Vec::new();
            let outcome = answer(number, line, &base, &searcher, &printer, &mut text);
            (number, text, outcome)
        },
        |(number, text, outcome)| {
            if written.is_err() {
                return;
            }
            written = output.data().write_all(&text);
            match outcome {
                Some(Outcome::Answered { found: true }) if worst == NOTHING => worst = FOUND,
                Some(Outcome::Failed(reason)) => {
                    worst = ERROR;
                    output.error(&format!("line {number}: {reason}"));
                }
                _ => {}
            }
        },
    );
    written?;
    Ok(worst)
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

/// Answers one line into `out`; nothing for a blank one.
fn answer(
    number: usize,
    line: io::Result<Vec<u8>>,
    base: &Query,
    searcher: &Searcher,
    printer: &Printer,
    out: &mut Vec<u8>,
) -> Option<Outcome> {
    let mut id = number.to_string();
    let query = match line.map_err(anyhow::Error::from).and_then(|line| Ok(decode(line)?)) {
        Ok(line) if line.trim().is_empty() => return None,
        Ok(line) => parse_line(line.trim(), &mut id, base),
        Err(error) => Err(error),
    };
    let started = Instant::now();
    let result = query.and_then(|query| {
        let results = searcher.search(&query)?;
        let answer = Answer { id: Some(&id), query: &query.text, took: started.elapsed(), results: &results };
        printer.answer(out, &answer)?;
        Ok(results.total > 0)
    });
    Some(match result {
        Ok(found) => Outcome::Answered { found },
        Err(error) => {
            let reason = format!("{error:#}");
            if matches!(printer.format, Format::Json | Format::Jsonl) {
                // Writing into memory does not fail.
                let _ = error_line(out, &id, &reason);
            }
            Outcome::Failed(reason)
        }
    })
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
