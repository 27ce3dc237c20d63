//! Quotes.

use std::io::{self, Write};

use crate::insight::QuoteHit;

use super::Format;
use super::entities::lines_or_object;
use super::style::{DIM, TITLE, plain};

/// Prints quotes with their speakers and places.
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
            for said in found {
                csv.write_record([
                    said.published.as_deref().unwrap_or(""),
                    said.source.as_deref().unwrap_or(""),
                    said.speaker.as_deref().unwrap_or(""),
                    &said.text,
                    &said.id,
                    &said.start.to_string(),
                    &said.end.to_string(),
                    &said.path,
                    &said.title,
                ])?;
            }
            csv.flush()
        }
        _ => found.iter().try_for_each(|said| show(out, said)),
    }
}

fn show(out: &mut dyn Write, said: &QuoteHit) -> io::Result<()> {
    let date = said.published.as_deref().unwrap_or("undated");
    let speaker = said.speaker.as_deref().unwrap_or("(the article does not tell who)");
    let source = said.source.as_deref().map(|source| format!(" · {}", plain(source))).unwrap_or_default();
    writeln!(out, "{TITLE}{}{TITLE:#}  {DIM}{date}{source} · {}{DIM:#}", plain(speaker), plain(&said.title))?;
    writeln!(out, "    {}", plain(&said.text))?;
    writeln!(out, "    {DIM}{} bytes {}..{}{DIM:#}", plain(&said.id), said.start, said.end)
}
