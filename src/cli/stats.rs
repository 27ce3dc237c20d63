//! `newsearch stats`.

use crate::present::{Format, stats_json, stats_text};
use anyhow::bail;

use super::backend;
use super::exit::{FOUND, NOTHING};
use super::global::Global;
use super::output::Output;

pub(super) fn run(global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let stats = backend::open(global, output)?.stats()?;
    match output.format() {
        Format::Human => stats_text(output.data(), &stats, global.verbose)?,
        Format::Json | Format::Jsonl => stats_json(output.data(), &stats)?,
        _ => bail!("stats prints human or json"),
    }
    Ok(if stats.articles > 0 { FOUND } else { NOTHING })
}
