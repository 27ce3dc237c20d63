//! `newsearch query`.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use crate::article::EntityKind;
use crate::present::{Answer, Format, Printer};
use crate::search::{Corrected, Query, QueryNote, Results, Searcher};
use anyhow::bail;
use clap::ArgMatches;
use clap::parser::ValueSource;

use super::backend;
use super::exit::{FOUND, NOTHING};
use super::filters::FilterArgs;
use super::global::Global;
use super::output::Output;

/// The query language and examples; `KINDS` stands for the prefixes of the kinds
/// of names.
const LANGUAGE: &str = "\
The query language:
  red carpet                 words in any form; articles that lack some rank lower
  \"red carpet\"               a phrase; \"red carpet\"~3 in any order, 3 words between
  +premiere -london          must be there; must not
  a AND b, a OR b, NOT a, () conditions, in capitals
  prem*  spielbreg~  cruze~1 prefixes; typos
  title:top body:\"red carpet\" title:(top gun)
  source:cnn author:\"Jane Doe\" section:film tag:\"film noir\"
  KINDS
                             a name by any of its spellings: person:\"Tom Cruise\"
  a NEAR/5 b, a ADJ/5 b      at most 5 words between, in any order or in this one
  published:2021..2022-03    published then; also 2021-03-25, ..2020, \"last week\"
  mentions:2023-07-14        speaks of that day, or of a month, year or range
  said:\"never again\"        is part of a quotation; also said:(…)
  quote-by:\"Tom Cruise\"      quotes that person
  states:release             states a release, delay, casting … (see timeline)
  is:duplicate has:date has:source has:section
Any other word is only a word. A query that begins with - goes behind --.

Examples:
  newsearch query \"Hayley Atwell\"
  newsearch query '\"Top Gun\" -maverick' --sort newest
  newsearch query 'person:\"Hayley Atwell\" NEAR/8 work:\"Captain America\"'
  newsearch query --person \"Tom Cruise\" --facets work:5
  newsearch query premiere --format paths --null | xargs -0 grep -l Paris";

fn language() -> String {
    LANGUAGE.replace("KINDS", &EntityKind::ALL.map(|kind| format!("{kind}:")).join(" "))
}

/// Find articles by words, names and dates.
#[derive(Debug, clap::Args)]
#[command(
    after_help = language()
)]
pub(super) struct Args {
    /// What to look for; may be left out where a filter is given
    query: Vec<String>,
    #[command(flatten)]
    filters: FilterArgs,
    /// Print all hits, however many, as they are made: jsonl (the default),
    /// csv, trec or paths
    #[arg(long, conflicts_with_all = ["offset", "explain"])]
    all: bool,
    /// With --format paths: end each with NUL instead of a newline
    #[arg(long, short = '0')]
    null: bool,
}

/// Refuses flags that contradict each other; values from the environment or the
/// settings file do not count.
pub(super) fn check(args: &Args, matches: &ArgMatches) -> anyhow::Result<()> {
    let typed = |flag: &&&str| {
        let query = matches.subcommand_matches("query");
        query.is_some_and(|query| query.value_source(flag) == Some(ValueSource::CommandLine))
    };
    match ["limit", "facets"].iter().find(typed) {
        Some(flag) if args.all => bail!("--all prints every hit and no facets: leave out --{flag}"),
        _ => Ok(()),
    }
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let text = args.query.join(" ");
    let query = args.filters.query(&text)?;
    let began = Instant::now();
    let searcher = backend::open(global, output)?;
    let opened = began.elapsed();
    if args.all {
        return print_all(&searcher, &query, args.null, output);
    }
    let started = Instant::now();
    let results = searcher.search(&query)?;
    let took = started.elapsed();
    output.detail(|| {
        format!("opened in {:.1} ms, searched in {:.1} ms", opened.as_secs_f64() * 1e3, took.as_secs_f64() * 1e3)
    });
    if !matches!(output.format(), Format::Human | Format::Json) {
        tell(&results.notes, output);
    }
    let answer = Answer { id: None, query: &text, took, results: &results };
    let printer = output.printer(args.null);
    printer.start(output.data(), false)?;
    printer.answer(output.data(), &answer)?;
    Ok(if results.total > 0 { FOUND } else { NOTHING })
}

/// Tells how the query was read, where the answer has no place for it.
pub(super) fn tell(notes: &[QueryNote], output: &mut Output) {
    notes.iter().for_each(|note| output.note(&note.text));
}

/// Prints every hit as it is found.
fn print_all(searcher: &Searcher, query: &Query, null: bool, output: &mut Output) -> anyhow::Result<u8> {
    let format = match output.format() {
        Format::Human => Format::Jsonl,
        Format::Json => bail!("--all prints jsonl, csv, trec or paths"),
        format => format,
    };
    let head = searcher.search(&Query { limit: 0, facets: Vec::new(), ..query.clone() })?;
    tell(&head.notes, output);
    if let Some(Corrected { from, to }) = &head.corrected {
        output.note(&format!("hits for {to} instead of “{from}” (--no-correct to search for it)"));
    }
    let printer = Printer { format, ..output.printer(null) };
    printer.start(output.data(), false)?;
    if head.total == 0 {
        return Ok(NOTHING);
    }
    let text = head.corrected.map_or_else(|| query.text.clone(), |corrected| corrected.to);
    let query = &Query { text, ..query.clone() };
    let mut paths = BTreeSet::new();
    let mut written = Ok(());
    searcher.each_hit(query, |hit| {
        if format == Format::Paths && !paths.insert(hit.path.clone()) {
            return ControlFlow::Continue(());
        }
        let results = Results { hits: vec![hit], ..Results::default() };
        let answer = Answer { id: None, query: &query.text, took: Duration::ZERO, results: &results };
        written = printer.answer(output.data(), &answer);
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    written?;
    Ok(FOUND)
}
