//! `newsearch show`.

use crate::present::{Format, ShownArticle, shown_text};
use anyhow::bail;

use super::backend;
use super::exit::{FOUND, NOTHING};
use super::global::Global;
use super::output::Output;

/// Print one article with its names.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The article's id, as `query --format json` prints it
    id: String,
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let searcher = backend::open(global, output)?;
    let Some(article) = searcher.article(&args.id)? else {
        output.note(&format!("no article has the id {:?}", args.id));
        return Ok(NOTHING);
    };
    let entities = searcher.entities_of(&article, usize::MAX);
    let shown = || ShownArticle::new(&article, &entities, searcher.entity_table());
    match output.format() {
        Format::Human => shown_text(output.data(), &article, &entities)?,
        Format::Json => {
            serde_json::to_writer_pretty(output.data(), &shown())?;
            output.data().write_all(b"\n")?;
        }
        Format::Jsonl => {
            serde_json::to_writer(output.data(), &shown())?;
            output.data().write_all(b"\n")?;
        }
        Format::Paths => writeln!(output.data(), "{}", article.path)?,
        Format::Csv | Format::Trec => bail!("show prints human, json, jsonl or paths"),
    }
    Ok(FOUND)
}
