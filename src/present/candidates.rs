//! Pairs of names that may be the same entity.

use std::io::{self, Write};

use crate::index::Finding;

use super::style::{DIM, TITLE, plain};
use super::versioned::lines_or_object;

/// Prints pairs of names, each with the evidence and the command that decides.
///
/// # Errors
/// What `out` says.
pub fn candidates_text(out: &mut dyn Write, found: &[Finding]) -> io::Result<()> {
    for finding in found {
        let (name, is) = (plain(&finding.name), plain(&finding.is));
        writeln!(out, "{:.2}  {TITLE}{name}{TITLE:#} = {TITLE}{is}{TITLE:#}", finding.score)?;
        let evidence =
            if finding.evidence.is_empty() { String::new() } else { format!("; {}", plain(&finding.evidence)) };
        writeln!(out, "      {}{evidence}", finding.rule.explain())?;
        writeln!(out, "      {DIM}newsearch entities merge '{is}' '{name}'  (or refuse){DIM:#}")?;
    }
    Ok(())
}

/// Prints pairs of names as one JSON object, or one per line.
///
/// # Errors
/// What `out` says.
pub fn candidates_json(out: &mut dyn Write, found: &[Finding], whole: bool) -> io::Result<()> {
    lines_or_object(out, "candidates", found, whole)
}
