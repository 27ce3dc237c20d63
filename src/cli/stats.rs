//! `newsearch stats`.

use anyhow::bail;
use newsearch::present::{Format, stats_json, stats_text};

use super::output::Output;
use super::{FOUND, Global, NOTHING};

pub(super) fn run(global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let stats = super::open(global, output)?.stats()?;
    match output.format() {
        Format::Human => stats_text(output.data(), &stats, global.verbose)?,
        Format::Json | Format::Jsonl => stats_json(output.data(), &stats)?,
        _ => bail!("stats prints human or json"),
    }
    Ok(if stats.articles > 0 { FOUND } else { NOTHING })
}
