//! Records of the files whose articles are in a cluster. A record is written once
//! all articles of its file are indexed, so that a run that was killed can resume.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use ureq::http::Method;

use crate::cluster::error::EngineError;
use crate::cluster::http::Client;
use crate::cluster::http_errors::reason;
use crate::cluster::indexing::document::document_id;
use crate::cluster::indices::Indices;
use crate::cluster::request_body::Body;
use crate::index::{Manifest, ManifestEntry};

/// Records in one request.
const PAGE: usize = 5000;

/// A file as the last run that changed it left it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::cluster) struct FileRecord {
    pub entry: ManifestEntry,
    /// Whether its articles were removed.
    pub gone: bool,
}

impl FileRecord {
    /// The run that read it, and its number in that run.
    pub fn read_by(&self) -> (u64, u64) {
        self.entry.read_by.unwrap_or_default()
    }
}

/// All records by file name.
pub(in crate::cluster) fn read(
    client: &Client,
    indices: &Indices,
) -> Result<BTreeMap<String, FileRecord>, EngineError> {
    let mut files = BTreeMap::new();
    let mut after: Option<Value> = None;
    loop {
        let mut body = json!({"size": PAGE, "sort": [{"run": "asc"}, {"at": "asc"}], "query": {"match_all": {}}});
        if let Some(after) = after.take() {
            body["search_after"] = after;
        }
        let path = format!("/{}/_search?allow_partial_search_results=false", indices.files);
        let response = client.call(Method::POST, &path, Body::Json(&body))?;
        let hits = response["hits"]["hits"].as_array().map(Vec::as_slice).unwrap_or_default();
        for hit in hits {
            let entry: ManifestEntry = serde_json::from_value(hit["_source"]["entry"].clone())
                .map_err(|error| client.invalid(format!("what it knows of a file: {error}")))?;
            let gone = hit["_source"]["gone"].as_bool().unwrap_or(false);
            files.insert(entry.file.clone(), FileRecord { entry, gone });
        }
        match hits.last().filter(|_| hits.len() == PAGE) {
            Some(last) => after = Some(last["sort"].clone()),
            None => return Ok(files),
        }
    }
}

/// The manifest of the files whose articles are in the cluster.
pub(super) fn manifest(files: &BTreeMap<String, FileRecord>) -> Manifest {
    let there = files.values().filter(|file| !file.gone);
    Manifest { files: there.map(|file| (file.entry.file.clone(), file.entry.clone())).collect(), ..Manifest::default() }
}

/// Writes records.
pub(super) fn write(client: &Client, indices: &Indices, files: &[FileRecord]) -> Result<(), EngineError> {
    for files in files.chunks(PAGE) {
        let mut lines = String::new();
        for file in files {
            let (run, at) = file.read_by();
            let action = json!({"index": {"_id": document_id(&file.entry.file)}});
            let body = json!({"run": run, "at": at, "gone": file.gone, "entry": file.entry});
            lines.push_str(&format!("{action}\n{body}\n"));
        }
        let response = client.call(Method::POST, &format!("/{}/_bulk", indices.files), Body::Lines(&lines))?;
        if response["errors"] != json!(false) {
            let failed =
                response["items"].as_array().into_iter().flatten().find(|item| !item["index"]["error"].is_null());
            let reason = failed.map_or_else(|| "it does not say why".to_owned(), |item| reason(&item["index"]));
            return Err(client.invalid(format!("it took a file's articles but not a note of the file: {reason}")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::cluster::fake_server::FakeServer;

    use super::*;

    fn record(file: &str, gone: bool) -> FileRecord {
        let entry = ManifestEntry {
            file: file.to_owned(),
            number: 0,
            size: 3,
            modified: 1,
            changed: 1,
            hash: 2,
            articles: 1,
            unread: false,
            yields_to: BTreeSet::new(),
            read_by: Some((4, 9)),
        };
        FileRecord { entry, gone }
    }

    #[test]
    fn records_are_written_and_read() {
        let records = [record("a.txt", false), record("b.txt", true)];
        let hit = |file: &FileRecord| json!({"_source": {"entry": file.entry, "gone": file.gone}, "sort": [4, 9]});
        let hits = json!({"hits": {"hits": records.iter().map(hit).collect::<Vec<_>>()}});
        let server = FakeServer::start(vec![(200, json!({"errors": false})), (200, hits)]);
        let (client, indices) = (server.client(), Indices::of(&server.address()));
        write(&client, &indices, &records).expect("written");
        let found = read(&client, &indices).expect("read");
        assert_eq!(found.values().cloned().collect::<Vec<_>>(), records);
        assert_eq!(manifest(&found).files.keys().collect::<Vec<_>>(), ["a.txt"]);
        assert_eq!(server.requests()[0], "POST /newsearch-files/_bulk");
        let lines = server.bodies().remove(0);
        assert!(lines.starts_with("{\"index\":{\"_id\":\"a.txt\"}}\n{\"at\":9,"), "{lines}");
        assert_eq!(lines.lines().count(), 4);
    }

    #[test]
    fn a_rejected_record_is_an_error() {
        let item = json!({"index": {"error": {"reason": "read only"}}});
        let server = FakeServer::start(vec![(200, json!({"errors": true, "items": [item]}))]);
        let error = write(&server.client(), &Indices::of(&server.address()), &[record("a.txt", false)]);
        assert!(error.is_err_and(|error| error.to_string().ends_with("but not a note of the file: read only")));
    }
}
