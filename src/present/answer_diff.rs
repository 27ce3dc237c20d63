//! How answers differ from those of an earlier run.

use std::io::{self, Write};

use serde::Serialize;

use crate::search::AnswerDiff;

use super::format::Format;
use super::style::{TITLE, plain};
use super::versioned::SCHEMA;

#[derive(Serialize)]
struct AnswerDiffJson<'a> {
    schema: u32,
    id: &'a str,
    query: &'a str,
    #[serde(flatten)]
    difference: &'a AnswerDiff<'a>,
}

/// The header before the first difference; only CSV has one.
///
/// # Errors
/// What `out` says.
pub fn answer_diff_header(out: &mut dyn Write, format: Format) -> io::Result<()> {
    if format == Format::Csv {
        return writeln!(out, "query_id,change,id,rank,was_rank");
    }
    Ok(())
}

/// Prints how the answer to a query differs; prints nothing where it does not.
///
/// # Errors
/// What `out` says.
pub fn answer_diff(
    out: &mut dyn Write,
    (id, query): (&str, &str),
    difference: &AnswerDiff<'_>,
    format: Format,
) -> io::Result<()> {
    if difference.is_empty() {
        return Ok(());
    }
    match format {
        Format::Csv => rows(out, id, difference),
        Format::Human => {
            let AnswerDiff { total, was_total, .. } = difference;
            writeln!(out, "{TITLE}{}{TITLE:#}  {}: {total} articles, were {was_total}", plain(id), plain(query))?;
            lines(out, difference)
        }
        _ => {
            serde_json::to_writer(&mut *out, &AnswerDiffJson { schema: SCHEMA, id, query, difference })?;
            out.write_all(b"\n")
        }
    }
}

fn lines(out: &mut dyn Write, difference: &AnswerDiff<'_>) -> io::Result<()> {
    for hit in &difference.added {
        writeln!(out, "  + {:>3}  {}  {}", hit.rank, plain(&hit.id), plain(&hit.title))?;
    }
    for gone in &difference.dropped {
        writeln!(out, "  -      {}, was {}", plain(gone.id), gone.was_rank)?;
    }
    for moved in &difference.moved {
        writeln!(out, "  ~ {:>3}  {}, was {}", moved.rank, plain(moved.id), moved.was_rank)?;
    }
    Ok(())
}

fn rows(out: &mut dyn Write, query: &str, difference: &AnswerDiff<'_>) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    for hit in &difference.added {
        csv.write_record([query, "added", &hit.id, &hit.rank.to_string(), ""])?;
    }
    for gone in &difference.dropped {
        csv.write_record([query, "dropped", gone.id, "", &gone.was_rank.to_string()])?;
    }
    for moved in &difference.moved {
        csv.write_record([query, "moved", moved.id, &moved.rank.to_string(), &moved.was_rank.to_string()])?;
    }
    csv.flush()
}
