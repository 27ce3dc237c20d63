//! Collection statistics and document frequencies.

use serde_json::{Value, json};
use ureq::http::Method;

use crate::cluster::cluster_client::Cluster;
use crate::cluster::error::EngineError;
use crate::cluster::http_errors::reason;
use crate::cluster::keys::hashed_term;
use crate::cluster::query::clauses::any;
use crate::cluster::request_body::Body;
use crate::cluster::requests::{CollectionTotals, CountedTerms};
use crate::index::IndexSchema;
use crate::search::error::SearchError;

/// Terms counted in one request.
const COUNTS: usize = 500;

impl Cluster {
    /// The number of articles and of words.
    pub fn totals(&self) -> Result<CollectionTotals, SearchError> {
        let sum = |field: &str| json!({"sum": {"field": field}});
        let body = json!({
            "size": 0, "track_total_hits": true,
            "aggs": {"title": sum("title_words"), "body": sum("body_words")},
        });
        let response = self.search(&body)?;
        let words = |name: &str| response["aggregations"][name]["value"].as_f64();
        let (Some(title), Some(body)) = (words("title"), words("body")) else {
            return Err(self.client.invalid("it did not say how many words there are").into());
        };
        Ok(CollectionTotals { articles: self.total(&response)? as u64, words: (title as u64, body as u64) })
    }

    /// The document frequency of each.
    pub fn frequencies(&self, schema: &IndexSchema, terms: &[CountedTerms]) -> Result<Vec<u64>, SearchError> {
        let mut counts = Vec::with_capacity(terms.len());
        for terms in terms.chunks(COUNTS) {
            counts.extend(self.count(schema, terms)?);
        }
        Ok(counts)
    }

    /// A query for each of some terms.
    pub(super) fn term_queries(&self, schema: &IndexSchema, counted: &CountedTerms) -> Vec<Value> {
        let field = schema.schema.get_field_name(counted.field);
        let hashed = |term: &String| hashed_term(schema, counted.field, term, |id| self.keys.hash(id));
        counted.terms.iter().map(|term| json!({"term": {field: {"value": hashed(term)}}})).collect()
    }

    /// Counts terms in one request.
    fn count(&self, schema: &IndexSchema, terms: &[CountedTerms]) -> Result<Vec<u64>, EngineError> {
        let header = json!({"index": self.indices.articles, "allow_partial_search_results": false});
        let mut lines = String::new();
        for counted in terms {
            let query = any(self.term_queries(schema, counted));
            let body = json!({"size": 0, "track_total_hits": true, "query": query});
            lines.push_str(&format!("{header}\n{body}\n"));
        }
        let response = self.client.call(Method::POST, "/_msearch", Body::Lines(&lines))?;
        let responses = response["responses"].as_array().filter(|responses| responses.len() == terms.len());
        let responses = responses.ok_or_else(|| self.client.invalid("it did not answer each question"))?;
        let count = |response: &Value| match response["hits"]["total"]["value"].as_u64() {
            Some(count) if response["_shards"]["failed"] == json!(0) => Ok(count),
            _ => Err(self.client.invalid(format!("it could not count a word: {}", reason(response)))),
        };
        responses.iter().map(count).collect()
    }
}
