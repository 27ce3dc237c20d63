//! Merges the articles of new files into the catalog, and links its names anew.

use std::collections::BTreeMap;
use std::fs;

use rayon::prelude::*;
use serde_json::{Value, json};
use ureq::http::Method;

use crate::article::file_of;
use crate::cluster::catalog::catalog_file::CurrentCatalog;
use crate::cluster::catalog::local_files::{clear, copied_version, forget_version};
use crate::cluster::catalog::retry::{TRIES, pause};
use crate::cluster::catalog::store::Catalog;
use crate::cluster::error::EngineError;
use crate::cluster::indexing::file_records::{self, FileRecord};
use crate::cluster::packed_article::unpack;
use crate::cluster::request_body::Body;
use crate::index::{ArticleRecord, IndexError, Indexer, ManifestEntry, PreparedArticle, WriterLock};

/// Articles read in one request.
const PAGE: usize = 200;

impl Catalog<'_> {
    /// Merges the files that came since the catalog was made, links its names and
    /// publishes it. Of two machines that do so at the same time, one starts
    /// again. Returns the number of names.
    pub fn merge_new_files(&self) -> Result<usize, IndexError> {
        fs::create_dir_all(self.folder).map_err(IndexError::io(self.folder))?;
        for attempt in 0..TRIES {
            let before = self.start_from_current()?;
            let records = file_records::read(self.client, self.indices)?;
            let mut indexer = Indexer::open_catalog(self.folder)?;
            let changed = changed(&indexer, &records);
            if changed.is_empty() && before.is_some() && !indexer.is_unlinked() {
                let names = indexer.names();
                indexer.close()?;
                return Ok(names);
            }
            // A run that was killed may have left articles that are not searchable yet.
            self.indices.refresh(self.client)?;
            // From here on the folder differs from the catalog in the cluster.
            forget_version(self.folder);
            self.add(&mut indexer, changed)?;
            indexer.commit()?;
            let names = indexer.names();
            indexer.close()?;
            match self.publish(before.as_ref()) {
                Err(IndexError::Engine(_)) if self.is_replaced(before.as_ref())? => pause(attempt),
                published => return published.map(|()| names),
            }
        }
        Err(EngineError::Contended(self.client.node().to_owned()).into())
    }

    /// Makes the folder a copy of the catalog in the cluster, or empties it where
    /// there is none.
    fn start_from_current(&self) -> Result<Option<CurrentCatalog>, IndexError> {
        let _lock = WriterLock::take(self.folder)?;
        let before = self.current()?;
        match &before {
            Some(current) if copied_version(self.folder).as_ref() != Some(&current.version) => {
                self.copy()?;
            }
            Some(_) => {}
            None => clear(self.folder)?,
        }
        Ok(before)
    }

    /// Whether another writer replaced the catalog.
    fn is_replaced(&self, before: Option<&CurrentCatalog>) -> Result<bool, EngineError> {
        Ok(self.current()?.map(|current| current.version) != before.map(|before| before.version.clone()))
    }

    /// Adds the articles of changed files, in the order they were read.
    fn add(&self, indexer: &mut Indexer, changed: Vec<FileRecord>) -> Result<(), IndexError> {
        let mut runs: BTreeMap<u64, BTreeMap<String, FileRecord>> = BTreeMap::new();
        for file in changed {
            indexer.remove_file(&file.entry.file);
            if !file.gone {
                runs.entry(file.read_by().0).or_default().insert(file.entry.file.clone(), file);
            }
        }
        for (run, files) in runs {
            self.each_article(run, |articles| {
                let wanted =
                    articles.into_par_iter().filter(|article| files.contains_key(file_of(&article.article.path)));
                let new: Vec<PreparedArticle> = wanted.map(PreparedArticle::for_catalog).collect();
                new.into_iter().try_for_each(|article| indexer.add(article))
            })?;
            files.into_values().for_each(|file| indexer.file_done(file.entry));
        }
        Ok(())
    }

    /// Passes the articles of a run to `each`, a page at a time, in the order they
    /// were read.
    fn each_article(
        &self,
        run: u64,
        mut each: impl FnMut(Vec<ArticleRecord>) -> Result<(), IndexError>,
    ) -> Result<(), IndexError> {
        let path = format!("/{}/_search?allow_partial_search_results=false", self.indices.articles);
        let mut after: Option<Value> = None;
        loop {
            let mut body = json!({
                "size": PAGE, "sort": [{"at": "asc"}], "_source": ["article"],
                "track_total_hits": false, "query": {"term": {"run": run}},
            });
            if let Some(after) = after.take() {
                body["search_after"] = after;
            }
            let response = self.client.call(Method::POST, &path, Body::Json(&body))?;
            let hits = response["hits"]["hits"].as_array().map(Vec::as_slice).unwrap_or_default();
            let articles = hits.par_iter().map(|hit| unpack(self.client, hit).map(|(article, _)| article));
            each(articles.collect::<Result<Vec<_>, _>>()?)?;
            match hits.last().filter(|_| hits.len() == PAGE) {
                Some(last) => after = Some(last["sort"].clone()),
                None => return Ok(()),
            }
        }
    }
}

/// The files whose state in the cluster differs from that in the catalog, in the
/// order they were read.
fn changed(indexer: &Indexer, records: &BTreeMap<String, FileRecord>) -> Vec<FileRecord> {
    let differs = |record: &&FileRecord| match indexer.manifest.files.get(&record.entry.file) {
        Some(entry) => record.gone || ManifestEntry { number: 0, ..entry.clone() } != record.entry,
        None => !record.gone,
    };
    let mut changed: Vec<FileRecord> = records.values().filter(differs).cloned().collect();
    changed.sort_by_key(FileRecord::read_by);
    changed
}
