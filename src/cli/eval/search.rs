//! `newsearch eval search`.

use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use flate2::read::MultiGzDecoder;
use newsearch::evaluate::{Qrels, RankingScores, Run};
use newsearch::files::write_output;
use newsearch::present::{Format, ranking_json, ranking_text};
use newsearch::search::{Duplicates, Query, Searcher};
use rayon::prelude::*;

use crate::cli::errors::describe;
use crate::cli::output::Output;
use crate::cli::{ERROR, FOUND, Global, NOTHING, open};

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
    /// Take words as they stand: no word forms, no names noticed
    #[arg(long)]
    exact: bool,
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let qrels = Qrels::parse(&text_of(&args.qrels)?).with_context(|| args.qrels.display().to_string())?;
    let (run, failed) = match (&args.run, &args.queries) {
        (Some(path), _) => (read_run(path)?, 0),
        (None, Some(queries)) => ask(args, queries, global, output)?,
        (None, None) => bail!("give --queries or --run"),
    };
    let scores = RankingScores::new(&qrels, &run);
    if let Some(path) = &args.save {
        write_output(path, trec(&run).as_bytes()).with_context(|| format!("cannot write {}", path.display()))?;
    }
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

/// Asks all queries; those that cannot be read are reported and count 0.
fn ask(args: &Args, path: &Path, global: &Global, output: &mut Output) -> anyhow::Result<(Run, usize)> {
    let text = text_of(path)?;
    let mut queries = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = || format!("{} line {}: expected an id, a tab and a query", path.display(), number + 1);
        let (id, query) = line.split_once('\t').with_context(place)?;
        queries.push((id.trim().to_owned(), query.trim().to_owned()));
    }
    let searcher = open(global, output)?;
    let answers: Vec<_> = queries.par_iter().map(|(id, text)| (id, answer(&searcher, args, text))).collect();
    let mut run = Run::default();
    let mut failed = 0;
    for (id, answer) in answers {
        match answer {
            Ok(documents) => drop(run.queries.insert(id.clone(), documents)),
            Err(error) => {
                failed += 1;
                output.error(&format!("query {id}: {}", describe(&error)));
            }
        }
    }
    Ok((run, failed))
}

fn answer(searcher: &Searcher, args: &Args, text: &str) -> Result<Vec<String>, newsearch::search::SearchError> {
    let query = Query {
        limit: args.depth,
        facets: Vec::new(),
        snippets: 0,
        duplicates: Duplicates::Show,
        exact: args.exact,
        ..Query::new(text)
    };
    Ok(searcher.search(&query)?.hits.into_iter().map(|hit| hit.id).collect())
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

fn trec(run: &Run) -> String {
    let mut text = String::new();
    for (query, documents) in &run.queries {
        for (at, document) in documents.iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{query} Q0 {document} {} {} newsearch", at + 1, documents.len() - at);
        }
    }
    text
}
