//! What an indexing run did.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::index::Indexer;
use crate::pipeline::failure::Failure;
use crate::pipeline::plan::Plan;
use crate::pipeline::progress::Progress;

/// What an indexing run did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Articles added or replaced.
    pub articles: u64,
    /// Names found in them, every mention counted.
    pub mentions: u64,
    /// Distinct names in the whole index.
    pub names: usize,
    /// Articles that a later one of the same id in their file replaced.
    pub replaced: u64,
    /// Files that were read.
    pub files: u64,
    /// Files that were not read again.
    pub unchanged: u64,
    /// Articles that are in several files; each is indexed once.
    pub held_elsewhere: u64,
    /// Files that were renamed.
    pub moved: u64,
    /// Files that are gone, with their articles.
    pub removed: u64,
    /// Files that are not read, as they hold no articles by name and content, by kind.
    pub skipped: BTreeMap<String, u64>,
    /// Whether it was stopped before everything was read.
    pub interrupted: bool,
    /// What was left out, by reason.
    pub failures: BTreeMap<&'static str, u64>,
    /// What was not understood in articles that are kept, by reason.
    pub warnings: BTreeMap<&'static str, u64>,
    /// Bytes of text added.
    pub text_bytes: u64,
    /// Bytes of the whole index on disk.
    pub index_bytes: u64,
    /// Time spent linking names over the archive.
    pub linking: Duration,
    /// Time in all.
    pub elapsed: Duration,
}

impl Summary {
    /// Takes over the counts of a plan.
    pub(crate) fn count_plan(&mut self, plan: &Plan) {
        self.files = plan.read.len() as u64;
        self.unchanged = plan.unchanged + plan.touched.len() as u64;
        self.moved = plan.moved.len() as u64;
        self.removed = plan.gone.len().saturating_sub(plan.moved.len()) as u64;
    }

    /// Takes over what an indexer counted.
    pub(crate) fn count_indexer(&mut self, indexer: &Indexer) {
        self.names = indexer.names();
        self.replaced = indexer.replaced();
        self.held_elsewhere = indexer.held_elsewhere();
        self.linking = indexer.linking();
    }

    /// Counts a failure or warning, and reports it.
    pub(crate) fn count_failure(&mut self, failure: &Failure, progress: &mut dyn Progress) {
        let counts = if failure.is_warning { &mut self.warnings } else { &mut self.failures };
        *counts.entry(failure.reason).or_default() += 1;
        progress.failure(failure);
    }
}
