//! One run over the files on disk.

use std::path::Path;
use std::sync::atomic::Ordering::Relaxed;

use crate::article::IdRules;
use crate::pipeline::failure::Failure;
use crate::pipeline::options::IndexOptions;
use crate::pipeline::progress::Progress;
use crate::pipeline::stages::Pipeline;
use crate::pipeline::summary::Summary;
use crate::read::{CorpusFiles, CorpusReader, shown};

/// The name of standard input among paths, and of what is read from it.
pub(super) const STANDARD_INPUT: &str = "-";

/// One run over the files on disk.
pub(crate) struct IndexingRun<'r> {
    pub options: &'r IndexOptions,
    pub reader: CorpusReader,
    pub corpus: CorpusFiles,
    /// Whether to read standard input too.
    pub input: bool,
    /// How articles are identified.
    pub ids: IdRules,
}

impl IndexingRun<'_> {
    /// Whether the user asked to stop.
    pub fn is_stopped(&self) -> bool {
        self.options.stop.load(Relaxed)
    }

    /// Whether there is something to read that is no file.
    pub fn has_input(&self) -> bool {
        self.input || !self.corpus.pipes.is_empty()
    }
}

impl Pipeline {
    /// Lists the files under the paths, without the folder of the index; `None` where
    /// there is nothing to do.
    pub(crate) fn start_run<'r>(
        &self,
        options: &'r IndexOptions,
        folder: Option<&Path>,
        summary: &mut Summary,
        progress: &mut dyn Progress,
    ) -> Option<IndexingRun<'r>> {
        let (inputs, paths): (Vec<_>, Vec<_>) =
            options.paths.iter().partition(|path| path.as_os_str() == STANDARD_INPUT);
        let reader = CorpusReader::new(paths).with_limits(self.limits);
        let corpus = match folder {
            Some(folder) => reader.list_files_without(folder),
            None => reader.list_files(),
        };
        for error in &corpus.errors {
            summary.count_failure(&Failure::from(error), progress);
        }
        for file in &corpus.skipped {
            *summary.skipped.entry(file.kind.clone()).or_default() += 1;
            progress.skipped(&shown(&file.name), &file.kind);
        }
        let is_empty = corpus.roots.is_empty() && corpus.pipes.is_empty() && inputs.is_empty();
        let only_prunes = !options.forget.is_empty() || options.prune_empty && !corpus.missing.is_empty();
        let roots = corpus.roots.iter().map(|root| root.name.clone()).collect();
        let ids = IdRules { scope: options.ids.unwrap_or_default(), roots };
        let run = IndexingRun { options, reader, corpus, input: !inputs.is_empty(), ids };
        (!is_empty || only_prunes).then_some(run)
    }
}
