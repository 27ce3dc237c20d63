//! Answers in any format.

use std::io::{self, Write};

use crate::read::bytes_of_name;

use super::answer::Answer;
use super::format::Format;
use super::{csv_rows, human, json, trec};

/// Prints answers in one format.
#[derive(Debug, Clone, Copy)]
pub struct Printer {
    /// The format.
    pub format: Format,
    /// Columns of human output.
    pub width: usize,
    /// End paths with NUL instead of a newline.
    pub null: bool,
}

impl Printer {
    /// The header before the first answer; only CSV has one.
    ///
    /// # Errors
    /// What `out` says.
    pub fn start(&self, out: &mut dyn Write, batch: bool) -> io::Result<()> {
        if self.format == Format::Csv { csv_rows::header(out, batch) } else { Ok(()) }
    }

    /// The hits of an answer, without facets and summary.
    ///
    /// # Errors
    /// What `out` says.
    pub fn hits(&self, out: &mut dyn Write, answer: &Answer<'_>) -> io::Result<()> {
        if self.format == Format::Human { human::hits(out, answer, self.width) } else { self.answer(out, answer) }
    }

    /// One answer.
    ///
    /// # Errors
    /// What `out` says.
    pub fn answer(&self, out: &mut dyn Write, answer: &Answer<'_>) -> io::Result<()> {
        match self.format {
            Format::Human => human::answer(out, answer, self.width),
            Format::Json => json::answer(out, answer, true),
            Format::Jsonl if answer.id.is_some() => json::answer(out, answer, false),
            Format::Jsonl => json::hits(out, answer),
            Format::Csv => csv_rows::rows(out, answer),
            Format::Trec => trec::lines(out, answer),
            Format::Paths => paths(out, answer, self.null),
        }
    }
}

/// The path of each hit once.
fn paths(out: &mut dyn Write, answer: &Answer<'_>, null: bool) -> io::Result<()> {
    let end: &[u8] = if null { b"\0" } else { b"\n" };
    let mut seen = std::collections::BTreeSet::new();
    for hit in answer.results.hits.iter().filter(|hit| seen.insert(&hit.path)) {
        out.write_all(&bytes_of_name(&hit.path))?;
        out.write_all(end)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::present::testing::{answer, hit, printed, results};

    use super::*;

    fn check(format: Format, null: bool, expected: &str) {
        let results = results([hit(1, "a 1", "Top Gun"), hit(2, "b", "Dune"), hit(3, "a 1", "Top Gun")]);
        let printer = Printer { format, width: 80, null };
        assert_eq!(printed(|out| printer.answer(out, &answer(&results))), expected);
    }

    #[test]
    fn trec_lines_have_ids_of_one_word() {
        let expected =
            "q_1 Q0 a_1 1 1.000000 newsearch\nq_1 Q0 b 2 0.500000 newsearch\nq_1 Q0 a_1 3 0.333333 newsearch\n";
        check(Format::Trec, false, expected);
    }

    #[test]
    fn paths_are_printed_once() {
        check(Format::Paths, false, "in/a 1.txt\nin/b.txt\n");
        check(Format::Paths, true, "in/a 1.txt\0in/b.txt\0");
    }

    #[test]
    fn only_csv_has_a_header() {
        for format in [Format::Human, Format::Json, Format::Jsonl, Format::Trec, Format::Paths] {
            assert_eq!(printed(|out| Printer { format, width: 80, null: false }.start(out, true)), "");
        }
        let header = printed(|out| Printer { format: Format::Csv, width: 80, null: false }.start(out, true));
        assert_eq!(header, "query_id,rank,id,score,published,source,title,path,url,snippet\n");
    }
}
