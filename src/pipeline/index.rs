//! Brings an index on disk up to date.

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::article::{IdScope, UserFields};
use crate::index::{IndexError, Indexer, Manifest, folder_bytes, open_tantivy};
use crate::pipeline::failure::Failure;
use crate::pipeline::indexing_run::IndexingRun;
use crate::pipeline::options::IndexOptions;
use crate::pipeline::plan::Plan;
use crate::pipeline::progress::Progress;
use crate::pipeline::stages::Pipeline;
use crate::pipeline::summary::Summary;

/// The most threads that write an index.
const WRITERS: usize = 8;

impl Pipeline {
    /// Brings the index in `folder` up to date with the articles under `paths`:
    /// unchanged files are not read, changed ones replaced, deleted ones removed.
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
        let Some(mut run) = self.start_run(options, Some(folder), &mut summary, progress) else { return Ok(summary) };
        let Committed { manifest, unlinked, ids, fields } = committed(folder)?;
        run.ids.scope = chosen_ids(options.ids, ids, folder)?;
        let pipeline = self.clone().with_fields(chosen_fields(self.extractor.fields(), fields, folder)?);
        let plan = Plan::new(&run.corpus, &manifest, &options.plan_options());
        summary.count_plan(&plan);
        report_kept_roots(&plan, &mut summary, progress);
        if options.dry_run {
            progress.planned(&plan);
        } else if !plan.is_empty() || unlinked || run.has_input() {
            pipeline.carry_out(&mut run, (plan, &manifest), folder, &mut summary, progress)?;
        }
        summary.index_bytes = folder_bytes(folder);
        summary.elapsed = started.elapsed();
        Ok(summary)
    }

    /// Carries a plan out in one commit.
    fn carry_out(
        &self,
        run: &mut IndexingRun<'_>,
        (plan, planned_for): (Plan, &Manifest),
        folder: &Path,
        summary: &mut Summary,
        progress: &mut dyn Progress,
    ) -> Result<(), IndexError> {
        let mut indexer = open(folder)?;
        indexer.set_ids(run.ids.scope);
        indexer.set_fields(self.extractor.fields().clone());
        // Another writer may have committed before we had the lock.
        let plan = match indexer.manifest == *planned_for {
            true => plan,
            false => Plan::new(&run.corpus, &indexer.manifest, &run.options.plan_options()),
        };
        summary.count_plan(&plan);
        run.ids.roots.clone_from(&plan.roots);
        apply_changes(&plan, &mut indexer)?;
        progress.start(plan.read.len() as u64);
        self.transfer(run, &plan.read, &mut indexer, summary, progress)?;
        if !plan.is_empty() || summary.articles > 0 || indexer.is_unlinked() {
            indexer.commit()?;
        }
        summary.count_indexer(&indexer);
        indexer.close()
    }
}

/// Opens an index for writing on all cores.
pub(super) fn open(folder: &Path) -> Result<Indexer, IndexError> {
    Indexer::open(folder, rayon::current_num_threads().min(WRITERS))
}

/// Applies the changes of a plan that need no reading.
pub(super) fn apply_changes(plan: &Plan, indexer: &mut Indexer) -> Result<(), IndexError> {
    indexer.manifest.roots.clone_from(&plan.roots);
    indexer.remove_gone(&plan.gone)?;
    plan.touched.iter().for_each(|entry| indexer.file_done(entry.clone()));
    indexer.announce(&plan.read.iter().map(|file| &*file.name).collect::<Vec<_>>())
}

fn report_kept_roots(plan: &Plan, summary: &mut Summary, progress: &mut dyn Progress) {
    for (root, files) in &plan.kept {
        summary.count_failure(&Failure::kept_root(root, *files), progress);
    }
}

/// What ids are one within: as asked, but of an index that exists never otherwise
/// than before.
fn chosen_ids(asked: Option<IdScope>, before: Option<IdScope>, folder: &Path) -> Result<IdScope, IndexError> {
    match (asked, before) {
        (Some(asked), Some(before)) if asked != before => {
            Err(IndexError::OtherIds { folder: folder.into(), before: before.as_str(), asked: asked.as_str() })
        }
        (asked, before) => Ok(before.or(asked).unwrap_or_default()),
    }
}

/// The fields of the user: as asked, but of an index that exists never others than before,
/// since what is not read again would lack them.
fn chosen_fields(asked: &UserFields, before: Option<UserFields>, folder: &Path) -> Result<UserFields, IndexError> {
    match before {
        Some(before) if !asked.is_empty() && *asked != before => {
            Err(IndexError::OtherFields { folder: folder.into(), before: before.to_string(), asked: asked.to_string() })
        }
        before => Ok(before.unwrap_or_else(|| asked.clone())),
    }
}

/// What a run needs to know of the last commit.
#[derive(Default)]
struct Committed {
    manifest: Manifest,
    /// Whether its names are still to be linked.
    unlinked: bool,
    /// What ids are one within; `None` where there is no index.
    ids: Option<IdScope>,
    /// The fields of the user; `None` where there is no index.
    fields: Option<UserFields>,
}

/// Reads what a run needs to know of the last commit. Opens nothing else: most runs
/// find nothing to do.
fn committed(folder: &Path) -> Result<Committed, IndexError> {
    match open_tantivy(folder) {
        Ok((_, info)) if info.generation > 0 => {
            let manifest = Manifest::read(&info.manifest_path(folder))?;
            let unlinked = info.links != info.generation;
            Ok(Committed { manifest, unlinked, ids: Some(info.ids), fields: Some(info.fields) })
        }
        Ok(_) | Err(IndexError::Missing(_)) => Ok(Committed::default()),
        Err(error) => Err(error),
    }
}
