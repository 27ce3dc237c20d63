//! The indices of an archive: what they are called, making them, and putting
//! new ones in their place.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use ureq::http::Method;

use super::address::Address;
use super::error::EngineError;
use super::http::{Body, Client};
use super::mapping::{self, FORMAT, Spread};

/// How long all copies of a new index are waited for at most; half of what the
/// user is patient for where that is less.
const COPIES_WITHIN: Duration = Duration::from_secs(10);

/// The three indices of an archive, by what requests call them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Indices {
    pub articles: String,
    /// What is known of files.
    pub files: String,
    pub catalog: String,
}

impl Indices {
    /// Those that searches use: aliases.
    pub fn of(address: &Address) -> Self {
        Self::named(&address.name)
    }

    fn named(name: &str) -> Self {
        Self { articles: name.to_owned(), files: format!("{name}-files"), catalog: format!("{name}-catalog") }
    }

    fn all(&self) -> [&str; 3] {
        [&self.articles, &self.files, &self.catalog]
    }

    /// Makes those of a new archive; another machine may do so at the same time.
    pub fn make_first(client: &Client, address: &Address, spread: Spread) -> Result<Self, EngineError> {
        Self::make(client, &format!("{}-first", address.name), spread)
    }

    /// Makes new ones beside any others; nothing searches them yet.
    pub fn make_beside(client: &Client, address: &Address, spread: Spread) -> Result<Self, EngineError> {
        let nanos = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        Self::make(client, &format!("{}-{nanos:x}", address.name), spread)
    }

    fn make(client: &Client, name: &str, spread: Spread) -> Result<Self, EngineError> {
        let new = Self::named(name);
        let settings = [mapping::articles(spread), mapping::files(spread), mapping::catalog(spread)];
        // With all its copies an index outlives a node; where the cluster has
        // too few nodes for them, there is no use in waiting thrice.
        let mut copies = "all";
        let within = COPIES_WITHIN.min(client.patience() / 2).as_millis();
        for (index, settings) in new.all().into_iter().zip(settings) {
            let path = format!("/{index}?wait_for_active_shards={copies}&timeout={within}ms");
            match client.call(Method::PUT, &path, Body::Json(&settings)) {
                Ok(made) if made["shards_acknowledged"] == true => {}
                Ok(_) => copies = "1",
                Err(error) if error.is_there_already() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(new)
    }

    /// Whether the aliases are there, with articles that this version reads.
    pub fn exist(&self, client: &Client, address: &Address) -> Result<bool, EngineError> {
        let path = format!("/{}/_mapping", self.articles);
        let mapping = match client.call(Method::GET, &path, Body::None) {
            Ok(mapping) => mapping,
            Err(error) if error.is_missing() => return Ok(false),
            Err(error) => return Err(error),
        };
        let format = mapping.as_object().and_then(|indices| indices.values().next());
        match format.and_then(|index| index["mappings"]["_meta"]["newsearch"].as_u64()) {
            Some(FORMAT) => Ok(true),
            Some(found) => Err(EngineError::Version { engine: address.to_string(), found, expected: FORMAT }),
            None => Err(EngineError::Setting(format!(
                "the index {} at {address} is not one of newsearch; choose another name behind the host",
                self.articles
            ))),
        }
    }

    /// Lets searches use these from now on, all three at once, and gives the
    /// indices that were used before.
    pub fn switch_to(&self, client: &Client, new: &Self) -> Result<Vec<String>, EngineError> {
        let mut actions = Vec::new();
        let mut old = Vec::new();
        for (alias, index) in self.all().into_iter().zip(new.all()) {
            for before in behind(client, alias)?.into_iter().filter(|before| before != index) {
                actions.push(json!({"remove": {"index": before, "alias": alias}}));
                old.push(before);
            }
            actions.push(json!({"add": {"index": index, "alias": alias}}));
        }
        client.call(Method::POST, "/_aliases", Body::Json(&json!({"actions": actions})))?;
        Ok(old)
    }

    /// Makes what was written visible to searches.
    pub fn refresh(&self, client: &Client) -> Result<(), EngineError> {
        client.call(Method::POST, &format!("/{},{}/_refresh", self.articles, self.files), Body::None)?;
        Ok(())
    }

    /// Bytes of the articles and the catalog in the cluster, replicas counted.
    pub fn bytes(&self, client: &Client) -> Result<u64, EngineError> {
        let path = format!("/{},{}/_stats/store", self.articles, self.catalog);
        let answer = client.call(Method::GET, &path, Body::None)?;
        answer["_all"]["total"]["store"]["size_in_bytes"].as_u64().ok_or_else(|| EngineError::Broken {
            node: client.node().to_owned(),
            reason: "it did not say how large its indices are".to_owned(),
        })
    }

    /// Removes these indices.
    pub fn remove(&self, client: &Client) -> Result<(), EngineError> {
        remove(client, self.all())
    }
}

/// Removes indices that nothing uses any more.
pub(super) fn remove<'a>(client: &Client, indices: impl IntoIterator<Item = &'a str>) -> Result<(), EngineError> {
    for index in indices {
        match client.call(Method::DELETE, &format!("/{index}"), Body::None) {
            Err(error) if !error.is_missing() => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// The indices that an alias stands for.
fn behind(client: &Client, alias: &str) -> Result<Vec<String>, EngineError> {
    match client.call(Method::GET, &format!("/{alias}/_alias"), Body::None) {
        Ok(Value::Object(indices)) => Ok(indices.into_iter().map(|(index, _)| index).collect()),
        Ok(_) => Ok(Vec::new()),
        Err(error) if error.is_missing() => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}
