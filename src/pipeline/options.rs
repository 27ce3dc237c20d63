//! How to bring an index up to date.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::article::IdScope;
use crate::pipeline::plan::PlanOptions;
use crate::read::absolute_name;

/// How to bring an index up to date.
#[derive(Debug, Clone)]
pub struct IndexOptions {
    /// Files and folders; `-` is JSON lines on standard input. Named pipes are read as
    /// standard input is.
    pub paths: Vec<PathBuf>,
    /// Files to read even if they have not changed.
    pub again: BTreeSet<PathBuf>,
    /// Whether to remove the articles of files that are gone from under the paths.
    pub prune: bool,
    /// Whether to do so also for a path that is empty or gone, as a disk is that is not
    /// mounted.
    pub prune_empty: bool,
    /// Paths given to index before that are dropped, with all their articles.
    pub forget: Vec<PathBuf>,
    /// Whether a new index may replace one that holds articles which cannot be read
    /// again.
    pub allow_loss: bool,
    /// What the ids of records are one within; by default as the index has it.
    pub ids: Option<IdScope>,
    /// Whether to report what would be done without doing it.
    pub dry_run: bool,
    /// Once true, no more is read; what was read is committed, and the next run
    /// reads the rest.
    pub stop: Arc<AtomicBool>,
}

impl IndexOptions {
    /// The defaults: everything that changed under these paths.
    pub fn new(paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        let paths = paths.into_iter().map(Into::into).collect();
        Self {
            paths,
            again: BTreeSet::new(),
            prune: true,
            prune_empty: false,
            forget: Vec::new(),
            allow_loss: false,
            ids: None,
            dry_run: false,
            stop: Arc::default(),
        }
    }

    /// What a plan is made by.
    pub(crate) fn plan_options(&self) -> PlanOptions {
        let names = |paths: &mut dyn Iterator<Item = &PathBuf>| paths.map(|path| absolute_name(path)).collect();
        PlanOptions {
            again: names(&mut self.again.iter()),
            prune: self.prune,
            prune_empty: self.prune_empty,
            forget: names(&mut self.forget.iter()),
        }
    }
}
