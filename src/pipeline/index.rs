//! Brings an index on disk up to date.

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::index::{IndexError, Indexer, Manifest, folder_bytes, open_tantivy};
use crate::pipeline::indexing_run::IndexingRun;
use crate::pipeline::options::IndexOptions;
use crate::pipeline::plan::Plan;
use crate::pipeline::progress::Progress;
use crate::pipeline::stages::Pipeline;
use crate::pipeline::summary::Summary;
use crate::read::SourceFile;

/// The most threads that write an index.
const WRITERS: usize = 8;

impl Pipeline {
    /// Brings the index in `folder` up to date with the articles under `paths`:
    /// unchanged and moved files are not read, changed ones replaced, deleted ones
    /// removed.
    ///
    /// # Errors
    /// [`IndexError`]. Articles that cannot be indexed are no error; they are
    /// reported to `progress` and counted.
    pub fn index(&self, paths: &[PathBuf], folder: &Path, progress: &mut dyn Progress) -> Result<Summary, IndexError> {
        self.index_with(&IndexOptions::new(paths), folder, progress)
    }

    /// Like [`Pipeline::index`], with options.
    ///
    /// # Errors
    /// As for [`Pipeline::index`].
    pub fn index_with(
        &self,
        options: &IndexOptions,
        folder: &Path,
        progress: &mut dyn Progress,
    ) -> Result<Summary, IndexError> {
        let started = Instant::now();
        let mut summary = Summary::default();
        let Some(run) = self.start_run(options, &mut summary, progress) else { return Ok(summary) };
        let (manifest, unlinked) = committed(folder)?;
        let plan = Plan::new(&run.corpus, &manifest, &options.again, options.prune);
        summary.count_plan(&plan);
        if options.dry_run {
            progress.planned(&plan, &run.corpus.files);
        } else if !plan.is_empty() || unlinked || run.input {
            self.carry_out(&run, (plan, &manifest), folder, &mut summary, progress)?;
        }
        summary.index_bytes = folder_bytes(folder);
        summary.elapsed = started.elapsed();
        Ok(summary)
    }

    /// Carries a plan out in one commit.
    fn carry_out(
        &self,
        run: &IndexingRun<'_>,
        (plan, planned_for): (Plan, &Manifest),
        folder: &Path,
        summary: &mut Summary,
        progress: &mut dyn Progress,
    ) -> Result<(), IndexError> {
        let mut indexer = Indexer::open(folder, rayon::current_num_threads().min(WRITERS))?;
        // Another writer may have committed before we had the lock.
        let plan = match indexer.manifest == *planned_for {
            true => plan,
            false => Plan::new(&run.corpus, &indexer.manifest, &run.options.again, run.options.prune),
        };
        summary.count_plan(&plan);
        let files = run.files(&plan.read);
        apply_changes(&plan, &files, &mut indexer);
        progress.start(files.len() as u64);
        self.transfer(run, &files, &mut indexer, summary, progress)?;
        if !plan.is_empty() || summary.articles > 0 || indexer.is_unlinked() {
            indexer.commit()?;
            summary.linking = indexer.linking();
        }
        summary.names = indexer.names();
        summary.replaced = indexer.replaced();
        indexer.close()
    }
}

/// Applies the changes of a plan that need no reading.
fn apply_changes(plan: &Plan, files: &[&SourceFile], indexer: &mut Indexer) {
    plan.gone.iter().for_each(|file| indexer.remove_file(file));
    plan.moved.iter().for_each(|(from, entry)| indexer.move_file(from, entry.clone()));
    plan.touched.iter().for_each(|entry| indexer.file_done(entry.clone()));
    // A file whose old name now belongs to another file is removed before that
    // one is added.
    let has_old_name = |file: &&&SourceFile| indexer.manifest.files.get(&file.name).is_some_and(|e| e.key.is_some());
    let renamed: Vec<String> = files.iter().filter(has_old_name).map(|file| file.name.clone()).collect();
    renamed.iter().for_each(|file| indexer.remove_file(file));
}

/// The manifest of the last commit, and whether its names are still to be linked.
/// Opens nothing else: most runs find nothing to do.
fn committed(folder: &Path) -> Result<(Manifest, bool), IndexError> {
    match open_tantivy(folder) {
        Ok((_, info)) if info.generation > 0 => {
            Ok((Manifest::read(&info.manifest_path(folder))?, info.links != info.generation))
        }
        Ok(_) | Err(IndexError::Missing(_)) => Ok((Manifest::default(), false)),
        Err(error) => Err(error),
    }
}
