//! Brings an archive in a cluster up to date: the same pipeline, another
//! destination.

use std::path::Path;
use std::time::Instant;

use crate::cluster::catalog::store::Catalog;
use crate::cluster::engine::Engine;
use crate::cluster::indexing::article_sender::ArticleSender;
use crate::cluster::indexing::file_records;
use crate::cluster::indices::{self, Indices};
use crate::cluster::mapping::Spread;
use crate::index::{IndexError, Manifest};
use crate::pipeline::{Destination, IndexOptions, IndexingRun, Pipeline, Plan, Progress, Summary};

/// How to index into a cluster.
#[derive(Debug, Clone, Copy, Default)]
pub struct EngineOptions {
    /// Shards and replicas of new indices.
    pub spread: Spread,
    /// Whether to make new indices and replace the old ones at the end.
    pub rebuild: bool,
}

impl Engine {
    /// Brings the archive in the cluster up to date with the articles under some
    /// paths, as [`Pipeline::index_with`] does with an index on disk. Moved files
    /// are read again. Several machines may do so at once.
    ///
    /// # Errors
    /// [`IndexError`]. Articles that cannot be indexed are no error; they are
    /// reported to `progress` and counted.
    pub fn index(
        &self,
        pipeline: &Pipeline,
        options: &IndexOptions,
        how: EngineOptions,
        progress: &mut dyn Progress,
    ) -> Result<Summary, IndexError> {
        let started = Instant::now();
        let mut summary = Summary::default();
        let Some(run) = pipeline.start_run(options, None, &mut summary, progress) else { return Ok(summary) };
        let exists = self.indices.exist(&self.client, &self.address)?;
        if options.dry_run && (how.rebuild || !exists) {
            let plan = Plan::new(&run.corpus, &Default::default(), &options.plan_options());
            summary.count_plan(&plan);
            progress.planned(&plan);
            return Ok(summary);
        }
        if how.rebuild {
            return self.rebuild(pipeline, (&run, summary, started), how.spread, progress);
        }
        if !exists {
            // Articles are searchable while the first run still goes on.
            let first = Indices::make_first(&self.client, &self.address, how.spread)?;
            self.indices.switch_to(&self.client, &first)?;
        }
        self.bring_up_to_date(pipeline, (&run, &mut summary), (&self.indices, &self.folder), progress)?;
        summary.index_bytes = self.size();
        summary.elapsed = started.elapsed();
        Ok(summary)
    }

    /// Bytes in the cluster; 0 where it cannot say, which is no reason to fail.
    fn size(&self) -> u64 {
        self.indices.bytes(&self.client).unwrap_or(0)
    }

    /// Indexes into new indices and replaces the old ones; these stay as they are
    /// where indexing fails or is stopped.
    fn rebuild(
        &self,
        pipeline: &Pipeline,
        (run, mut summary, started): (&IndexingRun<'_>, Summary, Instant),
        spread: Spread,
        progress: &mut dyn Progress,
    ) -> Result<Summary, IndexError> {
        let new = Indices::make_beside(&self.client, &self.address, spread)?;
        let folder = self.folder.join(".rebuild");
        let built = self.bring_up_to_date(pipeline, (run, &mut summary), (&new, &folder), progress);
        let _ = std::fs::remove_dir_all(&folder);
        if built.is_err() || summary.interrupted {
            let removed = new.remove(&self.client);
            return built.and(removed.map_err(Into::into)).map(|()| summary);
        }
        let old = self.indices.switch_to(&self.client, &new)?;
        indices::remove(&self.client, old.iter().map(String::as_str))?;
        summary.index_bytes = self.size();
        summary.elapsed = started.elapsed();
        Ok(summary)
    }

    /// Carries out what the difference between the files on disk and the file
    /// records of some indices asks for.
    fn bring_up_to_date(
        &self,
        pipeline: &Pipeline,
        (run, summary): (&IndexingRun<'_>, &mut Summary),
        (indices, folder): (&Indices, &Path),
        progress: &mut dyn Progress,
    ) -> Result<(), IndexError> {
        let options = run.options;
        let records = file_records::read(&self.client, indices)?;
        // A cluster keeps no list of roots.
        let manifest = Manifest { roots: run.ids.roots.clone(), ..file_records::manifest(&records) };
        let mut plan = Plan::new(&run.corpus, &manifest, &options.plan_options());
        plan.has_new_roots = false;
        summary.count_plan(&plan);
        if options.dry_run {
            progress.planned(&plan);
            return Ok(());
        }
        let catalog = Catalog { client: &self.client, indices, folder };
        if !plan.is_empty() || run.has_input() {
            let mut sender = ArticleSender::new(&self.client, indices, catalog.next_run()?, &records);
            sender.remove(&plan.gone)?;
            plan.touched.iter().for_each(|entry| sender.record(entry.clone()));
            progress.start(plan.read.len() as u64);
            let sent = pipeline.transfer(run, &plan.read, &mut sender, summary, progress);
            let ended = sent.and_then(|()| sender.finish());
            for failure in sender.failures() {
                summary.count_failure(&failure, progress);
            }
            ended?;
            indices.refresh(&self.client)?;
        }
        let linking = Instant::now();
        summary.names = catalog.merge_new_files()?;
        summary.linking = linking.elapsed();
        Ok(())
    }
}
