//! Sends articles to a cluster.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use serde_json::{Value, json};
use ureq::http::Method;

use crate::cluster::error::EngineError;
use crate::cluster::http::Client;
use crate::cluster::indexing::bulk::{BulkResult, BulkSender, Rejected};
use crate::cluster::indexing::document::ArticleDocument;
use crate::cluster::indexing::file_records::{self, FileRecord};
use crate::cluster::indices::Indices;
use crate::cluster::request_body::Body;
use crate::index::{ArticleRecord, IndexError, IndexSchema, ManifestEntry};
use crate::panic_guard::guarded;
use crate::pipeline::{Analyzed, Destination, Failure, PrepareError, Preparer};

/// Files named in one request.
const FILES: usize = 500;

/// Sends articles to a cluster, and records files as soon as their articles are
/// indexed.
pub(super) struct ArticleSender<'a> {
    client: Arc<Client>,
    indices: &'a Indices,
    records: &'a BTreeMap<String, FileRecord>,
    /// The number of this indexing run.
    run: u64,
    /// Documents and file records so far.
    at: u64,
    bulk: BulkSender,
    /// The paths of the articles in flight, by their number.
    paths: VecDeque<(u64, String)>,
    /// Files that were read, with the request that has their last article.
    read: VecDeque<(u64, FileRecord)>,
    /// Completed requests after the first one that is not.
    completed: BTreeSet<u64>,
    /// All requests before this one are completed.
    first_open: u64,
    failures: Vec<Failure>,
    /// The paths of articles that were refused.
    refused: Vec<String>,
}

impl<'a> ArticleSender<'a> {
    pub fn new(
        client: &Arc<Client>,
        indices: &'a Indices,
        run: u64,
        records: &'a BTreeMap<String, FileRecord>,
    ) -> Self {
        Self {
            client: client.clone(),
            indices,
            records,
            run,
            at: 0,
            bulk: BulkSender::new(client, &indices.articles),
            paths: VecDeque::new(),
            read: VecDeque::new(),
            completed: BTreeSet::new(),
            first_open: 0,
            failures: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// The number of the next document or record.
    fn next(&mut self) -> u64 {
        self.at += 1;
        self.at
    }

    /// Removes the articles of files.
    pub fn remove(&mut self, gone: &[String]) -> Result<(), EngineError> {
        delete(&self.client, self.indices, gone, None)?;
        let mut removed = Vec::new();
        for file in gone.iter().filter_map(|file| self.records.get(file)) {
            let entry = ManifestEntry { read_by: Some((self.run, self.next())), ..file.entry.clone() };
            removed.push(FileRecord { entry, gone: true });
        }
        file_records::write(&self.client, self.indices, &removed)
    }

    /// Records a file once everything sent so far is indexed.
    pub fn record(&mut self, entry: ManifestEntry) {
        self.read.push_back((self.bulk.number, FileRecord { entry, gone: false }));
    }

    /// Takes the completed requests, and records the files whose articles are all
    /// indexed; with `wait`, after at least one more request.
    fn settle(&mut self, wait: bool) -> Result<(), EngineError> {
        while let Some(BulkResult { number, result }) = self.bulk.completed(wait) {
            for rejected in result? {
                self.refuse(rejected);
            }
            self.completed.insert(number);
            while self.completed.remove(&self.first_open) {
                self.first_open += 1;
            }
        }
        let mut records = Vec::new();
        while self.read.front().is_some_and(|(number, _)| *number < self.first_open) {
            records.extend(self.read.pop_front().map(|(_, file)| file));
        }
        self.write_records(records)
    }

    /// Reports an article that the cluster rejected.
    fn refuse(&mut self, rejected: Rejected) {
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
            is_warning: false,
        });
    }

    fn write_records(&mut self, mut records: Vec<FileRecord>) -> Result<(), EngineError> {
        if records.is_empty() {
            return Ok(());
        }
        // A file with a rejected article is read again.
        for file in &mut records {
            file.entry.unread |= self.refused.iter().any(|path| is_of_file(path, &file.entry.file));
        }
        let was_read_before =
            |file: &&FileRecord| self.records.contains_key(&file.entry.file) && file.read_by().0 == self.run;
        let stale: Vec<String> = records.iter().filter(was_read_before).map(|file| file.entry.file.clone()).collect();
        delete(&self.client, self.indices, &stale, Some(self.run))?;
        file_records::write(&self.client, self.indices, &records)?;
        let last = records.iter().map(FileRecord::read_by).filter(|by| by.0 == self.run).map(|by| by.1).max();
        self.paths.retain(|(at, _)| last.is_none_or(|last| *at > last));
        Ok(())
    }

    /// Sends the rest, and waits until all of it is indexed.
    pub fn finish(&mut self) -> Result<(), IndexError> {
        self.bulk.flush();
        while self.bulk.open > 0 {
            self.settle(true)?;
        }
        let rest = std::mem::take(&mut self.read).into_iter().map(|(_, file)| file).collect();
        Ok(self.write_records(rest)?)
    }
}

impl Destination for ArticleSender<'_> {
    type Prepared = ArticleDocument;

    fn preparer(&self) -> Preparer<ArticleDocument> {
        let schema = IndexSchema::new();
        let prepare = move |analyzed| {
            let Analyzed { article, mentions, credits, dates, reports, .. } = analyzed;
            let article = ArticleRecord { article, mentions, credits, dates, reports };
            match guarded(|| ArticleDocument::new(&schema, article)) {
                Ok(document) => document.map_err(PrepareError::Refused),
                Err(panic) => Err(PrepareError::Panicked(panic)),
            }
        };
        Box::new(move |analyzed| analyzed.into_iter().map(&prepare).collect())
    }

    fn begin(&mut self, _file: &str) {}

    fn add(&mut self, article: ArticleDocument) -> Result<(), IndexError> {
        let ArticleDocument { id, path, mut document } = article;
        let at = self.next();
        document.insert("run".to_owned(), self.run.into());
        document.insert("at".to_owned(), at.into());
        self.paths.push_back((at, path));
        let sent = self.bulk.add(at, &id, &document);
        if sent { Ok(self.settle(false)?) } else { Ok(()) }
    }

    fn end(&mut self, entry: ManifestEntry) -> Result<(), IndexError> {
        let read_by = Some((self.run, self.next()));
        self.record(ManifestEntry { read_by, ..entry });
        Ok(())
    }

    fn failures(&mut self) -> Vec<Failure> {
        std::mem::take(&mut self.failures)
    }
}

/// Whether a path is a file's, or that of a member of it.
fn is_of_file(path: &str, file: &str) -> bool {
    path.strip_prefix(file).is_some_and(|rest| rest.is_empty() || rest.starts_with('!'))
}

/// Deletes the articles of files; with a run, only those of earlier runs.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_belong_to_their_file() {
        let check = |path, expected| assert_eq!(is_of_file(path, "news/a.zip"), expected, "{path}");
        check("news/a.zip", true);
        check("news/a.zip!/one.html", true);
        check("news/a.zip.bak", false);
        check("news/b.zip", false);
    }
}
