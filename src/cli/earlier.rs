//! The answers of an earlier batch, read along with those of a new one.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};

use crate::search::Earlier;
use anyhow::Context;

/// Reads the answers of an earlier run on demand: one at a time where both runs
/// have the same order.
pub(super) struct EarlierRun {
    path: PathBuf,
    lines: Lines<BufReader<File>>,
    number: usize,
    /// Answers that were read before they were asked for.
    skipped: HashMap<String, Earlier>,
}

impl EarlierRun {
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let file = File::open(path).with_context(|| format!("cannot read the earlier run {}", path.display()))?;
        Ok(Self { path: path.into(), lines: BufReader::new(file).lines(), number: 0, skipped: HashMap::new() })
    }

    /// The earlier answer to a query; none where there was no such query.
    pub fn take(&mut self, id: &str) -> anyhow::Result<Option<Earlier>> {
        if let Some(earlier) = self.skipped.remove(id) {
            return Ok(Some(earlier));
        }
        for line in self.lines.by_ref() {
            self.number += 1;
            let place = || format!("{}, line {}", self.path.display(), self.number);
            let line = line.with_context(place)?;
            let earlier: Earlier = serde_json::from_str(&line)
                .with_context(|| format!("{}: expected an answer as `batch --format jsonl` prints it", place()))?;
            if earlier.id == id {
                return Ok(Some(earlier));
            }
            self.skipped.insert(earlier.id.clone(), earlier);
        }
        Ok(None)
    }
}
