//! Counts and sizes of an index.

use std::io::{self, Write};

use crate::insight::Stats;

use super::style::plain;
use super::versioned::versioned;

/// Prints counts and sizes, one per line; with `detailed`, also those of every
/// part of the index.
///
/// # Errors
/// What `out` says.
pub fn stats_text(out: &mut dyn Write, stats: &Stats, detailed: bool) -> io::Result<()> {
    writeln!(out, "articles       {}", stats.articles)?;
    writeln!(out, "files          {}", stats.files)?;
    for root in &stats.roots {
        writeln!(out, "  under        {}", plain(root))?;
    }
    match &stats.published {
        Some((first, last)) => writeln!(out, "published      {first} to {last}, {} undated", stats.undated)?,
        None => writeln!(out, "published      all undated")?,
    }
    let total: usize = stats.names.iter().map(|(_, count)| count).sum();
    writeln!(out, "names          {total}")?;
    for (kind, count) in &stats.names {
        writeln!(out, "  {kind:<13}{count}")?;
    }
    let share = stats.index_bytes as f64 / stats.text_bytes.max(1) as f64;
    writeln!(out, "text           {:.1} MB", stats.text_bytes as f64 / 1e6)?;
    writeln!(out, "index          {:.1} MB, {share:.2} of the text", stats.index_bytes as f64 / 1e6)?;
    for size in stats.sizes.iter().filter(|_| detailed) {
        let field = size.field.as_deref().unwrap_or("");
        writeln!(out, "  {:<13}{:>8.2} MB  {field}", size.part, size.bytes as f64 / 1e6)?;
    }
    writeln!(out, "segments       {}", stats.segments)?;
    writeln!(out, "commits        {}, format {}", stats.commits, stats.format)
}

/// Prints counts and sizes as one JSON object.
///
/// # Errors
/// What `out` says.
pub fn stats_json(out: &mut dyn Write, stats: &Stats) -> io::Result<()> {
    versioned(out, stats, false)
}
