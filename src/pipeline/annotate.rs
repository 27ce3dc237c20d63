//! Analyzes articles without indexing them.

use std::path::PathBuf;

use crate::article::IdRules;
use crate::pipeline::analyze::Analyzed;
use crate::pipeline::batch::batch_successes;
use crate::pipeline::failure::Failure;
use crate::pipeline::ordered;
use crate::pipeline::stages::Pipeline;
use crate::read::CorpusReader;

impl Pipeline {
    /// Analyzes every article under `paths` on all cores and passes the results to
    /// `sink` in path order.
    pub fn annotate(&self, paths: &[PathBuf], mut sink: impl FnMut(Result<Analyzed, Failure>)) {
        let reader = CorpusReader::new(paths).with_limits(self.limits);
        let corpus = reader.list_files();
        let roots = corpus.roots.iter().map(|root| root.name.clone()).collect();
        let ids = IdRules { roots, ..IdRules::default() };
        for error in &corpus.errors {
            sink(Err(error.into()));
        }
        ordered::run_groups(
            |push| {
                for file in &corpus.files {
                    reader.read(file, &mut |record| {
                        push(record.as_ref().map_or(0, |r| r.text.len()), record);
                    });
                }
            },
            |records| {
                let extract = |record| self.extract(record, &ids).into_results();
                let extracted = records.into_iter().flat_map(extract).collect();
                batch_successes(extracted, |articles| {
                    let analyzed = self.analyze_all(articles).into_iter();
                    analyzed.map(|result| result.map(|(one, _)| one)).collect()
                })
            },
            sink,
        );
    }
}
