//! A connection to a cluster, with the names of its catalog.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;
use serde_json::{Value, json};
use ureq::http::Method;

use crate::article::{EntityKind, stable_hash};
use crate::cluster::error::EngineError;
use crate::cluster::http::Client;
use crate::cluster::indices::Indices;
use crate::cluster::keys::NameKeys;
use crate::cluster::query::translator::QueryTranslator;
use crate::cluster::ram_index::{FetchedArticle, RecentArticles, recent_articles};
use crate::cluster::request_body::Body;
use crate::index::{ArticleRecord, Entities, EntityId, IndexSchema};

/// A cluster with the names of a catalog.
pub(super) struct Cluster {
    pub client: Arc<Client>,
    pub indices: Indices,
    pub keys: NameKeys,
    several_names: OnceLock<Vec<NamesByKind>>,
    recent: RecentArticles,
}

/// An entity with its number of names of each kind.
pub(super) type NamesByKind = (EntityId, [u32; EntityKind::ALL.len()]);

impl Cluster {
    pub fn new(client: Arc<Client>, indices: Indices, keys: NameKeys) -> Self {
        Self { client, indices, keys, several_names: OnceLock::new(), recent: recent_articles() }
    }

    /// Entities with several names, and how many of each kind these are.
    pub fn entities_with_several_names(&self, entities: &Entities) -> &[NamesByKind] {
        self.several_names.get_or_init(|| {
            let mut names: FxHashMap<EntityId, [u32; EntityKind::ALL.len()]> = FxHashMap::default();
            for name in 0..entities.len() as EntityId {
                if let Some(kind) = entities.names().kind(name) {
                    names.entry(entities.of(name)).or_default()[kind.ordinal()] += 1;
                }
            }
            names.into_iter().filter(|(_, kinds)| kinds.iter().sum::<u32>() > 1).collect()
        })
    }

    /// A search that every shard has answered.
    pub fn search(&self, body: &Value) -> Result<Value, EngineError> {
        let path = format!(
            "/{}/_search?search_type=dfs_query_then_fetch&allow_partial_search_results=false",
            self.indices.articles
        );
        let response = self.client.call(Method::POST, &path, Body::Json(body))?;
        if response["timed_out"] != json!(false) || response["_shards"]["failed"] != json!(0) {
            return Err(self.client.invalid("some of its shards did not answer"));
        }
        Ok(response)
    }

    pub fn translator<'a>(&'a self, schema: &'a IndexSchema) -> QueryTranslator<'a> {
        QueryTranslator { schema, keys: &self.keys }
    }

    /// A fetched article, ready to be indexed; recent ones are kept.
    pub fn prepare(&self, schema: &IndexSchema, found: (ArticleRecord, u64)) -> Arc<FetchedArticle> {
        let key = (stable_hash(found.0.article.id.as_bytes()), found.1);
        if let Some(prepared) = self.recent.get(&key) {
            return prepared;
        }
        let prepared = Arc::new(FetchedArticle::new(&self.keys, schema, found));
        self.recent.insert(key, prepared.clone());
        prepared
    }

    /// The number of matching articles that a response states.
    pub fn total(&self, response: &Value) -> Result<usize, EngineError> {
        let total = response["hits"]["total"]["value"].as_u64();
        total.map(|total| total as usize).ok_or_else(|| self.client.invalid("it did not say how many articles match"))
    }
}
