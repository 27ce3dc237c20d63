//! `newsearch complete`.

use std::time::Instant;

use newsearch::article::EntityKind;
use newsearch::present::{Format, completions};
use newsearch::search::Completer;

use super::entities::rows_format;
use super::output::Output;
use super::{FOUND, Global, NOTHING};

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
    let format: Format = rows_format(output, "complete")?;
    let started = Instant::now();
    let found = Completer::open(&global.folder()?)?.complete(&args.prefix, args.kind, args.limit);
    output.detail(|| format!("completed in {:.1} ms", started.elapsed().as_secs_f64() * 1e3));
    completions(output.data(), &found, format)?;
    Ok(if found.is_empty() { NOTHING } else { FOUND })
}
