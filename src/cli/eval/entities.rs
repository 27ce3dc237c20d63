//! `newsearch eval entities`.

use std::path::{Path, PathBuf};

use crate::evaluate::{Judged, Kinds, LabelMap, NameScores, iob2, marked};
use crate::pipeline::Pipeline;
use crate::present::{Format, name_scores_json, name_scores_text};
use crate::read::{CorpusReader, RawRecord};
use crate::recognize::{EntityRecognizer, Model};
use anyhow::{Context, bail};
use rayon::prelude::*;

use crate::cli::exit::{FOUND, NOTHING};
use crate::cli::output::Output;

/// Score names against annotated text.
///
/// Files hold a word and an IOB2 tag a line (CoNLL), or articles with names
/// marked inline as [[surface|kind|canonical]], as their content shows.
/// Scores are by exact span and kind, micro-averaged. Names of kinds that no
/// label of the set means are not counted.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  newsearch eval entities marked-articles/\n  newsearch eval entities test.iob2 --map PER=person+character,MISC=?,TIME=O --sentences 8"
)]
pub(in crate::cli) struct Args {
    /// Annotated files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// What labels mean: kinds joined by +, O for no name, ? for not counted
    #[arg(long, value_name = "LABEL=KIND,…", default_value = "")]
    map: LabelMap,
    /// Sentences of an IOB2 file that make an article
    #[arg(long, value_name = "N", default_value_t = 1)]
    sentences: usize,
    /// A model to use in place of the one newsearch ships with
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// How many of the commonest errors to list
    #[arg(long, value_name = "N", default_value_t = 20)]
    errors: usize,
}

pub(super) fn run(args: &Args, output: &mut Output) -> anyhow::Result<u8> {
    let pipeline = match &args.model {
        Some(path) => Pipeline::new().with_recognizer(recognizer(path)?),
        None => Pipeline::new(),
    };
    let mut scores = NameScores::default();
    for record in read_records(&args.paths)? {
        let (judged, annotated) = judge(&pipeline, record, args)?;
        let analyzed: Vec<_> =
            judged.par_iter().map(|judged| pipeline.analyze_article(judged.article.clone())).collect();
        for (judged, analyzed) in judged.iter().zip(&analyzed) {
            scores.add(judged, &analyzed.mentions, annotated);
        }
    }
    match output.format() {
        Format::Human => name_scores_text(output.data(), &scores, args.errors)?,
        Format::Json | Format::Jsonl => name_scores_json(output.data(), &scores, args.errors)?,
        _ => bail!("eval prints human, json or jsonl"),
    }
    Ok(if scores.all().right > 0 { FOUND } else { NOTHING })
}

fn recognizer(path: &Path) -> anyhow::Result<EntityRecognizer> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let model = Model::from_bytes(&bytes).with_context(|| path.display().to_string())?;
    Ok(EntityRecognizer::with_model(model))
}

fn read_records(paths: &[PathBuf]) -> anyhow::Result<Vec<RawRecord>> {
    let reader = CorpusReader::new(paths);
    let walked = reader.list_files();
    if let Some(error) = walked.errors.into_iter().next() {
        bail!("{error}");
    }
    let mut records = Vec::new();
    for file in &walked.files {
        reader.read(file, &mut |record| records.push(record));
    }
    records.into_iter().map(|record| record.map_err(|error| anyhow::anyhow!("{error}"))).collect()
}

/// The judged articles of a file, and the kinds that it annotates at all.
fn judge(pipeline: &Pipeline, record: RawRecord, args: &Args) -> anyhow::Result<(Vec<Judged>, Kinds)> {
    let path = record.path.clone();
    if record.text.contains("[[") && record.text.contains("]]") {
        let (text, judgments) = marked::read(&record.text, &args.map).with_context(|| path.clone())?;
        let analyzed =
            pipeline.analyze(Ok(RawRecord { text, ..record })).map_err(|failure| anyhow::anyhow!(failure.message))?;
        return Ok((vec![Judged { article: analyzed.article, judgments, sentences: Vec::new() }], Kinds::all()));
    }
    let judged = iob2::read(&record.text, &args.map, iob2::Grouping(args.sentences.max(1))).with_context(|| path)?;
    let judgments = judged.iter().flat_map(|judged| &judged.judgments);
    let annotated = judgments.fold(Kinds::NONE, |kinds, judgment| kinds.union(judgment.kinds));
    Ok((judged, annotated))
}
