//! What is known of the files whose articles are in a cluster: written as soon
//! as all articles of a file are there, so that a run that dies goes on.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use ureq::http::Method;

use crate::index::{Manifest, ManifestEntry};

use super::document::document_id;
use super::error::EngineError;
use super::http::{Body, Client};
use super::indices::Indices;

/// Files read in one request.
const PAGE: usize = 5000;

/// A file, as the last run left it that had to do with it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct KnownFile {
    pub entry: ManifestEntry,
    /// Its articles were taken out.
    pub gone: bool,
}

impl KnownFile {
    /// The run, and the place in it.
    pub fn read_by(&self) -> (u64, u64) {
        self.entry.read_by.unwrap_or_default()
    }
}

/// All files by name.
pub(super) fn read(client: &Client, indices: &Indices) -> Result<BTreeMap<String, KnownFile>, EngineError> {
    let mut files = BTreeMap::new();
    let mut after: Option<Value> = None;
    loop {
        let mut body = json!({"size": PAGE, "sort": [{"run": "asc"}, {"at": "asc"}], "query": {"match_all": {}}});
        if let Some(after) = after.take() {
            body["search_after"] = after;
        }
        let path = format!("/{}/_search?allow_partial_search_results=false", indices.files);
        let answer = client.call(Method::POST, &path, Body::Json(&body))?;
        let hits = answer["hits"]["hits"].as_array().map(Vec::as_slice).unwrap_or_default();
        for hit in hits {
            let entry: ManifestEntry =
                serde_json::from_value(hit["_source"]["entry"].clone()).map_err(|error| EngineError::Broken {
                    node: client.node().to_owned(),
                    reason: format!("what it knows of a file: {error}"),
                })?;
            let gone = hit["_source"]["gone"].as_bool().unwrap_or(false);
            files.insert(entry.file.clone(), KnownFile { entry, gone });
        }
        match hits.last().filter(|_| hits.len() == PAGE) {
            Some(last) => after = Some(last["sort"].clone()),
            None => return Ok(files),
        }
    }
}

/// What a plan is made against: the files that are there.
pub(super) fn manifest(files: &BTreeMap<String, KnownFile>) -> Manifest {
    let there = files.values().filter(|file| !file.gone);
    Manifest { files: there.map(|file| (file.entry.file.clone(), file.entry.clone())).collect() }
}

/// Notes files.
pub(super) fn write(client: &Client, indices: &Indices, files: &[KnownFile]) -> Result<(), EngineError> {
    for files in files.chunks(PAGE) {
        let mut lines = String::new();
        for file in files {
            let (run, at) = file.read_by();
            let action = json!({"index": {"_id": document_id(&file.entry.file)}});
            let body = json!({"run": run, "at": at, "gone": file.gone, "entry": file.entry});
            lines.push_str(&format!("{action}\n{body}\n"));
        }
        let answer = client.call(Method::POST, &format!("/{}/_bulk", indices.files), Body::Lines(&lines))?;
        if answer["errors"] != json!(false) {
            let failed =
                answer["items"].as_array().into_iter().flatten().find(|item| !item["index"]["error"].is_null());
            let reason =
                failed.map_or_else(|| "it does not say why".to_owned(), |item| super::http::reason(&item["index"]));
            return Err(EngineError::Broken {
                node: client.node().to_owned(),
                reason: format!("it took a file's articles but not a note of the file: {reason}"),
            });
        }
    }
    Ok(())
}
