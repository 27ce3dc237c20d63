//! How to bring an index up to date.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// How to bring an index up to date.
#[derive(Debug, Clone)]
pub struct IndexOptions {
    /// Files and folders; `-` is JSON lines on standard input.
    pub paths: Vec<PathBuf>,
    /// Names of files to read even if they have not changed.
    pub again: BTreeSet<String>,
    /// Whether to remove the articles of files that are gone from under the paths.
    pub prune: bool,
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
        Self { paths, again: BTreeSet::new(), prune: true, dry_run: false, stop: Arc::default() }
    }
}
