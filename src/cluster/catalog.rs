//! The catalog of an archive in a cluster: its names, who is who, copies and
//! words, as an index without articles. It is made of the files that came since
//! it was last made, kept in the cluster, and copied to where it is used.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ureq::http::Method;

use crate::files::write_whole;
use crate::index::{ArticleRecord, CommitInfo, IndexError, Indexer, Names, PreparedArticle, WriterLock, open_tantivy};

use super::error::EngineError;
use super::files::{self, KnownFile};
use super::http::{Body, Client};
use super::indices::Indices;
use super::keys::NameKeys;

/// What says which files make the catalog.
const CURRENT: &str = "current";
/// What counts runs.
const RUNS: &str = "runs";
/// What says which catalog a folder has.
const COPY_OF: &str = ".copy-of.json";
/// The hashes of its names.
const KEYS: &str = "keys.bin";
/// Bytes of a file in one document.
const CHUNK: usize = 4 << 20;
/// Articles that are read at once.
const PAGE: usize = 200;
/// How often it is tried to be faster than other writers.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(300);

/// A file of the catalog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct CatalogFile {
    name: String,
    size: u64,
    crc: u32,
}

impl CatalogFile {
    /// What its chunks are called: two catalogs may have files of one name.
    fn stem(&self) -> String {
        format!("{}-{:08x}-{}", self.name, self.crc, self.size)
    }

    fn chunks(&self) -> u64 {
        self.size.div_ceil(CHUNK as u64)
    }
}

/// A version of the catalog in the cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Version {
    /// The index behind the alias.
    index: String,
    seq_no: u64,
    primary_term: u64,
}

struct Current {
    version: Version,
    files: Vec<CatalogFile>,
}

/// A copy of the catalog in a folder.
pub(super) struct Catalog<'a> {
    pub client: &'a Client,
    pub indices: &'a Indices,
    pub folder: &'a Path,
}

impl Catalog<'_> {
    /// Brings the copy up to date; whether there is a catalog at all.
    pub fn update(&self) -> Result<bool, IndexError> {
        match self.current()? {
            Some(current) if self.copy_of() == Some(current.version.clone()) => Ok(true),
            Some(_) => {
                fs::create_dir_all(self.folder).map_err(IndexError::io(self.folder))?;
                let _lock = lock(self.folder)?;
                self.copy()
            }
            None => Ok(false),
        }
    }

    /// Names the version that is in the cluster now.
    pub fn version(&self) -> Result<Option<String>, EngineError> {
        let version = self.current()?.map(|current| current.version);
        Ok(version.map(|version| format!("{}-{}-{}", version.index, version.primary_term, version.seq_no)))
    }

    fn copy_of(&self) -> Option<Version> {
        serde_json::from_slice(&fs::read(self.folder.join(COPY_OF)).ok()?).ok()
    }

    fn current(&self) -> Result<Option<Current>, EngineError> {
        let found = self.client.call(Method::GET, &format!("/{}/_doc/{CURRENT}", self.indices.catalog), Body::None);
        let answer = match found {
            Ok(answer) => answer,
            Err(error) if error.is_missing() => return Ok(None),
            Err(error) => return Err(error),
        };
        let broken = |what: String| EngineError::Broken { node: self.client.node().to_owned(), reason: what };
        let files: Vec<CatalogFile> = serde_json::from_value(answer["_source"]["files"].clone())
            .map_err(|error| broken(format!("its catalog does not list its files: {error}")))?;
        // These become names of files here.
        let is_name = |name: &str| !name.is_empty() && !name.contains(['/', '\\', '\0']) && name != "." && name != "..";
        if let Some(file) = files.iter().find(|file| !is_name(&file.name)) {
            return Err(broken(format!("its catalog lists {:?}, which is no name of a file", file.name)));
        }
        let version = Version {
            index: answer["_index"].as_str().unwrap_or_default().to_owned(),
            seq_no: answer["_seq_no"].as_u64().unwrap_or(0),
            primary_term: answer["_primary_term"].as_u64().unwrap_or(0),
        };
        Ok(Some(Current { version, files }))
    }

    /// Copies the files that are not here yet; another writer may replace the
    /// catalog meanwhile.
    fn copy(&self) -> Result<bool, IndexError> {
        let mut failed = None;
        for _ in 0..TRIES {
            let Some(current) = self.current()? else { return Ok(false) };
            match self.copy_files(&current) {
                Ok(()) => return Ok(true),
                Err(error) => failed = Some(error),
            }
            if self.current()?.is_some_and(|now| now.version == current.version) {
                break;
            }
        }
        Err(failed.unwrap_or_else(|| EngineError::Contended(self.client.node().to_owned()).into()))
    }

    fn copy_files(&self, current: &Current) -> Result<(), IndexError> {
        // What tells of all others comes last.
        let (last, others): (Vec<&CatalogFile>, Vec<&CatalogFile>) =
            current.files.iter().partition(|file| file.name == "meta.json");
        for file in others.into_iter().chain(last) {
            let path = self.folder.join(&file.name);
            if measure(&path).is_ok_and(|(size, crc)| (size, crc) == (file.size, file.crc)) {
                continue;
            }
            let bytes = self.download(file)?;
            write_whole(&path, &bytes).map_err(IndexError::io(&path))?;
        }
        let kept: BTreeSet<&str> = current.files.iter().map(|file| file.name.as_str()).collect();
        for name in files_of(self.folder)? {
            if !kept.contains(name.as_str()) {
                let _ = fs::remove_file(self.folder.join(name));
            }
        }
        self.note(&current.version)
    }

    fn note(&self, version: &Version) -> Result<(), IndexError> {
        let path = self.folder.join(COPY_OF);
        write_whole(&path, &serde_json::to_vec(version).unwrap_or_default()).map_err(IndexError::io(&path))
    }

    fn download(&self, file: &CatalogFile) -> Result<Vec<u8>, EngineError> {
        let broken = |what: &str| EngineError::Broken {
            node: self.client.node().to_owned(),
            reason: format!("{} of its catalog {what}", file.name),
        };
        let mut bytes = Vec::new();
        for chunk in 0..file.chunks() {
            let answer = self.client.call(Method::GET, &self.chunk_path(file, chunk), Body::None)?;
            let data = answer["_source"]["data"].as_str().ok_or_else(|| broken("has no data"))?;
            bytes.extend(BASE64_STANDARD.decode(data).map_err(|_| broken("is not in base64"))?);
            if bytes.len() as u64 > file.size {
                break;
            }
        }
        let sound = bytes.len() as u64 == file.size && crc32fast::hash(&bytes) == file.crc;
        if sound { Ok(bytes) } else { Err(broken("has not its checksum")) }
    }

    fn chunk_path(&self, file: &CatalogFile, chunk: u64) -> String {
        let id = format!("{}-{chunk}", file.stem());
        format!("/{}/_doc/{}", self.indices.catalog, utf8_percent_encode(&id, NON_ALPHANUMERIC))
    }

    /// The number of a new run: no other machine gets the same.
    pub fn next_run(&self) -> Result<u64, EngineError> {
        let path = format!("/{}/_doc/{RUNS}", self.indices.catalog);
        for attempt in 0..TRIES {
            let (last, guard) = match self.client.call(Method::GET, &path, Body::None) {
                Ok(answer) => {
                    let last = answer["_source"]["last"].as_u64().unwrap_or(0);
                    (last, format!("if_seq_no={}&if_primary_term={}", answer["_seq_no"], answer["_primary_term"]))
                }
                Err(error) if error.is_missing() => (0, "op_type=create".to_owned()),
                Err(error) => return Err(error),
            };
            let body = json!({"last": last + 1});
            match self.client.call(Method::PUT, &format!("{path}?{guard}"), Body::Json(&body)) {
                Ok(_) => return Ok(last + 1),
                Err(error) if error.is_conflict() => pause(attempt),
                Err(error) => return Err(error),
            }
        }
        Err(EngineError::Contended(self.client.node().to_owned()))
    }

    /// Takes in what came since the catalog was made, links its names anew and
    /// puts it into the cluster; another machine that does so at the same time
    /// makes one of them begin again. Gives how many names there are.
    pub fn take_in(&self) -> Result<usize, IndexError> {
        fs::create_dir_all(self.folder).map_err(IndexError::io(self.folder))?;
        for attempt in 0..TRIES {
            let lock = lock(self.folder)?;
            let before = self.current()?;
            match &before {
                Some(current) if self.copy_of().as_ref() != Some(&current.version) => {
                    self.copy()?;
                }
                Some(_) => {}
                None => clear(self.folder)?,
            }
            drop(lock);
            let known = files::read(self.client, self.indices)?;
            let mut indexer = Indexer::open_catalog(self.folder)?;
            let changed = changed(&indexer, &known);
            if changed.is_empty() && before.is_some() && !indexer.is_unlinked() {
                let names = indexer.names();
                indexer.close()?;
                return Ok(names);
            }
            // A run that died may have left what searches do not see yet.
            self.indices.refresh(self.client)?;
            // From here on the folder is no copy any more.
            let _ = fs::remove_file(self.folder.join(COPY_OF));
            self.add(&mut indexer, changed)?;
            indexer.commit()?;
            let names = indexer.names();
            indexer.close()?;
            match self.publish(before.as_ref()) {
                Err(IndexError::Engine(_)) if self.is_overtaken(before.as_ref())? => pause(attempt),
                published => return published.map(|()| names),
            }
        }
        Err(EngineError::Contended(self.client.node().to_owned()).into())
    }

    fn is_overtaken(&self, before: Option<&Current>) -> Result<bool, EngineError> {
        Ok(self.current()?.map(|current| current.version) != before.map(|before| before.version.clone()))
    }

    /// Adds the articles of changed files, in the order they were read.
    fn add(&self, indexer: &mut Indexer, changed: Vec<KnownFile>) -> Result<(), IndexError> {
        let mut runs: BTreeMap<u64, BTreeMap<String, KnownFile>> = BTreeMap::new();
        for file in changed {
            indexer.remove_file(&file.entry.file);
            if !file.gone {
                runs.entry(file.read_by().0).or_default().insert(file.entry.file.clone(), file);
            }
        }
        for (run, files) in runs {
            self.each_article(run, |articles| {
                let wanted = articles.into_par_iter().filter(|article| files.contains_key(&article.article.path));
                let new: Vec<PreparedArticle> = wanted.map(PreparedArticle::for_catalog).collect();
                new.into_iter().try_for_each(|article| indexer.add(article))
            })?;
            files.into_values().for_each(|file| indexer.file_done(file.entry));
        }
        Ok(())
    }

    /// Hands the articles of a run to `each`, some at a time, in the order they
    /// were read.
    fn each_article(
        &self,
        run: u64,
        mut each: impl FnMut(Vec<ArticleRecord>) -> Result<(), IndexError>,
    ) -> Result<(), IndexError> {
        let mut after: Option<Value> = None;
        loop {
            let mut body = json!({
                "size": PAGE, "sort": [{"at": "asc"}], "_source": ["article"],
                "track_total_hits": false, "query": {"term": {"run": run}},
            });
            if let Some(after) = after.take() {
                body["search_after"] = after;
            }
            let path = format!("/{}/_search?allow_partial_search_results=false", self.indices.articles);
            let answer = self.client.call(Method::POST, &path, Body::Json(&body))?;
            let hits = answer["hits"]["hits"].as_array().map(Vec::as_slice).unwrap_or_default();
            let articles = hits.par_iter().map(|hit| unpack(self.client, hit).map(|(article, _)| article));
            each(articles.collect::<Result<Vec<_>, _>>()?)?;
            match hits.last().filter(|_| hits.len() == PAGE) {
                Some(last) => after = Some(last["sort"].clone()),
                None => return Ok(()),
            }
        }
    }

    /// Puts the folder's files into the cluster, in place of those before.
    fn publish(&self, before: Option<&Current>) -> Result<(), IndexError> {
        let (_, info) = open_tantivy(self.folder)?;
        write_keys(self.folder, &info)?;
        let mut files = Vec::new();
        for name in files_of(self.folder)? {
            let (size, crc) = measure(&self.folder.join(&name))?;
            files.push(CatalogFile { name, size, crc });
        }
        let old: BTreeSet<String> =
            before.map(|before| before.files.iter().map(CatalogFile::stem).collect()).unwrap_or_default();
        for file in files.iter().filter(|file| !old.contains(&file.stem())) {
            self.upload(file)?;
        }
        let guard = match before {
            Some(Current { version, .. }) => {
                format!("if_seq_no={}&if_primary_term={}", version.seq_no, version.primary_term)
            }
            None => "op_type=create".to_owned(),
        };
        let path = format!("/{}/_doc/{CURRENT}", self.indices.catalog);
        let body = json!({"files": files});
        let answer = self.client.call(Method::PUT, &format!("{path}?{guard}"), Body::Json(&body))?;
        self.note(&Version {
            index: answer["_index"].as_str().unwrap_or_default().to_owned(),
            seq_no: answer["_seq_no"].as_u64().unwrap_or(0),
            primary_term: answer["_primary_term"].as_u64().unwrap_or(0),
        })?;
        // Those of the catalog before stay for who is copying it. What cannot
        // be removed now is removed next time.
        let mut kept = old;
        kept.extend(files.iter().map(CatalogFile::stem));
        let _ = self.remove_others(&kept);
        Ok(())
    }

    fn upload(&self, file: &CatalogFile) -> Result<(), IndexError> {
        let path = self.folder.join(&file.name);
        let bytes = fs::read(&path).map_err(IndexError::io(&path))?;
        for (number, chunk) in (0..).zip(bytes.chunks(CHUNK)) {
            let body = json!({"of": file.stem(), "data": BASE64_STANDARD.encode(chunk)});
            self.client.call(Method::PUT, &self.chunk_path(file, number), Body::Json(&body))?;
        }
        Ok(())
    }

    fn remove_others(&self, kept: &BTreeSet<String>) -> Result<(), EngineError> {
        let query = json!({"bool": {"filter": [{"exists": {"field": "of"}}], "must_not": [{"terms": {"of": kept}}]}});
        let path = format!("/{}/_delete_by_query?conflicts=proceed", self.indices.catalog);
        self.client.call(Method::POST, &path, Body::Json(&json!({"query": query})))?;
        Ok(())
    }
}

/// The hashes of the names of a copy.
pub(super) fn keys(folder: &Path, names: usize) -> Result<NameKeys, IndexError> {
    NameKeys::read(&folder.join(KEYS), names)
}

fn write_keys(folder: &Path, info: &CommitInfo) -> Result<(), IndexError> {
    let names = Names::open(folder, &info.names_path(folder))?;
    NameKeys::write(&folder.join(KEYS), &NameKeys::of(&names))
}

/// The files that are not in the catalog as they are in the cluster, in the
/// order they were read.
fn changed(indexer: &Indexer, known: &BTreeMap<String, KnownFile>) -> Vec<KnownFile> {
    let is_new = |file: &&KnownFile| match indexer.manifest.files.get(&file.entry.file) {
        Some(entry) => file.gone || *entry != file.entry,
        None => !file.gone,
    };
    let mut changed: Vec<KnownFile> = known.values().filter(is_new).cloned().collect();
    changed.sort_by_key(KnownFile::read_by);
    changed
}

/// The article of a hit, and the run it came with.
pub(super) fn unpack(client: &Client, hit: &Value) -> Result<(ArticleRecord, u64), EngineError> {
    let broken = |what: String| EngineError::Broken {
        node: client.node().to_owned(),
        reason: format!("the article {}: {what}", hit["_id"]),
    };
    let packed = hit["_source"]["article"].as_str().ok_or_else(|| broken("it is not there".to_owned()))?;
    let packed = BASE64_STANDARD.decode(packed).map_err(|error| broken(error.to_string()))?;
    let article = ArticleRecord::unpack(&packed).map_err(broken)?;
    Ok((article, hit["_source"]["run"].as_u64().unwrap_or(0)))
}

fn lock(folder: &Path) -> Result<WriterLock, IndexError> {
    WriterLock::take(folder)
}

fn pause(attempt: u32) {
    std::thread::sleep(PAUSE.mul_f64(f64::from(attempt + 1) * (0.5 + fastrand::f64())));
}

/// Size and CRC-32 (IEEE) of a file.
fn measure(path: &Path) -> Result<(u64, u32), IndexError> {
    let bytes = fs::read(path).map_err(IndexError::io(path))?;
    Ok((bytes.len() as u64, crc32fast::hash(&bytes)))
}

/// The names of the files that make a catalog: not those of its users, nor
/// locks and what is half written.
fn files_of(folder: &Path) -> Result<Vec<String>, IndexError> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(IndexError::io(folder))? {
        let entry = entry.map_err(IndexError::io(folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let of_users = ["aliases.toml", "alerts.json"].contains(&name.as_str());
        let hidden = name.starts_with('.') && name != ".managed.json";
        if !of_users && !hidden && entry.path().is_file() {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Empties a folder of a catalog that the cluster does not have any more.
fn clear(folder: &Path) -> Result<(), IndexError> {
    for name in files_of(folder)? {
        let path: PathBuf = folder.join(name);
        fs::remove_file(&path).map_err(IndexError::io(&path))?;
    }
    let _ = fs::remove_file(folder.join(COPY_OF));
    Ok(())
}
