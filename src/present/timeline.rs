//! Statements about a work or person, in the order of the articles.

use std::io::{self, Write};

use crate::insight::{Timeline, TimelineRow};

use super::entity_evidence::show_example;
use super::format::Format;
use super::style::{DIM, MATCH, TITLE, plain};
use super::versioned::{lines, versioned};

/// Prints a timeline; `jsonl` and `csv` have a row for each statement.
///
/// # Errors
/// What `out` says.
pub fn timeline(out: &mut dyn Write, found: &Timeline, format: Format) -> io::Result<()> {
    match format {
        Format::Json => versioned(out, found, true),
        Format::Jsonl => lines(out, found.rows.iter().chain(&found.undated)),
        Format::Csv => csv_rows(out, found),
        _ => pages(out, found),
    }
}

fn pages(out: &mut dyn Write, found: &Timeline) -> io::Result<()> {
    show_all(out, &found.rows, &found.name)?;
    if !found.undated.is_empty() {
        writeln!(out, "{TITLE}Articles without a date{TITLE:#}")?;
    }
    show_all(out, &found.undated, &found.name)
}

/// Rows with their sentences; consecutive rows of one sentence show it once.
fn show_all(out: &mut dyn Write, rows: &[TimelineRow], of: &str) -> io::Result<()> {
    for (at, row) in rows.iter().enumerate() {
        show(out, row, of)?;
        let again = rows.get(at + 1).is_some_and(|next| next.sentences.first() == row.sentences.first());
        if let Some(example) = row.sentences.first().filter(|_| !again) {
            show_example(out, example)?;
        }
    }
    Ok(())
}

fn show(out: &mut dyn Write, row: &TimelineRow, of: &str) -> io::Result<()> {
    let days = match (&row.published, &row.until) {
        (Some(first), Some(last)) if first != last => format!("{first} – {last}"),
        (Some(day), _) => day.clone(),
        _ => "undated".to_owned(),
    };
    write!(out, "{days:<12}  {TITLE}{}", row.what.as_str())?;
    if let Some(value) = &row.value {
        write!(out, " {value}")?;
    }
    write!(out, "{TITLE:#}")?;
    if row.former {
        write!(out, " {DIM}(former){DIM:#}")?;
    }
    if let Some(before) = &row.changed_from {
        write!(out, "  {MATCH}{before} → {}{MATCH:#}", row.value.as_deref().unwrap_or_default())?;
    }
    if !row.contradicts.is_empty() {
        write!(out, "  {MATCH}against {}{MATCH:#}", row.contradicts.join(", "))?;
    }
    let about = [&row.person, &row.object, &row.work].into_iter().flatten().filter(|name| *name != of);
    let about: Vec<String> = about.chain(&row.place).map(|part| plain(part)).collect();
    if !about.is_empty() {
        write!(out, "  {}", about.join(" · "))?;
    }
    let noun = if row.articles == 1 { "article" } else { "articles" };
    let sources = if row.sources.is_empty() { String::new() } else { format!(", {}", plain(&row.sources.join(", "))) };
    writeln!(out, "  {DIM}{}, {} {noun}{sources}{DIM:#}", row.sure.as_str(), row.articles)
}

const COLUMNS: [&str; 18] = [
    "published",
    "until",
    "what",
    "work",
    "person",
    "object",
    "value",
    "former",
    "sure",
    "place",
    "changed_from",
    "contradicts",
    "articles",
    "sources",
    "id",
    "start",
    "end",
    "sentence",
];

fn csv_rows(out: &mut dyn Write, found: &Timeline) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(COLUMNS)?;
    for row in found.rows.iter().chain(&found.undated) {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        for example in &row.sentences {
            csv.write_record([
                text(&example.published),
                text(&row.until),
                row.what.as_str().to_owned(),
                text(&row.work),
                text(&row.person),
                text(&row.object),
                text(&row.value),
                row.former.to_string(),
                row.sure.as_str().to_owned(),
                text(&row.place),
                text(&row.changed_from),
                row.contradicts.join("|"),
                row.articles.to_string(),
                row.sources.join("|"),
                example.id.clone(),
                example.start.to_string(),
                example.end.to_string(),
                example.sentence.clone(),
            ])?;
        }
    }
    csv.flush()
}
