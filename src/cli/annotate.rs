//! `newsearch annotate`.

use std::io::{self, Write};
use std::path::PathBuf;

use crate::article::UserField;
use crate::extract::FieldMap;
use crate::pipeline::{Analyzed, Pipeline};
use crate::present::{Annotation, Format, annotated_text};
use anyhow::bail;

use super::exit::{ERROR, FOUND, NOTHING};
use super::failures::failure_message;
use super::global::Global;
use super::limits::LimitFlags;
use super::output::Output;

/// Print the names found in articles, without indexing.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  newsearch annotate article.txt\n  newsearch annotate corpus/ --format jsonl > names.jsonl"
)]
pub(super) struct Args {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Leave out names less sure than this, 0 to 1
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = super::values::probability)]
    min_confidence: f32,
    /// Which keys hold which fields, as for `index`
    #[arg(long, value_name = "FIELD=KEY,…", default_value = "")]
    map: FieldMap,
    /// Keep a further field of records, as for `index` (repeatable)
    #[arg(long, value_name = "NAME=KEY")]
    field: Vec<UserField>,
    #[command(flatten)]
    limits: LimitFlags,
}

pub(super) fn run(args: &Args, _: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let format = output.format();
    if !matches!(format, Format::Human | Format::Json | Format::Jsonl) {
        bail!("annotate prints human, json or jsonl");
    }
    let (mut articles, mut failures) = (0, 0);
    let mut written = Ok(());
    let pipeline = Pipeline::new()
        .with_min_confidence(args.min_confidence)
        .with_field_map(args.map.clone())
        .with_fields(super::values::user_fields(&args.field)?)
        .with_limits(args.limits.limits());
    let mut last = String::new();
    pipeline.annotate(&args.paths, |result| match result {
        Ok((analyzed, read_as)) if written.is_ok() => {
            articles += 1;
            let path = &analyzed.article.path;
            if last != *path {
                output.detail(|| format!("{path}: read as {read_as}"));
                last.clone_from(path);
            }
            written = print(output.data(), &analyzed, format);
        }
        Ok(_) => {}
        Err(warning) if warning.is_warning => output.detail(|| failure_message(&warning)),
        Err(failure) => {
            failures += 1;
            output.error(&failure_message(&failure));
        }
    });
    written?;
    Ok(match (articles, failures) {
        (_, 1..) => ERROR,
        (0, _) => NOTHING,
        _ => FOUND,
    })
}

fn print(out: &mut dyn Write, analyzed: &Analyzed, format: Format) -> io::Result<()> {
    let annotation = Annotation::new(&analyzed.article, &analyzed.mentions, &analyzed.dates, &analyzed.reports);
    match format {
        Format::Json => serde_json::to_writer_pretty(&mut *out, &annotation)?,
        Format::Jsonl => serde_json::to_writer(&mut *out, &annotation)?,
        _ => return annotated_text(out, &analyzed.article, &analyzed.mentions),
    }
    out.write_all(b"\n")
}
