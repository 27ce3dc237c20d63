//! Casts and roles.

use std::io::{self, Write};

use crate::insight::CreditRow;

use super::entity_evidence::show_example;
use super::format::Format;
use super::style::{DIM, TITLE, plain};
use super::versioned::lines_or_object;

/// Prints credits, each with an example sentence; `csv` has a row for each
/// sentence.
///
/// # Errors
/// What `out` says.
pub fn credit_rows(out: &mut dyn Write, rows: &[CreditRow], format: Format) -> io::Result<()> {
    match format {
        Format::Json => lines_or_object(out, "credits", rows, true),
        Format::Jsonl => lines_or_object(out, "credits", rows, false),
        Format::Csv => csv_rows(out, rows),
        _ => rows.iter().try_for_each(|row| show(out, row)),
    }
}

fn show(out: &mut dyn Write, row: &CreditRow) -> io::Result<()> {
    let role = row.role.as_deref().map(|role| format!(" as {}", plain(role))).unwrap_or_default();
    let work = row.work.as_deref().map(|work| format!(", {}", plain(work))).unwrap_or_default();
    let noun = if row.articles == 1 { "article" } else { "articles" };
    let what = format!("{}{work}; {} {noun}", row.job.as_str(), row.articles);
    writeln!(out, "{TITLE}{}{role}{TITLE:#}  {DIM}{what}{DIM:#}", plain(&row.person))?;
    row.sentences.first().map_or(Ok(()), |example| show_example(out, example))
}

fn csv_rows(out: &mut dyn Write, rows: &[CreditRow]) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["person", "job", "role", "work", "articles", "id", "published", "start", "end", "sentence"])?;
    for row in rows {
        for example in &row.sentences {
            csv.write_record([
                row.person.as_str(),
                row.job.as_str(),
                row.role.as_deref().unwrap_or(""),
                row.work.as_deref().unwrap_or(""),
                &row.articles.to_string(),
                &example.id,
                example.published.as_deref().unwrap_or(""),
                &example.start.to_string(),
                &example.end.to_string(),
                &example.sentence,
            ])?;
        }
    }
    csv.flush()
}
