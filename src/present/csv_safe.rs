//! CSV whose cells no spreadsheet takes for formulas (OWASP, “CSV Injection”).

use std::io::{self, Write};

/// Puts `'` before each cell of CSV that begins as a formula does. Numbers stay.
pub struct CsvSafeWriter<W> {
    out: W,
    /// The current cell, without the quotation marks around it.
    cell: Vec<u8>,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first byte of a cell.
    Start,
    Unquoted,
    Quoted,
    /// Behind a quotation mark in a quoted cell: the end, or a doubled one.
    QuotedEnd,
}

impl<W: Write> CsvSafeWriter<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        Self { out, cell: Vec::new(), state: State::Start }
    }

    /// Writes a cell and the separator behind it.
    fn end(&mut self, quoted: bool, separator: u8) -> io::Result<()> {
        let mark: &[u8] = if quoted { b"\"" } else { b"" };
        let guard: &[u8] = if is_formula(&self.cell) { b"'" } else { b"" };
        for part in [mark, guard, &self.cell, mark, &[separator]] {
            self.out.write_all(part)?;
        }
        self.cell.clear();
        self.state = State::Start;
        Ok(())
    }

    fn byte(&mut self, byte: u8) -> io::Result<()> {
        match (self.state, byte) {
            (State::Start, b'"') => self.state = State::Quoted,
            (State::Start | State::Unquoted, b',' | b'\n') => return self.end(false, byte),
            (State::QuotedEnd, b',' | b'\n') => return self.end(true, byte),
            (State::Quoted, b'"') => self.state = State::QuotedEnd,
            (State::QuotedEnd, _) => {
                self.cell.extend([b'"', byte]);
                self.state = State::Quoted;
            }
            (state, _) => {
                self.cell.push(byte);
                self.state = if state == State::Start { State::Unquoted } else { state };
            }
        }
        Ok(())
    }
}

/// Whether a spreadsheet may take a cell for a formula.
fn is_formula(cell: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(cell) else { return false };
    let begins = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    begins && text.parse::<f64>().is_err()
}

impl<W: Write> Write for CsvSafeWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        bytes.iter().try_for_each(|byte| self.byte(*byte))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cells: &[&str], expected: &[&str]) {
        let mut out = Vec::new();
        let mut csv = csv::Writer::from_writer(CsvSafeWriter::new(&mut out));
        csv.write_record(cells).expect("memory can be written");
        csv.write_record(vec!["next"; cells.len()]).expect("memory can be written");
        csv.flush().expect("memory can be written");
        drop(csv);
        let mut read = csv::ReaderBuilder::new().has_headers(false).from_reader(&out[..]);
        let rows: Vec<csv::StringRecord> = read.records().collect::<Result<_, _>>().expect("CSV");
        assert_eq!(rows[0].iter().collect::<Vec<_>>(), expected);
        assert_eq!(rows[1].iter().collect::<Vec<_>>(), vec!["next"; cells.len()]);
    }

    #[test]
    fn cells_are_no_formulas() {
        check(&["=1+1", "+1 800", "-cmd", "@sum"], &["'=1+1", "'+1 800", "'-cmd", "'@sum"]);
        check(&["\t=1", "\r=1", "\n=1", "＝1"], &["'\t=1", "'\r=1", "'\n=1", "'＝1"]);
        check(&["=HYPERLINK(\"http://a,b\")", "a\"=b", "\"=1"], &["'=HYPERLINK(\"http://a,b\")", "a\"=b", "\"=1"]);
    }

    #[test]
    fn other_cells_stay() {
        check(&["Dune", "", "a=b", "a,b", "two\nlines"], &["Dune", "", "a=b", "a,b", "two\nlines"]);
        check(&["-12.5", "+3", "-1e-7", "−5"], &["-12.5", "+3", "-1e-7", "−5"]);
    }
}
