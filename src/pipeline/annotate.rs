//! Articles analyzed without indexing.

use std::path::PathBuf;

use crate::read::CorpusReader;

use super::analyze::together;
use super::{Analyzed, Failure, Pipeline, ordered};

impl Pipeline {
    /// Analyzes every article under `paths` on all cores and hands the results
    /// to `sink` in path order.
    pub fn annotate(&self, paths: &[PathBuf], mut sink: impl FnMut(Result<Analyzed, Failure>)) {
        let reader = CorpusReader::new(paths).with_limits(self.limits);
        let walked = reader.list_files();
        for error in &walked.errors {
            sink(Err(error.into()));
        }
        ordered::run_groups(
            |push| {
                for file in &walked.files {
                    reader.read(file, &mut |record| {
                        push(record.as_ref().map_or(0, |r| r.text.len()), record);
                    });
                }
            },
            |records| {
                let extracted = records.into_iter().map(|record| self.extract(record)).collect();
                together(extracted, |articles| self.analyze_all(articles).into_iter().map(Ok).collect())
            },
            sink,
        );
    }
}
