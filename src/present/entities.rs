//! Entities: lists of them, and why each is what it is.

use std::io::{self, Write};

use serde::Serialize;
use utoipa::ToSchema;

use crate::insight::{EntityEvidence, EntityRow, Example};

use super::style::{DIM, TITLE, fit, plain};
use super::{Format, SCHEMA};

/// Other names shown in a line.
const ALSO: usize = 4;

/// Prints entities, a line each; `json` is one object, `csv` has a header.
///
/// # Errors
/// What `out` says.
pub fn entity_rows(out: &mut dyn Write, rows: &[EntityRow], format: Format, width: usize) -> io::Result<()> {
    match format {
        Format::Json => lines_or_object(out, "entities", rows, true),
        Format::Jsonl => lines_or_object(out, "entities", rows, false),
        Format::Csv => {
            let mut csv = csv::Writer::from_writer(out);
            csv.write_record(["kind", "name", "articles", "also"])?;
            for row in rows {
                csv.write_record([row.kind.as_str(), &row.name, &row.articles.to_string(), &row.also.join("|")])?;
            }
            csv.flush()
        }
        _ => {
            for row in rows {
                let also = match row.also.len() {
                    0 => String::new(),
                    _ => format!("  = {}", row.also.iter().take(ALSO).map(|n| plain(n)).collect::<Vec<_>>().join(", ")),
                };
                let name = plain(&row.name);
                let room = width.saturating_sub(24 + name.chars().count());
                writeln!(
                    out,
                    "{:>7}  {:<13} {TITLE}{name}{TITLE:#}{DIM}{}{DIM:#}",
                    row.articles,
                    row.kind,
                    fit(&also, room)
                )?;
            }
            Ok(())
        }
    }
}

/// One object with a list, or an object a line.
pub(super) fn lines_or_object<T: Serialize>(out: &mut dyn Write, key: &str, rows: &[T], whole: bool) -> io::Result<()> {
    if !whole {
        for row in rows {
            serde_json::to_writer(&mut *out, row)?;
            out.write_all(b"\n")?;
        }
        return Ok(());
    }
    let object = serde_json::json!({ "schema": SCHEMA, key: rows });
    serde_json::to_writer_pretty(&mut *out, &object)?;
    out.write_all(b"\n")
}

/// Prints what is known of an entity.
///
/// # Errors
/// What `out` says.
pub fn why_text(out: &mut dyn Write, why: &EntityEvidence) -> io::Result<()> {
    let noun = if why.articles == 1 { "article" } else { "articles" };
    writeln!(out, "{TITLE}{}{TITLE:#}  {} in {} {noun}", plain(&why.name), why.kind, why.articles)?;
    if why.fragment {
        writeln!(out, "{DIM}not shown in facets: a part of a name whose bearer no article tells{DIM:#}")?;
    }
    for name in &why.names {
        writeln!(out, "  = {}  {DIM}{}{DIM:#}", plain(&name.name), plain(&name.because))?;
    }
    for form in &why.forms {
        writeln!(out, "\n{:>7}  {TITLE}{}{TITLE:#}  {DIM}{}{DIM:#}", form.mentions, plain(&form.text), form.rule)?;
        for example in &form.examples {
            show_example(out, example)?;
        }
    }
    Ok(())
}

/// A sentence, and where it stands.
pub(super) fn show_example(out: &mut dyn Write, example: &Example) -> io::Result<()> {
    let date = example.published.as_deref().unwrap_or("undated");
    let place = format!("{} {date} bytes {}..{}", example.id, example.start, example.end);
    writeln!(out, "         {}\n         {DIM}{}{DIM:#}", plain(&example.sentence), plain(&place))
}

/// Prints what is known of an entity as one JSON object.
///
/// # Errors
/// What `out` says.
pub fn why_json(out: &mut dyn Write, why: &EntityEvidence, pretty: bool) -> io::Result<()> {
    versioned(out, why, pretty)
}

/// An object with the version of the output.
#[derive(Debug, Serialize, ToSchema)]
pub struct Versioned<T> {
    /// The version of the output.
    schema: u32,
    #[serde(flatten)]
    found: T,
}

impl<T> Versioned<T> {
    /// What was found, under the present version.
    pub fn new(found: T) -> Self {
        Self { schema: SCHEMA, found }
    }
}

/// One object with the version of the output.
pub(super) fn versioned<T: Serialize>(out: &mut dyn Write, found: &T, pretty: bool) -> io::Result<()> {
    let object = Versioned::new(found);
    if pretty {
        serde_json::to_writer_pretty(&mut *out, &object)?;
    } else {
        serde_json::to_writer(&mut *out, &object)?;
    }
    out.write_all(b"\n")
}
