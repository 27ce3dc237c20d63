//! Lists of entities.

use std::io::{self, Write};

use crate::insight::EntityRow;

use super::format::Format;
use super::style::{DIM, TITLE, fit, plain};
use super::versioned::lines_or_object;

/// Aliases shown on a line.
const ALSO: usize = 4;

/// Prints entities, one per line; `json` is one object, `csv` has a header.
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

#[cfg(test)]
mod tests {
    use crate::article::EntityKind;
    use crate::present::testing::printed;

    use super::*;

    fn check(format: Format, expected: &str) {
        let row = |name: &str, also: &[&str], articles| EntityRow {
            kind: EntityKind::Work,
            name: name.to_owned(),
            articles,
            also: also.iter().map(|name| (*name).to_owned()).collect(),
            id: Default::default(),
        };
        let rows = [row("Dune", &["Dune: Part One", "Dune 1"], 12), row("A \"B\"", &[], 1)];
        assert_eq!(printed(|out| entity_rows(out, &rows, format, 60)), expected);
    }

    #[test]
    fn entities_are_rows() {
        check(Format::Human, "     12  work          Dune  = Dune: Part One, Dune 1\n      1  work          A \"B\"\n");
        check(Format::Csv, "kind,name,articles,also\nwork,Dune,12,Dune: Part One|Dune 1\nwork,\"A \"\"B\"\"\",1,\n");
    }

    #[test]
    fn every_json_object_has_the_schema() {
        let expected = "{\"schema\":1,\"kind\":\"work\",\"name\":\"Dune\",\"articles\":12,\"also\":[\"Dune: Part One\",\"Dune 1\"]}\n\
                        {\"schema\":1,\"kind\":\"work\",\"name\":\"A \\\"B\\\"\",\"articles\":1,\"also\":[]}\n";
        check(Format::Jsonl, expected);
    }
}
