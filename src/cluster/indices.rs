//! The indices of an archive: their names, creating and replacing them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use ureq::http::Method;

use crate::cluster::address::Address;
use crate::cluster::error::EngineError;
use crate::cluster::http::Client;
use crate::cluster::mapping::{self, FORMAT, Spread};
use crate::cluster::request_body::Body;

/// How long to wait for all copies of a new index; half of the client's patience
/// where that is less.
const COPIES_WITHIN: Duration = Duration::from_secs(10);

/// The names of the three indices of an archive, or their aliases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Indices {
    pub articles: String,
    /// The file records.
    pub files: String,
    pub catalog: String,
}

impl Indices {
    /// The aliases that searches use.
    pub fn of(address: &Address) -> Self {
        Self::named(&address.name)
    }

    fn named(name: &str) -> Self {
        Self { articles: name.to_owned(), files: format!("{name}-files"), catalog: format!("{name}-catalog") }
    }

    fn all(&self) -> [&str; 3] {
        [&self.articles, &self.files, &self.catalog]
    }

    /// Creates those of a new archive; another machine may do so at the same time.
    pub fn make_first(client: &Client, address: &Address, spread: Spread) -> Result<Self, EngineError> {
        Self::make(client, &format!("{}-first", address.name), spread)
    }

    /// Creates new ones beside any others; no alias names them yet.
    pub fn make_beside(client: &Client, address: &Address, spread: Spread) -> Result<Self, EngineError> {
        let nanos = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        Self::make(client, &format!("{}-{nanos:x}", address.name), spread)
    }

    fn make(client: &Client, name: &str, spread: Spread) -> Result<Self, EngineError> {
        let new = Self::named(name);
        let settings = [mapping::articles(spread), mapping::files(spread), mapping::catalog(spread)];
        // With all its copies an index survives the loss of a node. Where the
        // cluster has too few nodes, it is enough to wait once.
        let mut copies = "all";
        let within = COPIES_WITHIN.min(client.patience() / 2).as_millis();
        for (index, settings) in new.all().into_iter().zip(settings) {
            let path = format!("/{index}?wait_for_active_shards={copies}&timeout={within}ms");
            match client.call(Method::PUT, &path, Body::Json(&settings)) {
                Ok(made) if made["shards_acknowledged"] == true => {}
                Ok(_) => copies = "1",
                Err(error) if error.already_exists() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(new)
    }

    /// Whether the aliases exist, for articles that this version reads.
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

    /// Points all three aliases at new indices in one step. Returns the indices
    /// that they named before.
    pub fn switch_to(&self, client: &Client, new: &Self) -> Result<Vec<String>, EngineError> {
        let mut actions = Vec::new();
        let mut old = Vec::new();
        for (alias, index) in self.all().into_iter().zip(new.all()) {
            for before in aliased(client, alias)?.into_iter().filter(|before| before != index) {
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

    /// Bytes of the articles and the catalog in the cluster, with replicas.
    pub fn bytes(&self, client: &Client) -> Result<u64, EngineError> {
        let path = format!("/{},{}/_stats/store", self.articles, self.catalog);
        let response = client.call(Method::GET, &path, Body::None)?;
        let bytes = response["_all"]["total"]["store"]["size_in_bytes"].as_u64();
        bytes.ok_or_else(|| client.invalid("it did not say how large its indices are"))
    }

    /// Removes these indices.
    pub fn remove(&self, client: &Client) -> Result<(), EngineError> {
        remove(client, self.all())
    }
}

/// Removes indices that are no longer used.
pub(super) fn remove<'a>(client: &Client, indices: impl IntoIterator<Item = &'a str>) -> Result<(), EngineError> {
    for index in indices {
        match client.call(Method::DELETE, &format!("/{index}"), Body::None) {
            Err(error) if !error.is_missing() => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// The indices that an alias names.
fn aliased(client: &Client, alias: &str) -> Result<Vec<String>, EngineError> {
    match client.call(Method::GET, &format!("/{alias}/_alias"), Body::None) {
        Ok(Value::Object(indices)) => Ok(indices.into_iter().map(|(index, _)| index).collect()),
        Ok(_) => Ok(Vec::new()),
        Err(error) if error.is_missing() => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use crate::cluster::fake_server::FakeServer;

    use super::*;

    #[test]
    fn the_format_of_articles_is_checked() {
        let mapping = |format: Value| json!({"film-1": {"mappings": {"_meta": {"newsearch": format}}}});
        let check = |status: u16, response: Value, expected: Result<bool, &str>| {
            let server = FakeServer::start(vec![(status, response)]);
            let (client, address) = (server.client(), server.address());
            match (Indices::of(&address).exist(&client, &address), expected) {
                (Ok(found), Ok(expected)) => assert_eq!(found, expected),
                (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{error}"),
                (found, expected) => panic!("{found:?}, expected {expected:?}"),
            }
        };
        check(200, mapping(FORMAT.into()), Ok(true));
        check(404, json!({}), Ok(false));
        check(200, mapping(99.into()), Err("have format 99"));
        check(200, mapping(Value::Null), Err("is not one of newsearch"));
    }

    #[test]
    fn aliases_are_switched_in_one_request() {
        let alias = |index: &str| (200, json!({index: {}}));
        let responses = vec![alias("film-1"), (404, json!({})), alias("new-catalog"), (200, json!({}))];
        let server = FakeServer::start(responses);
        let old = Indices::named("film").switch_to(&server.client(), &Indices::named("new")).expect("switched");
        assert_eq!(old, ["film-1"]);
        let actions: Value = serde_json::from_str(&server.bodies()[3]).expect("JSON");
        assert_eq!(
            actions,
            json!({"actions": [
                {"remove": {"index": "film-1", "alias": "film"}},
                {"add": {"index": "new", "alias": "film"}},
                {"add": {"index": "new-files", "alias": "film-files"}},
                {"add": {"index": "new-catalog", "alias": "film-catalog"}},
            ]})
        );
    }
}
