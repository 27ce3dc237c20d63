//! Files to a cluster: the same pipeline, another destination.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use serde_json::{Value, json};
use ureq::http::Method;

use crate::index::{ArticleRecord, IndexError, IndexSchema, ManifestEntry};
use crate::pipeline::{
    Analyzed, Destination, Failure, IndexOptions, Pipeline, Plan, Preparer, Progress, Run, Summary, tell,
};
use crate::read::SourceFile;

use super::Engine;
use super::bulk::{Bulk, Sent};
use super::catalog::Catalog;
use super::document::{Outgoing, document_id};
use super::error::EngineError;
use super::files::{self, KnownFile};
use super::http::{Body, Client};
use super::indices::{self, Indices};
use super::mapping::Spread;

/// Files named in one request.
const FILES: usize = 500;

/// How to index to a cluster.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct EngineOptions {
    /// How new indices are spread.
    pub spread: Spread,
    /// Make new indices, and put them in place of the old ones at the end.
    pub rebuild: bool,
}

impl Engine {
    /// Brings the archive in the cluster up to date with the articles under
    /// some paths, as [`Pipeline::index_with`] does with an index on disk. What
    /// was moved is read again. Several machines may do so at once.
    ///
    /// # Errors
    /// [`IndexError`]; articles that could not be taken are no error but told
    /// to `progress` and counted.
    pub fn index(
        &self,
        pipeline: &Pipeline,
        options: &IndexOptions,
        how: EngineOptions,
        progress: &mut dyn Progress,
    ) -> Result<Summary, IndexError> {
        let started = Instant::now();
        let mut summary = Summary::default();
        let Some(run) = pipeline.walk(options, &mut summary, progress) else { return Ok(summary) };
        let exists = self.indices.exist(&self.client, &self.address)?;
        if options.dry_run && (how.rebuild || !exists) {
            let plan = Plan::new(&run.walked, &Default::default(), &options.again, options.prune);
            summary.note(&plan);
            progress.planned(&plan, &run.walked.files);
            return Ok(summary);
        }
        if how.rebuild {
            return self.rebuild(pipeline, (&run, summary, started), how.spread, progress);
        }
        if !exists {
            // What comes can be found as it comes.
            let first = Indices::make_first(&self.client, &self.address, how.spread)?;
            self.indices.switch_to(&self.client, &first)?;
        }
        self.bring_up_to_date(pipeline, (&run, &mut summary), (&self.indices, &self.folder), progress)?;
        summary.index_bytes = self.size();
        summary.elapsed = started.elapsed();
        Ok(summary)
    }

    /// Bytes in the cluster; 0 where it cannot say, which fails no run.
    fn size(&self) -> u64 {
        self.indices.bytes(&self.client).unwrap_or(0)
    }

    /// Indexes into new indices and puts them in place of the old ones; those
    /// stay as they are where that fails or is stopped.
    fn rebuild(
        &self,
        pipeline: &Pipeline,
        (run, mut summary, started): (&Run<'_>, Summary, Instant),
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

    fn bring_up_to_date(
        &self,
        pipeline: &Pipeline,
        (run, summary): (&Run<'_>, &mut Summary),
        (indices, folder): (&Indices, &Path),
        progress: &mut dyn Progress,
    ) -> Result<(), IndexError> {
        let options = run.options;
        let known = files::read(&self.client, indices)?;
        let plan =
            planned(Plan::new(&run.walked, &files::manifest(&known), &options.again, options.prune), &run.walked.files);
        summary.note(&plan);
        if options.dry_run {
            progress.planned(&plan, &run.walked.files);
            return Ok(());
        }
        let catalog = Catalog { client: &self.client, indices, folder };
        if !plan.is_empty() || run.input {
            let mut sender = Sender::open(self, indices, catalog.next_run()?, &known)?;
            sender.remove(&plan.gone)?;
            for entry in &plan.touched {
                sender.note(entry.clone(), false);
            }
            let read: Vec<&SourceFile> = plan.read.iter().map(|place| &run.walked.files[*place]).collect();
            progress.start(read.len() as u64);
            let sent = pipeline.run(run, &read, &mut sender, summary, progress);
            let ended = sent.and_then(|()| sender.finish());
            tell(sender.failures(), summary, progress);
            ended?;
            indices.refresh(&self.client)?;
        }
        let linking = Instant::now();
        summary.names = catalog.take_in()?;
        summary.linking = linking.elapsed();
        Ok(())
    }
}

/// A plan for a cluster, where an article bears the name of the file that it
/// was read from: what was moved is read again.
fn planned(mut plan: Plan, files: &[SourceFile]) -> Plan {
    for (from, entry) in std::mem::take(&mut plan.moved) {
        plan.gone.push(from);
        plan.read.extend(files.binary_search_by(|file| file.name.cmp(&entry.file)));
    }
    plan.read.sort_unstable();
    plan.read.dedup();
    plan
}

/// Sends articles to a cluster, and notes files as soon as their articles are
/// there.
struct Sender<'a> {
    client: Arc<Client>,
    indices: &'a Indices,
    known: &'a BTreeMap<String, KnownFile>,
    run: u64,
    /// Documents, and notes of files, so far.
    at: u64,
    bulk: Bulk,
    /// The paths of the articles that are on their way, from the first that is.
    paths: VecDeque<(u64, String)>,
    /// Files that were read, with the request that has the last of them.
    read: VecDeque<(u64, KnownFile)>,
    /// Requests that have ended, of those after the first that has not.
    ended: BTreeSet<u64>,
    /// All requests before this have ended.
    done: u64,
    failures: Vec<Failure>,
    /// The paths of articles that were refused.
    refused: Vec<String>,
}

impl<'a> Sender<'a> {
    fn open(
        engine: &Engine,
        indices: &'a Indices,
        run: u64,
        known: &'a BTreeMap<String, KnownFile>,
    ) -> Result<Self, EngineError> {
        Ok(Self {
            client: engine.client.clone(),
            indices,
            known,
            run,
            at: 0,
            bulk: Bulk::new(&engine.client, &indices.articles),
            paths: VecDeque::new(),
            read: VecDeque::new(),
            ended: BTreeSet::new(),
            done: 0,
            failures: Vec::new(),
            refused: Vec::new(),
        })
    }

    fn next(&mut self) -> u64 {
        self.at += 1;
        self.at
    }

    /// Takes the articles of files out.
    fn remove(&mut self, gone: &[String]) -> Result<(), EngineError> {
        delete(&self.client, self.indices, gone, None)?;
        let mut notes = Vec::new();
        for file in gone.iter().filter_map(|file| self.known.get(file)) {
            let entry = ManifestEntry { read_by: Some((self.run, self.next())), ..file.entry.clone() };
            notes.push(KnownFile { entry, gone: true });
        }
        files::write(&self.client, self.indices, &notes)
    }

    /// Notes a file once all that was sent so far is there.
    fn note(&mut self, entry: ManifestEntry, was_read: bool) {
        let read_by = if was_read { Some((self.run, self.next())) } else { entry.read_by };
        self.read.push_back((self.bulk.number, KnownFile { entry: ManifestEntry { read_by, ..entry }, gone: false }));
    }

    /// Sees what requests have ended, and notes the files whose articles are
    /// there.
    fn settle(&mut self, wait: bool) -> Result<(), EngineError> {
        while let Some(Sent { number, result }) = self.bulk.ended(wait) {
            for rejected in result? {
                let path = self.paths.iter().find(|(at, _)| *at == rejected.at);
                let path = path.map_or_else(String::new, |(_, path)| path.clone());
                let message = format!("{path}: the cluster did not take it: {}", rejected.reason);
                self.refused.push(path.clone());
                self.failures.push(Failure {
                    reason: "refused",
                    path,
                    place: None,
                    message,
                    limit: None,
                    may_pass: true,
                });
            }
            self.ended.insert(number);
            while self.ended.remove(&self.done) {
                self.done += 1;
            }
        }
        let mut notes = Vec::new();
        while self.read.front().is_some_and(|(number, _)| *number < self.done) {
            notes.extend(self.read.pop_front().map(|(_, file)| file));
        }
        self.note_all(notes)
    }

    fn note_all(&mut self, mut notes: Vec<KnownFile>) -> Result<(), EngineError> {
        if notes.is_empty() {
            return Ok(());
        }
        // A file of which an article was refused is read again.
        for file in &mut notes {
            let name = &file.entry.file;
            let is_of =
                |path: &String| path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('!'));
            file.entry.unread |= self.refused.iter().any(is_of);
        }
        let known = |file: &&KnownFile| self.known.contains_key(&file.entry.file) && file.read_by().0 == self.run;
        let stale: Vec<String> = notes.iter().filter(known).map(|file| file.entry.file.clone()).collect();
        delete(&self.client, self.indices, &stale, Some(self.run))?;
        files::write(&self.client, self.indices, &notes)?;
        let first = notes.iter().map(|file| file.read_by()).filter(|by| by.0 == self.run).map(|by| by.1).max();
        self.paths.retain(|(at, _)| first.is_none_or(|first| *at > first));
        Ok(())
    }

    /// Sends the rest, and waits for all of it.
    fn finish(&mut self) -> Result<(), IndexError> {
        self.bulk.flush();
        while self.bulk.open > 0 {
            self.settle(true)?;
        }
        let rest = std::mem::take(&mut self.read).into_iter().map(|(_, file)| file).collect();
        Ok(self.note_all(rest)?)
    }
}

impl Destination for Sender<'_> {
    type Ready = Outgoing;

    fn preparer(&self) -> Preparer<Outgoing> {
        let schema = IndexSchema::new();
        let prepare = move |analyzed| {
            let Analyzed { article, mentions, credits, dates, reports, .. } = analyzed;
            let path = article.path.clone();
            let portable = ArticleRecord { article, mentions, credits, dates, reports };
            Outgoing::new(&schema, portable).map_err(|message| Failure {
                reason: "unreadable",
                path,
                place: None,
                message,
                limit: None,
                may_pass: false,
            })
        };
        Box::new(move |analyzed| analyzed.into_iter().map(&prepare).collect())
    }

    fn begin(&mut self, _file: &str) {}

    fn add(&mut self, article: Outgoing) -> Result<(), IndexError> {
        let Outgoing { id, path, mut document } = article;
        let at = self.next();
        document.insert("run".to_owned(), self.run.into());
        document.insert("at".to_owned(), at.into());
        self.paths.push_back((at, path));
        let sent = self.bulk.add(at, &document_id(&id), &document);
        if sent { Ok(self.settle(false)?) } else { Ok(()) }
    }

    fn end(&mut self, entry: ManifestEntry) -> Result<(), IndexError> {
        self.note(entry, true);
        Ok(())
    }

    fn failures(&mut self) -> Vec<Failure> {
        std::mem::take(&mut self.failures)
    }
}

/// Deletes the articles of files; with a run, those that came before it.
fn delete(client: &Client, indices: &Indices, files: &[String], before: Option<u64>) -> Result<(), EngineError> {
    for files in files.chunks(FILES) {
        let mut filter = vec![json!({"terms": {"file": files}})];
        filter.extend(before.map(|run| json!({"range": {"run": {"lt": run}}})));
        let query: Value = json!({"query": {"bool": {"filter": filter}}});
        let path = format!("/{}/_delete_by_query?conflicts=proceed&refresh=true", indices.articles);
        client.call(Method::POST, &path, Body::Json(&query))?;
    }
    Ok(())
}
