//! Splits the lines of a row into cells.

use memchr::{memchr, memchr2};

use super::lines::append;

/// The most columns of a table. Cells beyond are counted, not kept.
pub(super) const MAX_COLUMNS: usize = 1 << 16;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    /// The byte between two cells.
    pub(super) delimiter: u8,
    /// What quotation marks mean.
    pub(super) quotes: Quotes,
}

/// What quotation marks mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    /// They may enclose a cell; one within the cell is doubled (RFC 4180).
    Doubled,
    /// As [`Quotes::Doubled`], or escaped by a backslash.
    Escaped,
    /// As [`Quotes::Escaped`]; one within a cell may also stand alone.
    Lenient,
    /// They are characters like any other.
    Literal,
}

/// How far a row is after a line of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    /// It ends with the line.
    Complete,
    /// The line ends within quotation marks.
    Open,
    /// A quotation mark stands within a quoted cell that does not end there.
    Broken,
}

/// The cells of one row.
#[derive(Debug, Default)]
pub(super) struct Row {
    text: Vec<u8>,
    /// Where each cell ends in `text`.
    ends: Vec<usize>,
    /// All cells, also those that are not kept.
    count: usize,
    /// How many were in quotation marks.
    quoted: usize,
    /// Whether the last one is in quotation marks that are not closed.
    open: bool,
}

impl Row {
    pub(super) fn clear(&mut self) {
        self.forget();
        (self.count, self.quoted, self.open) = (0, 0, false);
    }

    /// Drops what was read of the row, and keeps whether it is in quotation marks.
    pub(super) fn forget(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// The number of cells.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// The number of cells that stand in quotation marks.
    pub(super) fn quoted(&self) -> usize {
        self.quoted
    }

    /// The cells, without quotation marks and escapes.
    pub(super) fn cells(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.text[start..*end])
    }

    /// Adds a line with its line end.
    pub(super) fn add_line(&mut self, line: &[u8], dialect: Dialect) -> Progress {
        let mut rest = without_line_end(line);
        let line_end = &line[rest.len()..];
        loop {
            if !self.open {
                match rest.split_first() {
                    Some((b'"', tail)) if dialect.quotes != Quotes::Literal => (self.open, rest) = (true, tail),
                    _ => match self.plain_cell(rest, dialect.delimiter) {
                        Some(tail) => rest = tail,
                        None => return Progress::Complete,
                    },
                }
            }
            if self.open {
                match self.quoted_cell(rest, dialect) {
                    QuotedCell::Before(tail) => rest = tail,
                    QuotedCell::Last => return Progress::Complete,
                    QuotedCell::Broken => return Progress::Broken,
                    QuotedCell::Open => {
                        append(&mut self.text, line_end);
                        return Progress::Open;
                    }
                }
            }
        }
    }

    /// Adds a cell without quotation marks, and returns what follows it.
    fn plain_cell<'l>(&mut self, rest: &'l [u8], delimiter: u8) -> Option<&'l [u8]> {
        let end = memchr(delimiter, rest);
        append(&mut self.text, &rest[..end.unwrap_or(rest.len())]);
        self.end_cell();
        end.map(|end| &rest[end + 1..])
    }

    /// Adds what follows an opening quotation mark.
    fn quoted_cell<'l>(&mut self, mut rest: &'l [u8], dialect: Dialect) -> QuotedCell<'l> {
        let escapes = matches!(dialect.quotes, Quotes::Escaped | Quotes::Lenient);
        loop {
            let mark = if escapes { memchr2(b'"', b'\\', rest) } else { memchr(b'"', rest) };
            let Some(at) = mark else {
                append(&mut self.text, rest);
                return QuotedCell::Open;
            };
            append(&mut self.text, &rest[..at]);
            let (first, tail) = (rest[at], &rest[at + 1..]);
            match (first, tail.first()) {
                (b'\\', Some(escaped @ (b'"' | b'\\'))) | (b'"', Some(escaped @ b'"')) => {
                    self.text.push(*escaped);
                    rest = &tail[1..];
                    continue;
                }
                (b'\\', _) => {
                    self.text.push(b'\\');
                    rest = tail;
                    continue;
                }
                _ => {}
            }
            let spaces = tail.iter().take_while(|byte| **byte == b' ').count();
            match tail[spaces..].first() {
                None => {
                    self.close_cell();
                    return QuotedCell::Last;
                }
                Some(byte) if *byte == dialect.delimiter => {
                    self.close_cell();
                    return QuotedCell::Before(&tail[spaces + 1..]);
                }
                Some(_) if dialect.quotes == Quotes::Lenient => {
                    self.text.push(b'"');
                    rest = tail;
                }
                Some(_) => return QuotedCell::Broken,
            }
        }
    }

    fn close_cell(&mut self) {
        self.open = false;
        self.quoted += 1;
        self.end_cell();
    }

    fn end_cell(&mut self) {
        self.count += 1;
        if self.ends.len() < MAX_COLUMNS {
            self.ends.push(self.text.len());
        } else {
            self.text.truncate(self.ends.last().copied().unwrap_or(0));
        }
    }
}

/// What follows an opening quotation mark.
enum QuotedCell<'l> {
    /// The cell is closed, and these bytes follow its delimiter.
    Before(&'l [u8]),
    /// The cell is closed and the last one.
    Last,
    /// The line ends within the cell.
    Open,
    /// See [`Progress::Broken`].
    Broken,
}

/// A line without `\n`, `\r\n` or `\r` at its end.
pub(super) fn without_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(quotes: Quotes, lines: &[&str], progress: Progress, expected: &[&str]) {
        let mut row = Row::default();
        let dialect = Dialect { delimiter: b',', quotes };
        let last = lines.iter().map(|line| row.add_line(line.as_bytes(), dialect)).last();
        assert_eq!(last, Some(progress), "{lines:?}");
        if progress == Progress::Complete {
            let cells: Vec<_> = row.cells().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
            assert_eq!(cells, expected, "{lines:?}");
            assert_eq!(row.len(), expected.len());
        }
    }

    #[test]
    fn plain_and_quoted_cells() {
        use Progress::Complete;
        check(Quotes::Doubled, &["a,b\r\n"], Complete, &["a", "b"]);
        check(Quotes::Doubled, &["a,,"], Complete, &["a", "", ""]);
        check(Quotes::Doubled, &["\"a, b\",\"\",\"c \"\"d\"\"\"\n"], Complete, &["a, b", "", "c \"d\""]);
        check(Quotes::Doubled, &["\"a\r\n", "\n", "b\",c\n"], Complete, &["a\r\n\nb", "c"]);
        check(Quotes::Doubled, &["\"a\"  ,\"b\" \n"], Complete, &["a", "b"]);
        check(Quotes::Doubled, &["12\" single,a \"b\" c\n"], Complete, &["12\" single", "a \"b\" c"]);
        check(Quotes::Doubled, &["\"C:\\\",b\n"], Complete, &["C:\\", "b"]);
    }

    #[test]
    fn marks_within_cells() {
        use Progress::{Broken, Complete, Open};
        check(Quotes::Doubled, &["\"a \"b\" c\",d\n"], Broken, &[]);
        check(Quotes::Doubled, &["a,\"b\n"], Open, &[]);
        check(Quotes::Doubled, &["a,\"b\n", "c,\"d\"\n"], Broken, &[]);
        check(Quotes::Escaped, &["\"a \\\"b\\\" \\\\ \\n\",d\n"], Complete, &["a \"b\" \\ \\n", "d"]);
        check(Quotes::Escaped, &["\"C:\\\",b\n"], Open, &[]);
        check(Quotes::Lenient, &["\"a \"b\" c\",d\n"], Complete, &["a \"b\" c", "d"]);
        check(Quotes::Literal, &["\"a \"b, c\"\n"], Complete, &["\"a \"b", " c\""]);
    }

    #[test]
    fn cells_beyond_the_most_columns_are_counted_only() {
        let mut row = Row::default();
        let line = "a,".repeat(MAX_COLUMNS + 10);
        row.add_line(line.as_bytes(), Dialect { delimiter: b',', quotes: Quotes::Doubled });
        assert_eq!((row.len(), row.cells().count()), (MAX_COLUMNS + 11, MAX_COLUMNS));
    }
}
