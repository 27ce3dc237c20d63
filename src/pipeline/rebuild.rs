//! Builds an index anew from everything that it was made of.

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::article::{UserFields, is_under};
use crate::index::{IndexError, Manifest, Rebuild, folder_bytes, open_tantivy, standard_input_articles};
use crate::pipeline::index::{self, apply_changes};
use crate::pipeline::indexing_run::IndexingRun;
use crate::pipeline::options::IndexOptions;
use crate::pipeline::plan::Plan;
use crate::pipeline::progress::Progress;
use crate::pipeline::stages::Pipeline;
use crate::pipeline::summary::Summary;
use crate::read::{path_of_name, shown};

/// What the index that is replaced was made of.
struct Before {
    manifest: Manifest,
    /// The fields of the user.
    fields: UserFields,
    /// Articles that came on standard input or through pipes.
    from_input: usize,
}

impl Pipeline {
    /// Builds a new index from the paths of the options and all paths that the index in
    /// `folder` was made of, then replaces that one at once; it stays in use until then.
    /// Decisions on names and standing queries stay. A damaged index, or one of
    /// another version, is replaced too; its paths may not be known then.
    ///
    /// # Errors
    /// [`IndexError`]. [`IndexError::WouldLose`] where articles of the index cannot be
    /// read again, unless `allow_loss` is set in the options; the index is as it was then.
    pub fn rebuild(
        &self,
        options: &IndexOptions,
        folder: &Path,
        progress: &mut dyn Progress,
    ) -> Result<Summary, IndexError> {
        let started = Instant::now();
        let mut summary = Summary::default();
        let rebuild = Rebuild::within(folder)?;
        let before = before(folder);
        let options = with_former_paths(options, before.as_ref(), folder)?;
        let Some(mut run) = self.start_run(&options, Some(folder), &mut summary, progress) else {
            return match before.filter(|before| !before.manifest.files.is_empty()) {
                Some(before) => Err(nothing_left(&before, folder)),
                None => Ok(summary),
            };
        };
        if let Some(before) = before.as_ref().filter(|_| !options.allow_loss) {
            refuse_losses(before, &run, folder)?;
        }
        // Those of before, unless others are asked for.
        let fields = match self.extractor.fields() {
            asked if asked.is_empty() => before.as_ref().map(|before| before.fields.clone()).unwrap_or_default(),
            asked => asked.clone(),
        };
        let pipeline = self.clone().with_fields(fields.clone());
        let plan = Plan::new(&run.corpus, &Manifest::default(), &options.plan_options());
        let mut indexer = index::open(rebuild.folder())?;
        indexer.count_after(rebuild.last_commit()?);
        indexer.set_ids(run.ids.scope);
        indexer.set_fields(fields);
        run.ids.roots.clone_from(&plan.roots);
        summary.count_plan(&plan);
        apply_changes(&plan, &mut indexer)?;
        progress.start(plan.read.len() as u64);
        pipeline.transfer(&run, &plan.read, &mut indexer, &mut summary, progress)?;
        if summary.interrupted {
            return Ok(summary);
        }
        if let Some(before) = before.as_ref().filter(|_| !options.allow_loss) {
            refuse_unread(before, &indexer.manifest, folder)?;
        }
        indexer.commit()?;
        summary.count_indexer(&indexer);
        indexer.close()?;
        rebuild.put_in_place()?;
        summary.index_bytes = folder_bytes(folder);
        summary.elapsed = started.elapsed();
        Ok(summary)
    }
}

/// What an index was made of; `None` where there is none, or none that can be read.
fn before(folder: &Path) -> Option<Before> {
    let committed = open_tantivy(folder).ok().filter(|(_, info)| info.generation > 0);
    let fields = committed.as_ref().map(|(_, info)| info.fields.clone()).unwrap_or_default();
    let read = committed.and_then(|(_, info)| Manifest::read(&info.manifest_path(folder)).ok());
    let manifest = read.or_else(|| Manifest::read_last(folder))?;
    Some(Before { manifest, fields, from_input: standard_input_articles(folder).unwrap_or(0) })
}

/// The options with the paths that the index was made of.
fn with_former_paths(
    options: &IndexOptions,
    before: Option<&Before>,
    folder: &Path,
) -> Result<IndexOptions, IndexError> {
    let forgotten = options.plan_options().forget;
    let former = before.iter().flat_map(|before| &before.manifest.roots).filter(|root| !forgotten.contains(*root));
    let paths: Vec<PathBuf> = options.paths.iter().cloned().chain(former.map(|root| path_of_name(root))).collect();
    if paths.is_empty() {
        return Err(IndexError::NoRoots(folder.into()));
    }
    Ok(IndexOptions { paths, ..options.clone() })
}

/// Fails where articles of the index will not be in a new one although nobody removed
/// them.
fn refuse_losses(before: &Before, run: &IndexingRun<'_>, folder: &Path) -> Result<(), IndexError> {
    let lost = |what: String| Err(IndexError::WouldLose { folder: folder.into(), what });
    if before.from_input > 0 {
        return lost(format!("{} articles that came on standard input or through a pipe", before.from_input));
    }
    let plan = Plan::new(&run.corpus, &before.manifest, &run.options.plan_options());
    if let Some((root, files)) = plan.kept.first() {
        return lost(format!("{files} files under {}, where nothing is now", shown(root)));
    }
    for error in &run.corpus.errors {
        let files = before.manifest.files.keys().filter(|file| is_under(file, &error.path)).count();
        if files > 0 {
            return lost(format!("{files} files under {}, which cannot be read", shown(&error.path)));
        }
    }
    Ok(())
}

/// The error where none of the paths of an index is there.
fn nothing_left(before: &Before, folder: &Path) -> IndexError {
    let what = format!("all its {} files: none of its paths is there", before.manifest.files.len());
    IndexError::WouldLose { folder: folder.into(), what }
}

/// Fails where the system did not let a file be read that the index has.
fn refuse_unread(before: &Before, now: &Manifest, folder: &Path) -> Result<(), IndexError> {
    let poorer = now.files.values().find(|entry| {
        let articles = before.manifest.files.get(&entry.file).map_or(0, |old| old.articles);
        entry.unread && entry.articles < articles
    });
    match poorer {
        Some(entry) => {
            let what = format!("articles of {}, which could not be read now", shown(&entry.file));
            Err(IndexError::WouldLose { folder: folder.into(), what })
        }
        None => Ok(()),
    }
}
