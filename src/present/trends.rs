//! Trending names.

use std::io::{self, Write};

use crate::insight::Trends;

use super::format::Format;
use super::style::{DIM, TITLE, plain};
use super::versioned::{lines_or_object, versioned};

/// Prints names with their numbers of stories in the period and before it.
///
/// # Errors
/// What `out` says.
pub fn trends(out: &mut dyn Write, found: &Trends, format: Format) -> io::Result<()> {
    match format {
        Format::Json => versioned(out, found, true),
        Format::Jsonl => lines_or_object(out, "names", &found.names, false),
        Format::Csv => {
            let mut csv = csv::Writer::from_writer(out);
            csv.write_record(["kind", "name", "stories", "before", "ratio", "g2", "p"])?;
            for name in &found.names {
                let (stories, before) = (name.stories.to_string(), name.before.to_string());
                let numbers = [name.ratio, name.g2].map(|number| format!("{number:.2}"));
                let p = format!("{:.2e}", name.p);
                csv.write_record([name.kind.as_str(), &name.name, &stories, &before, &numbers[0], &numbers[1], &p])?;
            }
            csv.flush()
        }
        _ => {
            writeln!(out, "{DIM}{} stories, compared with {} before{DIM:#}", found.stories, found.before)?;
            for name in &found.names {
                let times =
                    if name.ratio < 100.0 { format!("{:.1}", name.ratio) } else { format!("{:.0}", name.ratio) };
                let counts = format!("{:>6} / {:<6} {times:>6} ×  p {:.0e}", name.stories, name.before, name.p);
                writeln!(out, "{counts}  {:<13} {TITLE}{}{TITLE:#}", name.kind, plain(&name.name))?;
            }
            Ok(())
        }
    }
}
