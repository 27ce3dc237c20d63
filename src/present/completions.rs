//! Completions of names.

use std::io::{self, Write};

use crate::search::Completion;

use super::format::Format;
use super::style::plain;
use super::versioned::lines_or_object;

/// Prints names, one per line.
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

#[cfg(test)]
mod tests {
    use crate::article::EntityKind;
    use crate::present::testing::printed;

    use super::*;

    #[test]
    fn completions_are_lines() {
        let found = [Completion { kind: EntityKind::Person, name: "Ann Lee".to_owned(), articles: 3 }];
        let check = |format, expected: &str| assert_eq!(printed(|out| completions(out, &found, format)), expected);
        check(Format::Human, "Ann Lee\n");
        check(Format::Csv, "kind,name,articles\nperson,Ann Lee,3\n");
        check(Format::Jsonl, "{\"schema\":1,\"kind\":\"person\",\"name\":\"Ann Lee\",\"articles\":3}\n");
    }
}
