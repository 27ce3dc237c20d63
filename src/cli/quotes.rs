//! `newsearch quotes`.

use crate::insight::QuoteRequest;
use crate::present::quotes;
use crate::search::Filters;

use super::backend;
use super::exit::{FOUND, NOTHING};
use super::global::Global;
use super::lookup::named_or_written;
use super::output::Output;

/// Print what people said, word for word, with the article and place.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  newsearch quotes --by \"Tom Cruise\"\n  newsearch quotes --by \"Simon Pegg\" --about \"Tom Cruise\" --format csv\n  newsearch quotes --about \"stunt training\" --since 2021"
)]
pub(super) struct Args {
    /// Only quotes of this person or organization, under any spelling
    #[arg(long, value_name = "NAME", required_unless_present = "about")]
    by: Option<String>,
    /// Only quotes that speak of this name, or have these words
    #[arg(long, value_name = "NAME|WORDS")]
    about: Option<String>,
    /// Only from articles published on this day or later
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Only from articles published on this day or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Only from this source, such as cnn or cnn.com
    #[arg(long, value_name = "NAME")]
    source: Vec<String>,
    /// Quotes to print, the newest; 0 is all
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let format = output.rows_format("quotes")?;
    let mut filters = Filters { sources: args.source.clone(), ..Filters::default() };
    args.since.iter().try_for_each(|date| filters.since(date))?;
    args.until.iter().try_for_each(|date| filters.until(date))?;
    let searcher = backend::open(global, output)?;
    let by = args.by.as_deref().map(|name| named_or_written(&searcher, name)).transpose()?;
    let found = searcher.quotes(&QuoteRequest { by, about: args.about.clone(), filters, limit: args.limit })?;
    quotes(output.data(), &found, format)?;
    Ok(if found.is_empty() { NOTHING } else { FOUND })
}
