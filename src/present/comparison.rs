//! Counts of articles over time, side by side.

use std::io::{self, Write};

use crate::insight::Comparison;

use super::format::Format;
use super::style::{DIM, TITLE, plain};
use super::versioned::{lines, versioned};

/// Prints a comparison: a table with a bar for each count, or rows.
///
/// # Errors
/// What `out` says.
pub fn comparison(out: &mut dyn Write, found: &Comparison, format: Format) -> io::Result<()> {
    match format {
        Format::Csv => csv_rows(out, found),
        Format::Jsonl => lines(out, &found.periods),
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

#[cfg(test)]
mod tests {
    use crate::insight::PeriodCounts;
    use crate::present::testing::printed;

    use super::*;

    fn found() -> Comparison {
        let period =
            |name: &str, articles: &[u32]| PeriodCounts { period: name.to_owned(), articles: articles.to_vec() };
        Comparison {
            queries: vec!["Dune".to_owned(), "a, b".to_owned()],
            periods: vec![period("2021", &[4, 1]), period("2022", &[0, 3])],
            undated: vec![0, 2],
            totals: vec![4, 6],
        }
    }

    #[test]
    fn rows_end_with_undated_articles() {
        let text = printed(|out| comparison(out, &found(), Format::Csv));
        assert_eq!(text, "period,Dune,\"a, b\"\n2021,4,1\n2022,0,3\nundated,0,2\n");
        let text = printed(|out| comparison(out, &found(), Format::Jsonl));
        assert_eq!(text.lines().next(), Some("{\"schema\":1,\"period\":\"2021\",\"articles\":[4,1]}"));
    }

    #[test]
    fn bars_are_relative_to_the_largest_count() {
        let text = printed(|out| comparison(out, &found(), Format::Human));
        let bars: Vec<usize> = text.lines().map(|line| line.matches('█').count()).collect();
        assert_eq!(bars, [0, 12 + 3, 9, 0, 0]);
        assert!(text.lines().next_back().is_some_and(|line| line.starts_with("in all         4")), "{text}");
    }
}
