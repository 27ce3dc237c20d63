//! Quotes with their speakers.

use std::io::{self, Write};

use crate::insight::QuoteHit;

use super::format::Format;
use super::style::{DIM, TITLE, plain};
use super::versioned::lines_or_object;

/// Prints quotes with their speakers, articles and byte ranges.
///
/// # Errors
/// What `out` says.
pub fn quotes(out: &mut dyn Write, found: &[QuoteHit], format: Format) -> io::Result<()> {
    match format {
        Format::Json => lines_or_object(out, "quotes", found, true),
        Format::Jsonl => lines_or_object(out, "quotes", found, false),
        Format::Csv => {
            let mut csv = csv::Writer::from_writer(out);
            csv.write_record(["published", "source", "speaker", "text", "id", "start", "end", "path", "title"])?;
            for quote in found {
                csv.write_record([
                    quote.published.as_deref().unwrap_or(""),
                    quote.source.as_deref().unwrap_or(""),
                    quote.speaker.as_deref().unwrap_or(""),
                    &quote.text,
                    &quote.id,
                    &quote.start.to_string(),
                    &quote.end.to_string(),
                    &quote.path,
                    &quote.title,
                ])?;
            }
            csv.flush()
        }
        _ => found.iter().try_for_each(|quote| show(out, quote)),
    }
}

fn show(out: &mut dyn Write, quote: &QuoteHit) -> io::Result<()> {
    let date = quote.published.as_deref().unwrap_or("undated");
    let speaker = quote.speaker.as_deref().unwrap_or("(the article does not tell who)");
    let source = quote.source.as_deref().map(|source| format!(" · {}", plain(source))).unwrap_or_default();
    writeln!(out, "{TITLE}{}{TITLE:#}  {DIM}{date}{source} · {}{DIM:#}", plain(speaker), plain(&quote.title))?;
    writeln!(out, "    {}", plain(&quote.text))?;
    writeln!(out, "    {DIM}{} bytes {}..{}{DIM:#}", plain(&quote.id), quote.start, quote.end)
}
