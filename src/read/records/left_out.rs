//! Counts what of a file is no article, by kind.

use std::collections::BTreeMap;

use crate::read::error::ReadErrorKind;
use crate::read::sink::RecordSink;

/// How many parts of each kind are no articles: drafts, redirects, comments.
#[derive(Debug, Default)]
pub(super) struct LeftOut(BTreeMap<String, usize>);

impl LeftOut {
    pub(super) fn add(&mut self, kind: impl Into<String>) {
        *self.0.entry(kind.into()).or_default() += 1;
    }

    /// Says what was left out of a file, if anything was.
    pub(super) fn report(&self, sink: &mut RecordSink<'_>, path: &str) {
        if !self.0.is_empty() {
            let counts: Vec<String> = self.0.iter().map(|(kind, count)| format!("{kind}: {count}")).collect();
            sink.error(path, None, ReadErrorKind::LeftOut { what: counts.join(", ") });
        }
    }
}
