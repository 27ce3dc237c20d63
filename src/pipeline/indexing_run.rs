//! One run over the files on disk.

use std::sync::atomic::Ordering::Relaxed;

use crate::pipeline::failure::Failure;
use crate::pipeline::options::IndexOptions;
use crate::pipeline::progress::Progress;
use crate::pipeline::stages::Pipeline;
use crate::pipeline::summary::Summary;
use crate::read::{CorpusFiles, CorpusReader, SourceFile};

/// The name of standard input among paths, and of what is read from it.
pub(super) const STANDARD_INPUT: &str = "-";

/// One run over the files on disk.
pub(crate) struct IndexingRun<'r> {
    pub options: &'r IndexOptions,
    pub reader: CorpusReader,
    pub corpus: CorpusFiles,
    /// Whether to read standard input too.
    pub input: bool,
}

impl IndexingRun<'_> {
    /// Whether the user asked to stop.
    pub fn is_stopped(&self) -> bool {
        self.options.stop.load(Relaxed)
    }

    /// The files of the given indices.
    pub fn files(&self, numbers: &[usize]) -> Vec<&SourceFile> {
        numbers.iter().map(|number| &self.corpus.files[*number]).collect()
    }
}

impl Pipeline {
    /// Lists the files under the paths; `None` where there are none.
    pub(crate) fn start_run<'r>(
        &self,
        options: &'r IndexOptions,
        summary: &mut Summary,
        progress: &mut dyn Progress,
    ) -> Option<IndexingRun<'r>> {
        let (inputs, paths): (Vec<_>, Vec<_>) =
            options.paths.iter().partition(|path| path.as_os_str() == STANDARD_INPUT);
        let reader = CorpusReader::new(paths).with_limits(self.limits);
        let corpus = reader.list_files();
        for error in &corpus.errors {
            summary.count_failure(&Failure::from(error), progress);
        }
        summary.skipped = corpus.skipped;
        let is_empty = corpus.roots.is_empty() && inputs.is_empty();
        (!is_empty).then_some(IndexingRun { options, reader, corpus, input: !inputs.is_empty() })
    }
}
