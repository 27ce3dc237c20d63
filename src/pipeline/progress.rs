//! Reports of an indexing run while it goes on.

use std::collections::BTreeMap;

use crate::pipeline::failure::Failure;
use crate::pipeline::plan::Plan;

/// Receives reports while an index is brought up to date.
pub trait Progress {
    /// The number of files to read is known.
    fn start(&mut self, _files: u64) {}
    /// The plan of a dry run.
    fn planned(&mut self, _plan: &Plan) {}
    /// A file was found that is not read; `kind` is its extension, or what it is.
    fn skipped(&mut self, _file: &str, _kind: &str) {}
    /// A file was read. It, or its members, were taken for these kinds, each with the
    /// articles that it gave.
    fn file_done(&mut self, _file: &str, _read_as: &BTreeMap<&'static str, u64>) {}
    /// The number of articles indexed so far.
    fn articles(&mut self, _count: u64) {}
    /// Something was left out.
    fn failure(&mut self, failure: &Failure);
}
