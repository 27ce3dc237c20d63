//! Reads rows one by one, within a limit, and goes on after one that is broken.

use std::io::{self, BufRead};

use memchr::memchr_iter;

use super::cells::{Dialect, Progress, Quotes, Row, without_line_end};
use super::lines::{Line, LineBuffer};
use crate::read::error::ReadErrorKind;

/// Reads the rows of a table.
pub(super) struct RowReader<'a> {
    lines: LineBuffer<'a>,
    dialect: Dialect,
    /// Bytes of the longest row.
    limit: u64,
    /// Cells of the header, once it is read.
    columns: Option<usize>,
    /// Whether a row that does not follow the dialect is read by another one.
    repairs: bool,
    /// Whether more rows would follow the last one.
    cut: bool,
    row: Row,
    /// The number of lines before the next row.
    line: usize,
    /// The first line of the last row, from 1.
    place: usize,
}

/// The lines of a row that may go over several.
#[derive(Debug, Clone, Copy)]
struct Lines {
    start: usize,
    /// Where the first one ends.
    first: usize,
    /// Where the last one ends.
    end: usize,
    count: usize,
}

/// Why a row ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Complete,
    Broken,
    /// The input ends within quotation marks.
    Unclosed,
    /// It is longer than the limit.
    TooLong,
}

impl<'a> RowReader<'a> {
    /// Reads the rows of `input`, which starts at line `line` + 1.
    pub(super) fn new(input: Box<dyn BufRead + 'a>, newline: u8, dialect: Dialect, limit: u64, line: usize) -> Self {
        let lines = LineBuffer::new(input, newline);
        let row = Row::default();
        Self { lines, dialect, limit, columns: None, repairs: true, cut: false, row, line, place: line }
    }

    /// Reads the rows of the start of a table, strictly by the dialect. `cut`
    /// says whether more would follow.
    pub(super) fn sample(sample: &'a [u8], newline: u8, dialect: Dialect, cut: bool) -> Self {
        Self { repairs: false, cut, ..Self::new(Box::new(sample), newline, dialect, u64::MAX, 0) }
    }

    /// The last row.
    pub(super) fn row(&self) -> &Row {
        &self.row
    }

    /// The first line of the last row, from 1.
    pub(super) fn place(&self) -> usize {
        self.place
    }

    /// Makes the last row the header, which says how many cells a row has.
    pub(super) fn set_header(&mut self) {
        self.columns = Some(self.row.len());
    }

    /// Reads the next row; `None` at the end. An error of the row does not keep
    /// the next one from being read.
    pub(super) fn next_row(&mut self) -> io::Result<Option<Result<(), ReadErrorKind>>> {
        loop {
            let start = self.lines.start();
            self.place = self.line + 1;
            self.row.clear();
            match self.lines.line(start, self.limit)? {
                Line::None => return Ok(None),
                Line::TooLong => {
                    let bytes = self.lines.skip_line(start)?;
                    self.line += 1;
                    return Ok(Some(Err(ReadErrorKind::Oversized { bytes, limit: self.limit })));
                }
                Line::Ends(first) if is_blank(self.lines.slice(start, first)) => {
                    self.line += 1;
                    self.lines.advance(first);
                }
                Line::Ends(first) => {
                    let lines = Lines { start, first, end: first, count: 1 };
                    let (outcome, lines) = self.read_lines(lines)?;
                    return self.finish(outcome, lines);
                }
            }
        }
    }

    /// Reads lines until the row ends.
    fn read_lines(&mut self, mut lines: Lines) -> io::Result<(Outcome, Lines)> {
        let mut from = lines.start;
        loop {
            match self.row.add_line(self.lines.slice(from, lines.end), self.dialect) {
                Progress::Complete => return Ok((Outcome::Complete, lines)),
                Progress::Broken => return Ok((Outcome::Broken, lines)),
                Progress::Open => {}
            }
            let left = self.limit.saturating_sub((lines.end - lines.start) as u64);
            match self.lines.line(lines.end, left)? {
                Line::None => return Ok((Outcome::Unclosed, lines)),
                Line::TooLong => return Ok((Outcome::TooLong, lines)),
                Line::Ends(end) => {
                    from = lines.end;
                    lines = Lines { end, count: lines.count + 1, ..lines };
                }
            }
        }
    }

    /// Accepts the row, or gives it up.
    fn finish(&mut self, outcome: Outcome, lines: Lines) -> io::Result<Option<Result<(), ReadErrorKind>>> {
        match outcome {
            Outcome::Complete if lines.count == 1 || self.is_one_row(lines) => {
                self.line += lines.count;
                self.lines.advance(lines.end);
                Ok(Some(Ok(())))
            }
            Outcome::Unclosed if self.cut && !self.are_many_rows(lines) => Ok(None),
            Outcome::TooLong if !self.are_many_rows(lines) => {
                let bytes = self.skip_row(lines)?;
                Ok(Some(Err(ReadErrorKind::Oversized { bytes, limit: self.limit })))
            }
            _ => Ok(Some(self.read_first_line(lines))),
        }
    }

    /// Whether a row over several lines is what its quotation marks say. If it
    /// has not the cells of the header, but its first line alone has, a mark
    /// opens a cell by mistake; also if each of three lines or more has three
    /// cells or more, and just those of the header.
    fn is_one_row(&self, lines: Lines) -> bool {
        let Some(columns) = self.columns else { return true };
        if self.plain_cells(self.lines.slice(lines.start, lines.first)) != columns {
            return true;
        }
        let (count, alike) = self.rows_after_first(lines, columns);
        let each_is_a_row = count == alike && count >= 2 && columns >= 3;
        self.row.len() == columns && !each_is_a_row
    }

    /// Whether most lines after the first one have the cells of the header each:
    /// they are rows of their own, and no part of a quoted cell.
    fn are_many_rows(&self, lines: Lines) -> bool {
        let Some(columns) = self.columns.filter(|columns| *columns > 1) else { return false };
        let (count, alike) = self.rows_after_first(lines, columns);
        alike * 2 > count
    }

    /// The number of lines after the first one, and of those with this number of
    /// cells, if quotation marks mean nothing. Blank lines are left out.
    fn rows_after_first(&self, lines: Lines, columns: usize) -> (usize, usize) {
        let rest = self.lines.slice(lines.first, lines.end).split(|byte| *byte == b'\n' || *byte == b'\r');
        rest.filter(|line| !is_blank(line))
            .fold((0, 0), |(count, alike), line| (count + 1, alike + usize::from(self.plain_cells(line) == columns)))
    }

    /// The number of cells of a line whose quotation marks mean nothing.
    fn plain_cells(&self, line: &[u8]) -> usize {
        memchr_iter(self.dialect.delimiter, line).count() + 1
    }

    /// Takes the first line as a row, by a dialect that gives it the cells of the
    /// header. The next row starts at the second line.
    fn read_first_line(&mut self, lines: Lines) -> Result<(), ReadErrorKind> {
        let line = self.lines.slice(lines.start, lines.first);
        let literal = may_be_literal(self.dialect.delimiter).then_some(Quotes::Literal);
        let others = [Quotes::Doubled, Quotes::Escaped].into_iter().chain(literal).chain([Quotes::Lenient]);
        let mut fits = |quotes| {
            self.row.clear();
            let progress = self.row.add_line(line, Dialect { quotes, ..self.dialect });
            progress == Progress::Complete && self.columns.is_none_or(|columns| self.row.len() == columns)
        };
        let repaired = self.repairs && others.into_iter().any(&mut fits);
        self.line += 1;
        self.lines.advance(lines.first);
        if repaired { Ok(()) } else { Err(unclosed()) }
    }

    /// Drops a row that is longer than the limit, up to where its quotation marks
    /// close. Returns its length.
    fn skip_row(&mut self, lines: Lines) -> io::Result<u64> {
        let mut bytes = (lines.end - lines.start) as u64;
        self.line += lines.count;
        self.lines.advance(lines.end);
        loop {
            self.row.forget();
            let start = self.lines.start();
            match self.lines.line(start, self.limit)? {
                Line::None => return Ok(bytes),
                Line::TooLong => {
                    self.line += 1;
                    return Ok(bytes + self.lines.skip_line(start)?);
                }
                Line::Ends(end) => {
                    let line = self.lines.slice(start, end);
                    let progress = self.row.add_line(line, self.dialect);
                    if progress == Progress::Broken && Some(self.plain_cells(line)) == self.columns {
                        return Ok(bytes);
                    }
                    bytes += (end - start) as u64;
                    self.line += 1;
                    self.lines.advance(end);
                    if progress != Progress::Open {
                        return Ok(bytes);
                    }
                }
            }
        }
    }
}

/// Whether tables with this delimiter are mostly written without quoting.
pub(super) fn may_be_literal(delimiter: u8) -> bool {
    matches!(delimiter, b'\t' | b'|')
}

fn is_blank(line: &[u8]) -> bool {
    without_line_end(line).iter().all(|byte| *byte == b' ')
}

fn unclosed() -> ReadErrorKind {
    let what = "a cell starts with a quotation mark that is not closed before a delimiter; \
                close it, and double the marks within the cell";
    ReadErrorKind::Malformed { format: "table", what: what.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows as `line cell|cell`, errors as `line reason`.
    fn rows(text: &str, delimiter: u8, quotes: Quotes, limit: u64) -> Vec<String> {
        let newline = if text.contains('\n') { b'\n' } else { b'\r' };
        let dialect = Dialect { delimiter, quotes };
        let mut rows = RowReader::new(Box::new(text.as_bytes()), newline, dialect, limit, 0);
        let mut found = Vec::new();
        while let Some(row) = rows.next_row().expect("memory") {
            if found.is_empty() {
                rows.set_header();
            }
            let cells: Vec<_> = rows.row().cells().map(String::from_utf8_lossy).collect();
            let text = row.map_or_else(|kind| kind.reason().to_owned(), |()| cells.join("|"));
            found.push(format!("{} {text}", rows.place()));
        }
        found
    }

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(rows(text, b',', Quotes::Doubled, 1000), expected, "{text}");
    }

    #[test]
    fn rows_over_several_lines() {
        check("a,b\n\"x\n,y,\n\n\",z\n1,2\n", &["1 a|b", "2 x\n,y,\n\n|z", "6 1|2"]);
        // All lines have the cells of the header, and so has the row.
        check("a,b\n1,\"x\n2,y\"\n", &["1 a|b", "2 1|x\n2,y"]);
        // Rows that lack cells are no mistake of quotation marks.
        check("a,b,c\n1,\"x\ny\"\n", &["1 a|b|c", "2 1|x\ny"]);
        check("\r\na,b\r\n\r\n1,2\r\n", &["2 a|b", "4 1|2"]);
        check("a,b\r1,2\r", &["1 a|b", "2 1|2"]);
    }

    #[test]
    fn a_row_with_an_unclosed_mark_is_an_error_of_its_own() {
        let table = "id,title,text\n1,\"A,x\n2,B,y\n3,C,z\n";
        check(table, &["1 id|title|text", "2 malformed", "3 2|B|y", "4 3|C|z"]);
        // The next row with a mark shows it.
        check("id,title,text\n1,\"A,x\n2,\"B\",y\n", &["1 id|title|text", "2 malformed", "3 2|B|y"]);
        // As if it were closed: the cells tell.
        let closed = "id,title,text\n1,\"A,x\n2,B,y\n3,6'2\",z\n";
        check(closed, &["1 id|title|text", "2 malformed", "3 2|B|y", "4 3|6'2\"|z"]);
        check("id,title\n1,A\n2,\"B", &["1 id|title", "2 1|A", "3 malformed"]);
        check(
            "id,title\n1,\"A\n2,\"B\n3,\"C\n4,D",
            &["1 id|title", "2 malformed", "3 malformed", "4 malformed", "5 4|D"],
        );
    }

    #[test]
    fn marks_that_another_dialect_explains() {
        check("id,title,text\n1,\"A \"B\" c\",x\n", &["1 id|title|text", "2 1|A \"B\" c|x"]);
        check("id,title,text\n1,\"A \\\"B\\\" c\",x\n", &["1 id|title|text", "2 1|A \"B\" c|x"]);
        let tabs = "id\ttitle\n1\t\"A\" b\n2\t\"C\n3\td\n";
        let expected = ["1 id|title", "2 1|\"A\" b", "3 2|\"C", "4 3|d"];
        assert_eq!(rows(tabs, b'\t', Quotes::Doubled, 1000), expected);
    }

    #[test]
    fn rows_are_limited_while_they_are_read() {
        let long = "x".repeat(2000);
        check(&format!("a,b\n1,{long}\n2,y\n"), &["1 a|b", "2 oversized", "3 2|y"]);
        // A cell in marks over many lines, which are no rows.
        let lines = format!("{}\n", "words and words").repeat(100);
        check(&format!("a,b\n1,\"{lines}\"\n2,y\n"), &["1 a|b", "2 oversized", "103 2|y"]);
        // An unclosed mark before many rows.
        let table = format!("a,b\n1,\"x\n{}", "2,y\n".repeat(500));
        let found = rows(&table, b',', Quotes::Doubled, 1000);
        assert_eq!((found.len(), found[1].as_str(), found[2].as_str()), (502, "2 malformed", "3 2|y"));
    }
}
