//! `newsearch eval search`.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::evaluate::{Qrels, RankingScores, Run};
use crate::files::write_output;
use crate::present::{Answer, Format, Printer, ranking_json, ranking_text};
use crate::search::{Duplicates, Query, SearchError, Searcher};
use anyhow::{Context, bail};
use flate2::read::MultiGzDecoder;
use rayon::prelude::*;

use crate::cli::backend::open;
use crate::cli::exit::{ERROR, FOUND, NOTHING};
use crate::cli::filters::MeaningArg;
use crate::cli::global::Global;
use crate::cli::hints;
use crate::cli::output::Output;

/// Score the ranking of hits against relevance judgments.
///
/// Queries are lines of an id, a tab and the query; judgments are TREC qrels
/// (query, iteration, document, grade). Either may be gzipped. Queries without
/// a relevant document do not count.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  newsearch eval search --qrels qrels.txt --queries queries.tsv\n  newsearch eval search --qrels qrels.txt --queries queries.tsv --save new.run --against old.run\n  newsearch eval search --qrels qrels.txt --run one.run --against other.run"
)]
pub(in crate::cli) struct Args {
    /// The judgments
    #[arg(long, value_name = "FILE")]
    qrels: PathBuf,
    /// The queries to ask of the index
    #[arg(long, value_name = "FILE", required_unless_present = "run")]
    queries: Option<PathBuf>,
    /// A TREC run to score instead
    #[arg(long, value_name = "FILE", conflicts_with = "queries")]
    run: Option<PathBuf>,
    /// A TREC run to compare with
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Hits of each query
    #[arg(long, value_name = "N", default_value_t = 1000)]
    depth: usize,
    /// Where to write the run, in TREC form
    #[arg(long, value_name = "FILE", conflicts_with = "run")]
    save: Option<PathBuf>,
    /// Match words exactly: no other word forms, no names recognized
    #[arg(long)]
    exact: bool,
    /// Rank articles that are near in meaning higher
    #[arg(long, value_name = "WHETHER", default_value = "on", env = "NEWSEARCH_MEANING")]
    meaning: MeaningArg,
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let qrels = Qrels::parse(&text_of(&args.qrels)?).with_context(|| args.qrels.display().to_string())?;
    let (run, failed) = match (&args.run, &args.queries) {
        (Some(path), _) => (read_run(path)?, 0),
        (None, Some(queries)) => {
            let (answers, failed) = search_all(args, queries, global, output)?;
            if let Some(path) = &args.save {
                let lines: Vec<u8> = answers.values().flat_map(|ranked| ranked.trec.iter().copied()).collect();
                write_output(path, &lines).with_context(|| format!("cannot write {}", path.display()))?;
            }
            (Run { queries: answers.into_iter().map(|(id, ranked)| (id, ranked.documents)).collect() }, failed)
        }
        (None, None) => bail!("give --queries or --run"),
    };
    let scores = RankingScores::new(&qrels, &run);
    let against = args.against.as_deref().map(read_run).transpose()?.map(|run| RankingScores::new(&qrels, &run));
    match output.format() {
        Format::Human => ranking_text(output.data(), &scores, against.as_ref())?,
        Format::Json | Format::Jsonl => ranking_json(output.data(), &scores, against.as_ref())?,
        _ => bail!("eval prints human, json or jsonl"),
    }
    Ok(match failed {
        0 if scores.mean().recall_100 > 0.0 => FOUND,
        0 => NOTHING,
        _ => ERROR,
    })
}

/// The hits of one query.
struct Ranked {
    /// Their ids, best first.
    documents: Vec<String>,
    /// The same as lines of a TREC run, with their scores; empty where it is not
    /// saved.
    trec: Vec<u8>,
}

/// Answers all queries, and counts those that fail; they are reported and score
/// 0.
fn search_all(
    args: &Args,
    path: &Path,
    global: &Global,
    output: &mut Output,
) -> anyhow::Result<(BTreeMap<String, Ranked>, usize)> {
    let text = text_of(path)?;
    let mut queries = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = || format!("{} line {}: expected an id, a tab and a query", path.display(), number + 1);
        let (id, query) = line.split_once('\t').with_context(place)?;
        queries.push((id.trim().to_owned(), query.trim().to_owned()));
    }
    let searcher = open(global, output)?;
    let answers: Vec<_> = queries.par_iter().map(|(id, text)| (id, search(&searcher, args, id, text))).collect();
    let mut ranked = BTreeMap::new();
    let mut failed = 0;
    for (id, answer) in answers {
        match answer {
            Ok(answer) => drop(ranked.insert(id.clone(), answer)),
            Err(error) => {
                failed += 1;
                output.error(&format!("query {id}: {}", hints::describe(&error.into())));
            }
        }
    }
    Ok((ranked, failed))
}

fn search(searcher: &Searcher, args: &Args, id: &str, text: &str) -> Result<Ranked, SearchError> {
    let query = Query {
        limit: args.depth,
        facets: Vec::new(),
        snippets: 0,
        duplicates: Duplicates::Show,
        exact: args.exact,
        meaning: args.meaning == MeaningArg::On,
        ..Query::new(text)
    };
    let results = searcher.search(&query)?;
    let mut trec = Vec::new();
    if args.save.is_some() {
        let printer = Printer { format: Format::Trec, width: 0, null: false };
        printer
            .answer(&mut trec, &Answer { id: Some(id), query: text, took: Duration::ZERO, results: &results })
            .map_err(SearchError::read)?;
    }
    Ok(Ranked { documents: results.hits.into_iter().map(|hit| hit.id).collect(), trec })
}

fn read_run(path: &Path) -> anyhow::Result<Run> {
    Run::parse(&text_of(path)?).with_context(|| path.display().to_string())
}

/// A file's text, unpacked where it is gzipped.
fn text_of(path: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut text = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        MultiGzDecoder::new(bytes.as_slice()).read_to_string(&mut text)
    } else {
        bytes.as_slice().read_to_string(&mut text)
    }
    .with_context(|| format!("{}: expected UTF-8 text", path.display()))?;
    Ok(text)
}
