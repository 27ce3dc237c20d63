//! Comparisons over time.

use std::io::{self, Write};

use crate::insight::Comparison;

use super::Format;
use super::entities::versioned;
use super::style::{DIM, TITLE, plain};

/// Prints a comparison: a table with a bar for each count, or rows.
///
/// # Errors
/// What `out` says.
pub fn comparison(out: &mut dyn Write, found: &Comparison, format: Format) -> io::Result<()> {
    match format {
        Format::Csv => csv_rows(out, found),
        Format::Jsonl => {
            for period in &found.periods {
                serde_json::to_writer(&mut *out, period)?;
                out.write_all(b"\n")?;
            }
            Ok(())
        }
        Format::Json => versioned(out, found, true),
        _ => table(out, found),
    }
}

fn csv_rows(out: &mut dyn Write, found: &Comparison) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(std::iter::once("period").chain(found.queries.iter().map(String::as_str)))?;
    let mut row = |period: &str, counts: &[u32]| {
        csv.write_record(std::iter::once(period.to_owned()).chain(counts.iter().map(u32::to_string)))
    };
    for period in &found.periods {
        row(&period.period, &period.articles)?;
    }
    if found.undated.iter().any(|count| *count > 0) {
        row("undated", &found.undated)?;
    }
    csv.flush()
}

/// Columns of the longest bar.
const BAR: usize = 12;

fn table(out: &mut dyn Write, found: &Comparison) -> io::Result<()> {
    let widths: Vec<usize> = found.queries.iter().map(|query| query.chars().count().max(BAR + 6)).collect();
    write!(out, "{TITLE}{:<10}", "")?;
    for (query, width) in found.queries.iter().zip(&widths) {
        write!(out, "  {:<width$}", plain(query))?;
    }
    writeln!(out, "{TITLE:#}")?;
    let most = found.periods.iter().flat_map(|period| &period.articles).max().copied().unwrap_or(1).max(1);
    for period in &found.periods {
        write!(out, "{:<10}", period.period)?;
        for (count, width) in period.articles.iter().zip(&widths) {
            let bar = "█".repeat((*count as usize * BAR).div_ceil(most as usize));
            write!(out, "  {:<width$}", format!("{count:>4} {bar}"))?;
        }
        writeln!(out)?;
    }
    let mut row = |name: &str, counts: &[u32]| {
        write!(out, "{DIM}{name:<10}")?;
        for (count, width) in counts.iter().zip(&widths) {
            write!(out, "  {:<width$}", format!("{count:>4}"))?;
        }
        writeln!(out, "{DIM:#}")
    };
    if found.undated.iter().any(|count| *count > 0) {
        row("undated", &found.undated)?;
    }
    row("in all", &found.totals)
}
