//! Finds, counts and reads the articles of a cluster.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde_json::{Value, json};
use ureq::http::Method;

use crate::article::{EntityKind, stable_hash};
use crate::cluster::ram_index::{FetchedArticle, RecentArticles, recent_articles};
use crate::cluster::requests::{ALL, CandidateBatch, CollectionTotals, CountedTerm, FetchedBatch, MatchSpec};
use crate::index::{ArticleRecord, Entities, EntityId, IndexSchema};
use crate::search::error::SearchError;
use crate::search::query::sort::Sort;

use super::catalog::unpack;
use super::document::document_id;
use super::error::EngineError;
use super::http::{Body, Client, reason};
use super::indices::Indices;
use super::keys::{NameKeys, with_hashes};
use super::query::{self, Dialect};

/// Counts asked for in one request.
const COUNTS: usize = 500;
/// A cluster with the names of a catalog.
pub(super) struct Cluster {
    pub client: Arc<Client>,
    pub indices: Indices,
    pub keys: NameKeys,
    several: OnceLock<Vec<Several>>,
    recent: RecentArticles,
}

/// An entity with how many names it has of each kind.
pub(super) type Several = (EntityId, [u32; EntityKind::ALL.len()]);

impl Cluster {
    pub fn new(client: Arc<Client>, indices: Indices, keys: NameKeys) -> Self {
        Self { client, indices, keys, several: OnceLock::new(), recent: recent_articles() }
    }

    /// Entities with several names, and how many of each kind these are.
    pub fn several(&self, entities: &Entities) -> &[Several] {
        self.several.get_or_init(|| {
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
        let answer = self.client.call(Method::POST, &path, Body::Json(body))?;
        if answer["timed_out"] != json!(false) || answer["_shards"]["failed"] != json!(0) {
            return Err(self.broken("some of its shards did not answer"));
        }
        Ok(answer)
    }

    pub fn broken(&self, what: &str) -> EngineError {
        EngineError::Broken { node: self.client.node().to_owned(), reason: what.to_owned() }
    }

    pub fn dialect<'a>(&'a self, schema: &'a IndexSchema) -> Dialect<'a> {
        Dialect { schema, keys: &self.keys }
    }

    /// An article that came, made ready; those that come often are kept so.
    pub fn fetched(&self, schema: &IndexSchema, found: (ArticleRecord, u64)) -> Arc<FetchedArticle> {
        let key = (stable_hash(found.0.article.id.as_bytes()), found.1);
        if let Some(fetched) = self.recent.get(&key) {
            return fetched;
        }
        let fetched = Arc::new(FetchedArticle::new(&self.keys, schema, found));
        self.recent.insert(key, fetched.clone());
        fetched
    }

    /// The total of an answer.
    pub fn total(&self, answer: &Value) -> Result<usize, EngineError> {
        let total = answer["hits"]["total"]["value"].as_u64();
        total.map(|total| total as usize).ok_or_else(|| self.broken("it did not say how many articles match"))
    }

    fn unpack_all(&self, hits: &[Value]) -> Result<Vec<(ArticleRecord, u64)>, EngineError> {
        hits.par_iter().map(|hit| unpack(&self.client, hit)).collect()
    }

    /// The fields that a term is counted in.
    fn fields_of(&self, schema: &IndexSchema, counted: &CountedTerm) -> Vec<String> {
        let name = schema.schema.get_field_name(counted.field);
        if counted.stem { query::fields_of_stem(name, &counted.term) } else { vec![name.to_owned()] }
    }

    fn count(&self, schema: &IndexSchema, terms: &[CountedTerm]) -> Result<Vec<u64>, EngineError> {
        let header = json!({"index": self.indices.articles, "allow_partial_search_results": false});
        let mut lines = String::new();
        for counted in terms {
            let term = with_hashes(schema, counted.field, &counted.term, |id| self.keys.hash(id));
            let query = query::any(
                self.fields_of(schema, counted).iter().map(|field| json!({"term": {field: {"value": term}}})).collect(),
            );
            let body = json!({"size": 0, "track_total_hits": true, "query": query});
            lines.push_str(&format!("{header}\n{body}\n"));
        }
        let answer = self.client.call(Method::POST, "/_msearch", Body::Lines(&lines))?;
        let answers = answer["responses"].as_array().filter(|answers| answers.len() == terms.len());
        let answers = answers.ok_or_else(|| self.broken("it did not answer each context"))?;
        let count = |answer: &Value| match answer["hits"]["total"]["value"].as_u64() {
            Some(count) if answer["_shards"]["failed"] == json!(0) => Ok(count),
            _ => Err(self.broken(&format!("it could not count a word: {}", reason(answer)))),
        };
        answers.iter().map(count).collect()
    }

    /// What the archive holds in all.
    pub fn totals(&self) -> Result<CollectionTotals, SearchError> {
        let sum = |field: &str| json!({"sum": {"field": field}});
        let body = json!({
            "size": 0, "track_total_hits": true,
            "aggs": {"title": sum("title_words"), "body": sum("body_words")},
        });
        let answer = self.search(&body)?;
        let words = |name: &str| answer["aggregations"][name]["value"].as_f64();
        let (Some(title), Some(body)) = (words("title"), words("body")) else {
            return Err(self.broken("it did not say how many words there are").into());
        };
        Ok(CollectionTotals { articles: self.total(&answer)? as u64, words: (title as u64, body as u64) })
    }

    /// The number of articles of each term.
    pub fn frequencies(&self, schema: &IndexSchema, terms: &[CountedTerm]) -> Result<Vec<u64>, SearchError> {
        let mut counts = Vec::with_capacity(terms.len());
        for terms in terms.chunks(COUNTS) {
            counts.extend(self.count(schema, terms)?);
        }
        Ok(counts)
    }

    /// A batch of the articles that match.
    pub fn find(&self, spec: MatchSpec<'_>, batch: &CandidateBatch) -> Result<FetchedBatch, SearchError> {
        let dialect = self.dialect(spec.schema);
        let mut filter = dialect.filter(spec);
        if let Some(only) = &batch.only {
            filter = json!({"bool": {"filter": [filter, query::ties(only)]}});
        }
        if !batch.without.is_empty() {
            filter = json!({"bool": {"filter": [filter], "must_not": [query::ties(&batch.without)]}});
        }
        if batch.size == 0 {
            let body = json!({"size": 0, "track_total_hits": true, "query": {"bool": {"filter": [filter]}}});
            return Ok(FetchedBatch { total: self.total(&self.search(&body)?)?, ..FetchedBatch::default() });
        }
        let mut body = json!({
            "size": batch.size,
            "track_total_hits": batch.after.is_none(),
            "_source": ["article", "run"],
            "query": dialect.scored(spec, batch.sort, filter),
            "sort": query::order(batch.sort),
        });
        if let Some(after) = &batch.after {
            body["search_after"] = after.clone();
        }
        let answer = self.search(&body)?;
        let hits = answer["hits"]["hits"].as_array().ok_or_else(|| self.broken("it brought no list of articles"))?;
        let last = hits.last().map(|hit| hit["sort"].clone());
        let bound = last.as_ref().filter(|_| batch.sort == Sort::Relevance).and_then(|sort| sort[0].as_f64());
        Ok(FetchedBatch {
            total: if batch.after.is_none() { self.total(&answer)? } else { 0 },
            articles: self.unpack_all(hits)?,
            bound: bound.unwrap_or(0.0) as f32,
            next: last.filter(|_| hits.len() == batch.size),
        })
    }

    /// The filter that keeps the articles that match.
    pub fn filter(&self, spec: MatchSpec<'_>) -> Value {
        self.dialect(spec.schema).filter(spec)
    }

    /// The article of an id.
    pub fn article(&self, id: &str) -> Result<Option<(ArticleRecord, u64)>, SearchError> {
        // What was just written is found by its id before searches see it.
        let id =
            percent_encoding::utf8_percent_encode(&document_id(id), percent_encoding::NON_ALPHANUMERIC).to_string();
        let path = format!("/{}/_doc/{id}", self.indices.articles);
        match self.client.call(Method::GET, &path, Body::None) {
            Ok(answer) => Ok(Some(unpack(&self.client, &answer)?)),
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Hands every article that has one of these terms to `each`.
    pub fn each_with(
        &self,
        schema: &IndexSchema,
        terms: &[CountedTerm],
        each: &mut dyn FnMut(ArticleRecord, u64),
    ) -> Result<(), SearchError> {
        let term = |counted: &CountedTerm| {
            let term = with_hashes(schema, counted.field, &counted.term, |id| self.keys.hash(id));
            json!({"term": {schema.schema.get_field_name(counted.field): {"value": term}}})
        };
        let query = json!({"bool": {"filter": [query::any(terms.iter().map(term).collect())]}});
        let mut after: Option<Value> = None;
        loop {
            let mut body = json!({
                "size": ALL, "track_total_hits": false, "_source": ["article", "run"],
                "query": query, "sort": [{"tie": "asc"}],
            });
            if let Some(after) = after.take() {
                body["search_after"] = after;
            }
            let answer = self.search(&body)?;
            let hits = answer["hits"]["hits"].as_array().map(Vec::as_slice).unwrap_or_default();
            for (article, run) in self.unpack_all(hits)? {
                each(article, run);
            }
            match hits.last().filter(|_| hits.len() == ALL) {
                Some(last) => after = Some(last["sort"].clone()),
                None => return Ok(()),
            }
        }
    }

    /// Bytes that the articles take in the cluster.
    pub fn bytes(&self) -> Result<u64, SearchError> {
        Ok(self.indices.bytes(&self.client)?)
    }
}
