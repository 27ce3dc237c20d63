//! The table of ARCHITECTURE.md: which module may import which.

const HEADING: &str = "## What may import what";

/// A module with the modules that it may import.
#[derive(Debug, PartialEq)]
pub struct Row {
    pub module: String,
    pub may_import: Vec<String>,
}

/// The rows of the table below the heading, in order.
pub fn rows(document: &str) -> Vec<Row> {
    let (_, section) = document.split_once(HEADING).expect("a heading “What may import what”");
    let section = section.split("\n## ").next().unwrap_or_default();
    section.lines().filter(|line| line.starts_with('|')).skip(2).flat_map(row).collect()
}

/// The rows of a line: a cell may name several modules.
fn row(line: &str) -> Vec<Row> {
    let cells: Vec<&str> = line.trim().trim_matches('|').split('|').collect();
    assert_eq!(cells.len(), 2, "expected `| modules | may import |`: {line}");
    let names = |cell: &str| -> Vec<String> {
        let names = cell.split(',').map(|name| name.trim().trim_matches('`').to_owned());
        names.filter(|name| !name.is_empty() && name != "nothing").collect()
    };
    let row = |module| Row { module, may_import: names(cells[1]) };
    names(cells[0]).into_iter().map(row).collect()
}

/// The row of a file: the one with the longest name that the file's path starts with.
pub fn row_of<'r>(rows: &'r [Row], file: &str) -> Option<&'r Row> {
    let is_in = |row: &&Row| contains(&row.module, file.trim_end_matches(".rs"));
    rows.iter().filter(is_in).max_by_key(|row| row.module.len())
}

/// Whether a module is another, or contains it.
pub fn contains(outer: &str, inner: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
