//! Text under construction: paragraphs, and rows of tables.

/// Tables within tables; what is nested deeper belongs to the cell around it.
const MAX_TABLES: usize = 16;
/// Bytes of a row whose cells are written on one line.
const SHORT_ROW: usize = 600;

/// Collects the text of a document. Paragraphs are separated by blank lines, rows of a
/// table by line ends, their cells by tabs.
#[derive(Debug, Default)]
pub(super) struct Flow {
    out: String,
    paragraph: String,
    rows: Vec<Row>,
    after_row: bool,
    /// Rows that are open beyond the limit.
    deeper: usize,
}

/// A row under construction: the paragraphs of each cell.
#[derive(Debug, Default)]
struct Row {
    cells: Vec<Vec<String>>,
    cell: Vec<String>,
}

impl Flow {
    pub(super) fn push(&mut self, text: &str) {
        self.paragraph.push_str(text);
    }

    /// What is written of the paragraph that is open.
    pub(super) fn open_paragraph(&self) -> &str {
        &self.paragraph
    }

    /// Takes the open paragraph out, to put it back later.
    pub(super) fn take_paragraph(&mut self) -> String {
        std::mem::take(&mut self.paragraph)
    }

    pub(super) fn end_paragraph(&mut self) {
        let text = tidy(&std::mem::take(&mut self.paragraph));
        if text.is_empty() {
            return;
        }
        match self.rows.last_mut() {
            Some(row) => row.cell.push(text),
            None => self.block(&text, false),
        }
    }

    pub(super) fn is_in_row(&self) -> bool {
        !self.rows.is_empty()
    }

    pub(super) fn begin_row(&mut self) {
        if self.rows.len() < MAX_TABLES {
            // What precedes the row within a cell around it.
            if !self.paragraph.trim().is_empty() {
                self.end_paragraph();
            }
            self.rows.push(Row::default());
        } else {
            self.deeper += 1;
        }
    }

    pub(super) fn end_cell(&mut self) {
        self.end_paragraph();
        if let Some(row) = self.rows.last_mut().filter(|_| self.deeper == 0) {
            let cell = std::mem::take(&mut row.cell);
            row.cells.push(cell);
        }
    }

    pub(super) fn end_row(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        self.end_paragraph();
        let Some(Row { mut cells, cell }) = self.rows.pop() else { return };
        cells.push(cell);
        cells.retain(|cell| !cell.is_empty());
        let length: usize = cells.iter().flatten().map(String::len).sum();
        let is_line = length <= SHORT_ROW && cells.len() > 1 && cells.iter().all(|cell| cell.len() == 1);
        let blocks: Vec<String> = if is_line {
            let line: Vec<String> = cells.into_iter().flatten().map(|text| text.replace('\n', " ")).collect();
            vec![line.join("\t")]
        } else {
            cells.into_iter().flatten().collect()
        };
        for block in blocks {
            match self.rows.last_mut() {
                Some(row) => row.cell.push(block),
                None => self.block(&block, is_line),
            }
        }
    }

    fn block(&mut self, text: &str, is_row: bool) {
        if !self.out.is_empty() {
            self.out.push_str(if is_row && self.after_row { "\n" } else { "\n\n" });
        }
        self.out.push_str(text);
        self.after_row = is_row;
    }

    /// The whole text.
    pub(super) fn finish(mut self) -> String {
        self.end_paragraph();
        self.deeper = 0;
        while !self.rows.is_empty() {
            self.end_row();
        }
        self.out
    }
}

/// A paragraph without spaces at the ends of its lines, and without repeated ones.
fn tidy(text: &str) -> String {
    let words = |part: &str| part.split([' ', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let cells = |line: &str| line.split('\t').map(words).collect::<Vec<_>>().join("\t").trim().to_owned();
    let lines: Vec<String> = text.split('\n').map(cells).collect();
    lines.join("\n").trim_matches(['\n', ' ', '\t', '\u{a0}']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` ends a cell, `[` and `]` enclose a row, a line end ends a paragraph.
    fn check(script: &str, expected: &str) {
        let mut flow = Flow::default();
        for c in script.chars() {
            match c {
                '[' => flow.begin_row(),
                ']' => flow.end_row(),
                '|' => flow.end_cell(),
                '\n' => flow.end_paragraph(),
                c => flow.push(c.encode_utf8(&mut [0; 4])),
            }
        }
        assert_eq!(flow.finish(), expected, "{script}");
    }

    #[test]
    fn paragraphs_and_rows() {
        check("One \n\n two  words", "One\n\ntwo words");
        check("A\n[b|c|][d|e|]F", "A\n\nb\tc\nd\te\n\nF");
        check("[a\nb|c|]", "a\n\nb\n\nc");
        check("[a|[b|c|]|d|]", "a\tb\tc\td");
        check("[a|b", "a\tb");
        check(&format!("{}x{}y", "[".repeat(40), "]".repeat(40)), "x\n\ny");
    }

    #[test]
    fn lines_stay_within_a_paragraph() {
        assert_eq!(tidy(" a \n  b\t c \u{a0}"), "a\nb\tc");
    }
}
