//! Runs as `trec_eval` reads them.

use std::io::{self, Write};

use super::answer::Answer;

/// Lines of `query Q0 document rank score tag`; white space in ids becomes `_`.
pub(super) fn lines(out: &mut dyn Write, answer: &Answer<'_>) -> io::Result<()> {
    let word = |id: &str| id.split_whitespace().collect::<Vec<_>>().join("_");
    let query = word(answer.id.unwrap_or("1"));
    for hit in &answer.results.hits {
        writeln!(out, "{query} Q0 {} {} {:.6} newsearch", word(&hit.id), hit.rank, hit.score)?;
    }
    Ok(())
}
