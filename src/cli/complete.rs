//! `newsearch complete`.

use std::time::Instant;

use crate::article::EntityKind;
use crate::present::completions;
use crate::search::Completer;

use super::backend;
use super::exit::{FOUND, NOTHING};
use super::global::Global;
use super::output::Output;

/// Print the names that begin as typed, one a line.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  newsearch complete \"hayley at\"\n  newsearch complete miss --kind work --format jsonl"
)]
pub(super) struct Args {
    /// How the name begins; case, diacritics and punctuation do not matter
    prefix: String,
    /// Only names of this kind
    #[arg(long, value_name = "KIND")]
    kind: Option<EntityKind>,
    /// Names to print
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let format = output.rows_format("complete")?;
    let started = Instant::now();
    let found = Completer::open(&backend::data_folder(global)?)?.complete(&args.prefix, args.kind, args.limit);
    output.detail(|| format!("completed in {:.1} ms", started.elapsed().as_secs_f64() * 1e3));
    completions(output.data(), &found, format)?;
    Ok(if found.is_empty() { NOTHING } else { FOUND })
}
