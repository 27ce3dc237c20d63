//! Finds and reads the articles of a cluster.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rayon::prelude::*;
use serde_json::{Value, json};
use ureq::http::Method;

use crate::cluster::cluster_client::Cluster;
use crate::cluster::error::EngineError;
use crate::cluster::indexing::document::document_id;
use crate::cluster::packed_article::unpack;
use crate::cluster::query::clauses::{any, doc_keys, order};
use crate::cluster::request_body::Body;
use crate::cluster::requests::{ALL, CandidateBatch, CountedTerms, FetchedBatch, MatchSpec};
use crate::index::{ArticleRecord, IndexSchema};
use crate::search::error::SearchError;
use crate::search::query::sort::Sort;

impl Cluster {
    /// A batch of the matching articles.
    pub fn find(&self, spec: MatchSpec<'_>, batch: &CandidateBatch) -> Result<FetchedBatch, SearchError> {
        let filter = self.filter_of(spec, batch);
        if batch.size == 0 {
            let body = json!({"size": 0, "track_total_hits": true, "query": {"bool": {"filter": [filter]}}});
            return Ok(FetchedBatch { total: self.total(&self.search(&body)?)?, ..FetchedBatch::default() });
        }
        let mut body = json!({
            "size": batch.size,
            "track_total_hits": batch.after.is_none(),
            "_source": ["article", "run"],
            "query": self.translator(spec.schema).scored(spec, batch.sort, filter),
            "sort": order(batch.sort),
        });
        if let Some(after) = &batch.after {
            body["search_after"] = after.clone();
        }
        let response = self.search(&body)?;
        let hits = response["hits"]["hits"].as_array();
        let hits = hits.ok_or_else(|| self.client.invalid("it brought no list of articles"))?;
        let last = hits.last().map(|hit| hit["sort"].clone());
        let bound = last.as_ref().filter(|_| batch.sort == Sort::Relevance).and_then(|sort| sort[0].as_f64());
        Ok(FetchedBatch {
            total: if batch.after.is_none() { self.total(&response)? } else { 0 },
            articles: self.unpack_all(hits)?,
            bound: bound.unwrap_or(0.0) as f32,
            next: last.filter(|_| hits.len() == batch.size),
        })
    }

    /// The matching articles of some keys, in batches: a cluster answers no request for
    /// more than 10,000.
    pub fn find_keys(&self, spec: MatchSpec<'_>, keys: &[u64]) -> Result<Vec<(ArticleRecord, u64)>, SearchError> {
        let mut articles = Vec::with_capacity(keys.len());
        for keys in keys.chunks(ALL) {
            let batch = CandidateBatch { size: keys.len(), only: Some(keys.to_vec()), ..CandidateBatch::default() };
            articles.extend(self.find(spec, &batch)?.articles);
        }
        Ok(articles)
    }

    /// The most weight of a query's words that an article which meets a condition has.
    pub fn most_matched(&self, spec: MatchSpec<'_>) -> Result<f32, SearchError> {
        let query = self.translator(spec.schema).by_matched_weight(spec);
        let body = json!({"size": 1, "track_total_hits": false, "_source": false, "query": query});
        let response = self.search(&body)?;
        Ok(response["hits"]["max_score"].as_f64().unwrap_or(0.0) as f32)
    }

    /// The filter of a batch: what matches, of the articles it is limited to.
    fn filter_of(&self, spec: MatchSpec<'_>, batch: &CandidateBatch) -> Value {
        let mut filter = self.filter(spec);
        if let Some(only) = &batch.only {
            filter = json!({"bool": {"filter": [filter, doc_keys(only)]}});
        }
        if !batch.without.is_empty() {
            filter = json!({"bool": {"filter": [filter], "must_not": [doc_keys(&batch.without)]}});
        }
        filter
    }

    /// The filter that matching articles pass.
    pub fn filter(&self, spec: MatchSpec<'_>) -> Value {
        self.translator(spec.schema).filter(spec)
    }

    /// The article of an id.
    pub fn article(&self, id: &str) -> Result<Option<(ArticleRecord, u64)>, SearchError> {
        // What was just written is found by its id before searches see it.
        let document = document_id(id);
        let path = format!("/{}/_doc/{}", self.indices.articles, utf8_percent_encode(&document, NON_ALPHANUMERIC));
        match self.client.call(Method::GET, &path, Body::None) {
            Ok(response) => Ok(Some(unpack(&self.client, &response)?)),
            Err(error) if error.is_missing() => self.first_of_id(id),
            Err(error) => Err(error.into()),
        }
    }

    /// The first article of an id that is one within its source.
    fn first_of_id(&self, id: &str) -> Result<Option<(ArticleRecord, u64)>, SearchError> {
        let body = json!({
            "size": 1, "sort": [{"file": "asc"}], "_source": ["article", "run"],
            "track_total_hits": false, "query": {"term": {"id": id}},
        });
        let path = format!("/{}/_search?allow_partial_search_results=false", self.indices.articles);
        let response = self.client.call(Method::POST, &path, Body::Json(&body))?;
        let hit = response["hits"]["hits"].get(0);
        Ok(hit.map(|hit| unpack(&self.client, hit)).transpose()?)
    }

    /// Passes every article that has one of these terms to `each`.
    pub fn each_with(
        &self,
        schema: &IndexSchema,
        terms: &[CountedTerms],
        each: &mut dyn FnMut(ArticleRecord, u64),
    ) -> Result<(), SearchError> {
        let queries = terms.iter().flat_map(|terms| self.term_queries(schema, terms));
        let query = json!({"bool": {"filter": [any(queries.collect())]}});
        let mut after: Option<Value> = None;
        loop {
            let mut body = json!({
                "size": ALL, "track_total_hits": false, "_source": ["article", "run"],
                "query": query, "sort": [{"tie": "asc"}],
            });
            if let Some(after) = after.take() {
                body["search_after"] = after;
            }
            let response = self.search(&body)?;
            let hits = response["hits"]["hits"].as_array().map(Vec::as_slice).unwrap_or_default();
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

    fn unpack_all(&self, hits: &[Value]) -> Result<Vec<(ArticleRecord, u64)>, EngineError> {
        hits.par_iter().map(|hit| unpack(&self.client, hit)).collect()
    }
}
