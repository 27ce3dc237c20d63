//! Reads and writes the catalog's files in the cluster.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use ureq::http::Method;

use crate::cluster::catalog::catalog_file::{CHUNK, CatalogFile, CatalogVersion, CurrentCatalog};
use crate::cluster::error::EngineError;
use crate::cluster::http::Client;
use crate::cluster::indices::Indices;
use crate::cluster::request_body::Body;
use crate::index::IndexError;

/// The id of the document that lists the files of the catalog.
const CURRENT: &str = "current";

/// The catalog in the cluster, and the folder of its copy.
#[derive(Clone, Copy)]
pub(in crate::cluster) struct Catalog<'a> {
    pub client: &'a Client,
    pub indices: &'a Indices,
    pub folder: &'a Path,
}

impl Catalog<'_> {
    /// Names the version that is in the cluster now.
    pub fn version(&self) -> Result<Option<String>, EngineError> {
        let version = self.current()?.map(|current| current.version);
        Ok(version.map(|version| format!("{}-{}-{}", version.index, version.primary_term, version.seq_no)))
    }

    /// The catalog in the cluster; `None` where there is none.
    pub(super) fn current(&self) -> Result<Option<CurrentCatalog>, EngineError> {
        let path = format!("/{}/_doc/{CURRENT}", self.indices.catalog);
        let response = match self.client.call(Method::GET, &path, Body::None) {
            Ok(response) => response,
            Err(error) if error.is_missing() => return Ok(None),
            Err(error) => return Err(error),
        };
        let files: Vec<CatalogFile> = serde_json::from_value(response["_source"]["files"].clone())
            .map_err(|error| self.client.invalid(format!("its catalog does not list its files: {error}")))?;
        // These become file names here.
        if let Some(file) = files.iter().find(|file| !is_file_name(&file.name)) {
            let reason = format!("its catalog lists {:?}, which is no name of a file", file.name);
            return Err(self.client.invalid(reason));
        }
        Ok(Some(CurrentCatalog { version: CatalogVersion::of_response(&response), files }))
    }

    /// Makes these files the catalog, unless another writer replaced the one
    /// `before`.
    pub(super) fn replace(
        &self,
        before: Option<&CurrentCatalog>,
        files: &[CatalogFile],
    ) -> Result<CatalogVersion, EngineError> {
        let guard = match before {
            Some(CurrentCatalog { version, .. }) => {
                format!("if_seq_no={}&if_primary_term={}", version.seq_no, version.primary_term)
            }
            None => "op_type=create".to_owned(),
        };
        let path = format!("/{}/_doc/{CURRENT}?{guard}", self.indices.catalog);
        let response = self.client.call(Method::PUT, &path, Body::Json(&json!({"files": files})))?;
        Ok(CatalogVersion::of_response(&response))
    }

    /// The bytes of a file, checked.
    pub(super) fn download(&self, file: &CatalogFile) -> Result<Vec<u8>, EngineError> {
        let invalid = |what: &str| self.client.invalid(format!("{} of its catalog {what}", file.name));
        let mut bytes = Vec::new();
        for chunk in 0..file.chunks() {
            let response = self.client.call(Method::GET, &self.chunk_path(file, chunk), Body::None)?;
            let data = response["_source"]["data"].as_str().ok_or_else(|| invalid("has no data"))?;
            bytes.extend(BASE64_STANDARD.decode(data).map_err(|_| invalid("is not in base64"))?);
            if bytes.len() as u64 > file.size {
                break;
            }
        }
        let is_sound = bytes.len() as u64 == file.size && crc32fast::hash(&bytes) == file.crc;
        if is_sound { Ok(bytes) } else { Err(invalid("has not its checksum")) }
    }

    /// Uploads a file of the folder in chunks.
    pub(super) fn upload(&self, file: &CatalogFile) -> Result<(), IndexError> {
        let path = self.folder.join(&file.name);
        let bytes = fs::read(&path).map_err(IndexError::io(&path))?;
        for (number, chunk) in (0..).zip(bytes.chunks(CHUNK)) {
            let body = json!({"of": file.stem(), "data": BASE64_STANDARD.encode(chunk)});
            self.client.call(Method::PUT, &self.chunk_path(file, number), Body::Json(&body))?;
        }
        Ok(())
    }

    /// Removes the chunks of all files but these.
    pub(super) fn remove_others(&self, kept: &BTreeSet<String>) -> Result<(), EngineError> {
        let query = json!({"bool": {"filter": [{"exists": {"field": "of"}}], "must_not": [{"terms": {"of": kept}}]}});
        let path = format!("/{}/_delete_by_query?conflicts=proceed", self.indices.catalog);
        self.client.call(Method::POST, &path, Body::Json(&json!({"query": query})))?;
        Ok(())
    }

    fn chunk_path(&self, file: &CatalogFile, chunk: u64) -> String {
        let id = format!("{}-{chunk}", file.stem());
        format!("/{}/_doc/{}", self.indices.catalog, utf8_percent_encode(&id, NON_ALPHANUMERIC))
    }
}

/// Whether a name is that of a file in a folder, not a path out of it.
fn is_file_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\', '\0']) && name != "." && name != ".."
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::cluster::fake_server::FakeServer;

    use super::*;

    #[test]
    fn names_that_leave_the_folder_are_refused() {
        let check = |name, expected| assert_eq!(is_file_name(name), expected, "{name:?}");
        check("meta.json", true);
        check(".managed.json", true);
        check("", false);
        check("..", false);
        check("../meta.json", false);
        check("a\\b", false);
        check("a\0b", false);
    }

    /// What `check` makes of a catalog whose requests get these responses.
    fn with_responses<T>(responses: Vec<(u16, Value)>, check: impl FnOnce(Catalog<'_>) -> T) -> (T, Vec<String>) {
        let server = FakeServer::start(responses);
        let client = server.client();
        let (indices, folder) = (Indices::of(&server.address()), std::path::Path::new("unused"));
        let result = check(Catalog { client: &client, indices: &indices, folder });
        (result, server.requests())
    }

    #[test]
    fn the_current_catalog_is_read() {
        let file = json!({"name": "a.idx", "size": 3, "crc": crc32fast::hash(b"abc")});
        let source = json!({"_index": "x", "_seq_no": 4, "_primary_term": 1, "_source": {"files": [file]}});
        let (version, requests) = with_responses(vec![(200, source)], |catalog| catalog.version());
        assert_eq!(version.expect("a response").as_deref(), Some("x-1-4"));
        assert_eq!(requests, ["GET /newsearch-catalog/_doc/current"]);
        let (missing, _) = with_responses(vec![(404, json!({"found": false}))], |catalog| catalog.version());
        assert_eq!(missing.expect("a response"), None);
        let bad = json!({"_source": {"files": [{"name": "../x", "size": 0, "crc": 0}]}});
        let (refused, _) = with_responses(vec![(200, bad)], |catalog| catalog.version());
        assert!(refused.is_err_and(|error| error.to_string().contains("which is no name of a file")));
    }

    #[test]
    fn downloads_are_checked() {
        let file = CatalogFile { name: "a.idx".to_owned(), size: 3, crc: crc32fast::hash(b"abc") };
        let check = |data: Value, expected: Result<&[u8], &str>| {
            let response = json!({"_source": {"data": data}});
            let (bytes, _) = with_responses(vec![(200, response)], |catalog| catalog.download(&file));
            match (bytes, expected) {
                (Ok(bytes), Ok(expected)) => assert_eq!(bytes, expected),
                (Err(error), Err(part)) => assert!(error.to_string().ends_with(part), "{error}"),
                (found, expected) => panic!("{found:?}, expected {expected:?}"),
            }
        };
        check("YWJj".into(), Ok(b"abc"));
        check("YWJk".into(), Err("a.idx of its catalog has not its checksum"));
        check("YWI=".into(), Err("a.idx of its catalog has not its checksum"));
        check("?".into(), Err("a.idx of its catalog is not in base64"));
        check(Value::Null, Err("a.idx of its catalog has no data"));
    }
}
