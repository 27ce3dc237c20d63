//! How a table is written, by its start: line ends, delimiter, quotation marks.

use super::cells::{Dialect, Quotes, without_line_end};
use super::rows::{RowReader, may_be_literal};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// Bytes before the header: a byte-order mark, a line `sep=;`.
    pub(super) start: usize,
    /// Lines before the header.
    pub(super) line: usize,
    /// The byte that ends a line.
    pub(super) newline: u8,
    pub(super) dialect: Dialect,
}

/// Detects the layout from the start of a table. `cut` says whether more
/// follows.
pub(super) fn detect(sample: &[u8], cut: bool) -> Layout {
    let newline = if sample.contains(&b'\n') || !sample.contains(&b'\r') { b'\n' } else { b'\r' };
    let mark = if sample.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let first = first_line(&sample[mark..], newline);
    let (start, line, stated) = match stated_delimiter(without_line_end(first)) {
        Some(delimiter) => (mark + first.len(), 1, Some(delimiter)),
        None => (mark, 0, None),
    };
    let rows = &sample[start..];
    let delimiter = stated.unwrap_or_else(|| delimiter(rows, newline));
    let quotes = quotes(rows, newline, delimiter, cut);
    Layout { start, line, newline, dialect: Dialect { delimiter, quotes } }
}

fn first_line(text: &[u8], newline: u8) -> &[u8] {
    text.split_inclusive(|byte| *byte == newline).next().unwrap_or_default()
}

/// The delimiter that a line `sep=;` states, as Excel writes and reads it.
fn stated_delimiter(line: &[u8]) -> Option<u8> {
    let line = line.strip_prefix(b"\"").and_then(|inner| inner.strip_suffix(b"\"")).unwrap_or(line);
    match line.split_at_checked(4) {
        Some((key, [delimiter])) if key.eq_ignore_ascii_case(b"sep=") => Some(*delimiter),
        _ => None,
    }
}

/// The most frequent of comma, tab, semicolon and bar in the header line, outside
/// of quotation marks.
fn delimiter(rows: &[u8], newline: u8) -> u8 {
    let mut lines = rows.split(|byte| *byte == newline);
    let line = lines.find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let parts = || line.split(|byte| *byte == b'"').step_by(2).flatten();
    let count = |delimiter: &u8| parts().filter(|byte| *byte == delimiter).count();
    [b',', b'\t', b';', b'|'].into_iter().rev().max_by_key(count).unwrap_or(b',')
}

/// What a way of reading quotation marks makes of a table.
#[derive(Debug, Default)]
struct Tally {
    /// Rows with the cells of the header.
    good: usize,
    /// Rows with a mark that is not closed.
    broken: usize,
    /// Cells in marks.
    quoted: usize,
    /// Cells that need marks: a delimiter or line end is in them.
    needed: usize,
}

/// What quotation marks mean: what most rows bear out.
fn quotes(rows: &[u8], newline: u8, delimiter: u8, cut: bool) -> Quotes {
    if !rows.contains(&b'"') {
        return Quotes::Doubled;
    }
    // The last line of a cut sample may be incomplete.
    let end = if cut { memchr::memrchr(newline, rows).map_or(0, |at| at + 1) } else { rows.len() };
    let read = |quotes| tally(&rows[..end], newline, Dialect { delimiter, quotes }, cut);
    let (doubled, escaped) = (read(Quotes::Doubled), read(Quotes::Escaped));
    let (quotes, best) = if escaped.good + doubled.broken > doubled.good + escaped.broken {
        (Quotes::Escaped, escaped)
    } else {
        (Quotes::Doubled, doubled)
    };
    // Marks that enclose a delimiter are hardly an accident, others may be.
    let literal = best.broken > 0 && best.broken * 4 >= best.quoted + best.needed * 20;
    if literal && may_be_literal(delimiter) { Quotes::Literal } else { quotes }
}

fn tally(rows: &[u8], newline: u8, dialect: Dialect, cut: bool) -> Tally {
    let mut tally = Tally::default();
    let mut rows = RowReader::sample(rows, newline, dialect, cut);
    let mut columns = None;
    while let Ok(Some(row)) = rows.next_row() {
        let cells = rows.row();
        match (row, columns) {
            (Err(_), _) => tally.broken += 1,
            (Ok(()), None) => {
                columns = Some(cells.len());
                rows.set_header();
            }
            (Ok(()), Some(columns)) => {
                tally.good += usize::from(cells.len() == columns);
                tally.quoted += cells.quoted();
                let needs = |cell: &&[u8]| memchr::memchr2(dialect.delimiter, newline, cell).is_some();
                tally.needed += cells.cells().filter(needs).count();
            }
        }
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sample: &str, delimiter: u8, quotes: Quotes) {
        let found = detect(sample.as_bytes(), false);
        assert_eq!(found.dialect, Dialect { delimiter, quotes }, "{sample}");
    }

    #[test]
    fn delimiters() {
        for (sample, expected) in
            [("a,b,c;d", b','), ("a;b;c,d\n,,,,", b';'), ("a|b", b'|'), ("a", b','), ("\"a, b, c\";d", b';')]
        {
            check(sample, expected, Quotes::Doubled);
        }
    }

    #[test]
    fn a_line_may_state_the_delimiter() {
        let found = detect(b"\xef\xbb\xbfsep=;\r\na,b;c\r\n", false);
        assert_eq!((found.start, found.line, found.dialect.delimiter), (10, 1, b';'));
        for other in ["sep=", "sep=;;", "separator;x"] {
            assert_eq!(detect(other.as_bytes(), false).line, 0, "{other}");
        }
    }

    #[test]
    fn what_quotation_marks_mean() {
        check("a,b\n\"x, y\",\"z \"\"q\"\"\"\n", b',', Quotes::Doubled);
        check("a,b\n\"x\",\"z \\\"q\\\"\"\n\"\\\"x\\\" y\",z\n", b',', Quotes::Escaped);
        check("a,b\n\"C:\\\",z\n\"D:\\\",y\n", b',', Quotes::Doubled);
        // A table with commas is quoted, though one row is not well.
        check("a,b\n\"x,y\n1,2\n", b',', Quotes::Doubled);
        check("a\tb\n\"Up\" again\t1\n\"Heroes\"\t2\n", b'\t', Quotes::Literal);
        check("a\tb\n\"Up\n2\tx\n", b'\t', Quotes::Literal);
        // Quoted throughout, with one bad row.
        let good = "\"x\ty\"\t\"1\"\n".repeat(9);
        check(&format!("a\tb\n{good}\"Up\" again\t1\n"), b'\t', Quotes::Doubled);
        check("a\tb\n\"x\ny\"\t1\n", b'\t', Quotes::Doubled);
    }

    #[test]
    fn a_cut_sample_says_nothing_of_its_last_row() {
        let sample = b"a\tb\n1\t2\n\"a long cell\nover several lines\nand";
        assert_eq!(detect(sample, true).dialect.quotes, Quotes::Doubled);
        assert_eq!(detect(sample, false).dialect.quotes, Quotes::Literal);
    }
}
