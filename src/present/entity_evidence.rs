//! The evidence for an entity: its names, forms and example sentences.

use std::io::{self, Write};

use crate::insight::{EntityEvidence, Example};

use super::style::{DIM, TITLE, plain};
use super::versioned::versioned;

/// Prints the evidence for an entity.
///
/// # Errors
/// What `out` says.
pub fn evidence_text(out: &mut dyn Write, why: &EntityEvidence) -> io::Result<()> {
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

/// A sentence, and its article, date and byte range.
pub(super) fn show_example(out: &mut dyn Write, example: &Example) -> io::Result<()> {
    let date = example.published.as_deref().unwrap_or("undated");
    let place = format!("{} {date} bytes {}..{}", example.id, example.start, example.end);
    writeln!(out, "         {}\n         {DIM}{}{DIM:#}", plain(&example.sentence), plain(&place))
}

/// Prints the evidence for an entity as one JSON object.
///
/// # Errors
/// What `out` says.
pub fn evidence_json(out: &mut dyn Write, why: &EntityEvidence, pretty: bool) -> io::Result<()> {
    versioned(out, why, pretty)
}
