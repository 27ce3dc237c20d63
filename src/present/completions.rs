//! Names that what is typed may become.

use std::io::{self, Write};

use crate::search::Completion;

use super::Format;
use super::entities::lines_or_object;
use super::style::plain;

/// Prints names, one a line.
///
/// # Errors
/// What `out` says.
pub fn completions(out: &mut dyn Write, found: &[Completion], format: Format) -> io::Result<()> {
    match format {
        Format::Json => lines_or_object(out, "completions", found, true),
        Format::Jsonl => lines_or_object(out, "completions", found, false),
        Format::Csv => {
            let mut csv = csv::Writer::from_writer(out);
            csv.write_record(["kind", "name", "articles"])?;
            for Completion { kind, name, articles } in found {
                csv.write_record([kind.as_str(), name, &articles.to_string()])?;
            }
            csv.flush()
        }
        _ => found.iter().try_for_each(|completion| writeln!(out, "{}", plain(&completion.name))),
    }
}
