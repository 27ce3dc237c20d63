//! Facets by the cluster's aggregations, exact for what is shown.
//!
//! The cluster counts names, an entity may have several, and an article that
//! has two of them counts once. What the counts of names leave open is asked
//! for once more, entity by entity.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};

use crate::article::EntityKind;
use crate::index::{Entities, EntityId};
use crate::search::{FacetCount, FacetKind, FacetRequest, Facets, Period, begins};

use super::error::EngineError;
use super::keys::token;
use super::query::kinds;
use super::shards::Cluster;

/// Names of a kind that are counted at first.
const NAMES: usize = 2000;
/// The most that a cluster counts in one request.
const MOST: usize = 10_000;
/// An entity none of whose names was counted has hardly more than these.
const SPELLINGS: u32 = 4;
/// Sources and sections that are counted.
const LABELS: usize = 10_000;
/// Entities counted by themselves in one request.
const ENTITIES: usize = 500;

/// Counts what is asked for of the articles that a filter keeps.
pub(super) fn count(
    cluster: &Cluster,
    filter: Value,
    requests: &[FacetRequest],
    (entities, prefix): (&Entities, &str),
) -> Result<Facets, EngineError> {
    let names = requests.iter().any(|request| matches!(request.kind, FacetKind::Names(_)));
    let counting = Counting { cluster, filter: &filter, requests, entities, prefix };
    let mut size = NAMES;
    loop {
        let mut aggregations = others(requests);
        if names {
            for (kind, field) in kinds() {
                let terms = json!({"terms": {"field": field, "size": size, "shard_size": size}});
                aggregations.insert(kind.as_str().to_owned(), terms);
            }
        }
        let body = json!({
            "size": 0, "track_total_hits": false, "aggs": aggregations,
            "query": {"bool": {"filter": [filter]}},
        });
        let answer = cluster.search(&body)?;
        match counting.facets(&answer["aggregations"], size >= MOST)? {
            Some(facets) => return Ok(facets),
            None => size = MOST,
        }
    }
}

/// The aggregations of what is no name.
fn others(requests: &[FacetRequest]) -> Map<String, Value> {
    let mut aggregations = Map::new();
    for request in requests {
        let name = request.kind.as_str().to_owned();
        let aggregation = match request.kind {
            FacetKind::Names(_) => continue,
            FacetKind::Year => by_period(Period::Year),
            FacetKind::Month => by_period(Period::Month),
            FacetKind::Source | FacetKind::Section => {
                json!({"terms": {"field": format!("{name}_name"), "size": LABELS, "shard_size": LABELS}})
            }
        };
        aggregations.insert(name, aggregation);
    }
    aggregations
}

fn by_period(period: Period) -> Value {
    json!({"histogram": {"field": "published", "interval": step(period), "min_doc_count": 1}})
}

/// How many days, as they are numbered, a period spans.
fn step(period: Period) -> u64 {
    match period {
        Period::Year => 10_000,
        Period::Month => 100,
        Period::Day => 1,
    }
}

/// The articles that a filter keeps by period; those without a date under 0.
pub(super) fn periods(cluster: &Cluster, filter: Value, period: Period) -> Result<Vec<(u64, u32)>, EngineError> {
    let body = json!({
        "size": 0, "track_total_hits": false, "query": {"bool": {"filter": [filter]}},
        "aggs": {"days": by_period(period), "undated": {"missing": {"field": "published"}}},
    });
    let answer = cluster.search(&body)?;
    let mut counts = Vec::new();
    for bucket in buckets(cluster, &answer["aggregations"]["days"])? {
        counts.push((number(bucket) / step(period), docs(bucket)));
    }
    let undated = docs(&answer["aggregations"]["undated"]);
    if undated > 0 {
        counts.push((0, undated));
    }
    Ok(counts)
}

fn buckets<'a>(cluster: &Cluster, aggregation: &'a Value) -> Result<&'a [Value], EngineError> {
    let buckets = aggregation["buckets"].as_array().map(Vec::as_slice);
    buckets.ok_or_else(|| cluster.broken("it did not count what it was asked to"))
}

fn docs(bucket: &Value) -> u32 {
    bucket["doc_count"].as_u64().and_then(|docs| u32::try_from(docs).ok()).unwrap_or(0)
}

fn number(bucket: &Value) -> u64 {
    bucket["key"].as_f64().unwrap_or(0.0) as u64
}

/// What is known of an entity's articles.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    /// At least so many.
    least: u32,
    /// The sum of its names' counts: at most so many, with what was not counted.
    sum: u32,
    names: usize,
}

struct Counting<'a> {
    cluster: &'a Cluster,
    filter: &'a Value,
    requests: &'a [FacetRequest],
    entities: &'a Entities,
    prefix: &'a str,
}

impl Counting<'_> {
    /// The facets; `None` where more names must be counted first.
    fn facets(&self, answer: &Value, all: bool) -> Result<Option<Facets>, EngineError> {
        let names = self.requests.iter().any(|request| matches!(request.kind, FacetKind::Names(_)));
        let (known, floor) = if names { self.known(answer)? } else { Default::default() };
        let mut facets = Vec::with_capacity(self.requests.len());
        for request in self.requests {
            let counts = match request.kind {
                FacetKind::Names(kind) => match self.names(&known, (kind, request.limit), floor)? {
                    Some(counts) => counts,
                    None if all => self.names(&known, (kind, request.limit), 0)?.unwrap_or_default(),
                    None => return Ok(None),
                },
                FacetKind::Year => self.times(answer, request, Period::Year)?,
                FacetKind::Month => self.times(answer, request, Period::Month)?,
                FacetKind::Source | FacetKind::Section => self.labels(answer, request)?,
            };
            facets.push((request.kind, counts));
        }
        Ok(Some(Facets { kinds: facets }))
    }

    fn fits(&self, name: &str) -> bool {
        self.prefix.is_empty() || begins(name, self.prefix)
    }

    fn times(&self, answer: &Value, request: &FacetRequest, period: Period) -> Result<Vec<FacetCount>, EngineError> {
        let buckets = buckets(self.cluster, &answer[request.kind.as_str()])?.iter().rev();
        let counts =
            buckets.map(|bucket| FacetCount { name: period.name(number(bucket) / step(period)), docs: docs(bucket) });
        Ok(counts.filter(|count| self.fits(&count.name)).take(request.limit).collect())
    }

    fn labels(&self, answer: &Value, request: &FacetRequest) -> Result<Vec<FacetCount>, EngineError> {
        let buckets = buckets(self.cluster, &answer[request.kind.as_str()])?.iter();
        let counts = buckets.map(|bucket| FacetCount {
            name: bucket["key"].as_str().unwrap_or_default().to_owned(),
            docs: docs(bucket),
        });
        let mut counts: Vec<FacetCount> = counts.filter(|count| self.fits(&count.name)).collect();
        counts.sort_unstable_by(|a, b| (b.docs, &a.name).cmp(&(a.docs, &b.name)));
        counts.truncate(request.limit);
        Ok(counts)
    }

    /// What the counts of names say of entities, and how often a name that was
    /// not counted may stand.
    fn known(&self, answer: &Value) -> Result<(FxHashMap<EntityId, Known>, u32), EngineError> {
        let mut known: FxHashMap<EntityId, Known> = FxHashMap::default();
        let mut floor = 0;
        for (kind, _) in kinds() {
            let aggregation = &answer[kind.as_str()];
            let buckets = buckets(self.cluster, aggregation)?;
            if aggregation["sum_other_doc_count"] != json!(0) {
                let error = aggregation["doc_count_error_upper_bound"].as_u64().unwrap_or(0) as u32;
                floor = floor.max(buckets.last().map_or(0, docs) + error);
            }
            for bucket in buckets {
                let hash = bucket["key"].as_i64().map(i64::cast_unsigned);
                let Some(name) = hash.and_then(|hash| self.cluster.keys.known(hash)) else { continue };
                let entity = known.entry(self.entities.of(name)).or_default();
                entity.least = entity.least.max(docs(bucket));
                entity.sum += docs(bucket);
                entity.names += 1;
            }
        }
        Ok((known, floor))
    }

    /// The most frequent entities of a kind; `None` where one that was not
    /// counted may be among them.
    fn names(
        &self,
        known: &FxHashMap<EntityId, Known>,
        (kind, limit): (EntityKind, usize),
        floor: u32,
    ) -> Result<Option<Vec<FacetCount>>, EngineError> {
        let entities = self.entities;
        let asked = known.iter().filter(|(id, _)| {
            entities.kind(**id) == Some(kind)
                && entities.is_shown(**id)
                && entities.name(**id).is_some_and(|name| self.fits(name))
        });
        let mut found: Vec<(EntityId, Known)> = asked.map(|(id, known)| (*id, *known)).collect();
        found.sort_unstable_by_key(|(_, known)| Reverse(known.least));
        let enough = found.get(limit.saturating_sub(1)).map_or(0, |(_, known)| known.least);
        // A name that stands as often as the last may be one that comes first.
        if limit > 0 && floor > 0 && enough <= SPELLINGS * floor {
            return Ok(None);
        }
        let mut exact: Vec<(EntityId, u32)> = Vec::new();
        let mut open: Vec<EntityId> = Vec::new();
        for (id, known) in found {
            let members = if known.names > 1 || floor > 0 { entities.members(id).len() } else { known.names };
            let most = known.sum + members.saturating_sub(known.names) as u32 * floor;
            if most == known.least {
                exact.push((id, most));
            } else if most >= enough {
                open.push(id);
            }
        }
        for ids in open.chunks(ENTITIES) {
            exact.extend(self.ask(ids)?);
        }
        exact.sort_unstable_by_key(|(id, docs)| (Reverse(*docs), Reverse(entities.prominence(*id)), *id));
        let shown = exact.into_iter().take(limit);
        let count = |(id, docs)| Some(FacetCount { name: entities.name(id)?.to_owned(), docs });
        Ok(Some(shown.filter_map(count).collect()))
    }

    /// Counts the articles of some entities by themselves.
    fn ask(&self, ids: &[EntityId]) -> Result<Vec<(EntityId, u32)>, EngineError> {
        let mut filters = Map::new();
        for id in ids {
            let hashes = self.entities.members(*id).into_iter().filter_map(|name| self.cluster.keys.hash(name));
            let tokens: Vec<String> = hashes.map(token).collect();
            let any = [json!({"terms": {"body_names": tokens}}), json!({"terms": {"title_names": tokens}})];
            filters.insert(id.to_string(), json!({"bool": {"should": any, "minimum_should_match": 1}}));
        }
        let body = json!({
            "size": 0, "track_total_hits": false,
            "query": {"bool": {"filter": [self.filter]}},
            "aggs": {"entities": {"filters": {"filters": filters}}},
        });
        let answer = self.cluster.search(&body)?;
        let counted = &answer["aggregations"]["entities"]["buckets"];
        let counted =
            counted.as_object().ok_or_else(|| self.cluster.broken("it did not count what it was asked to"))?;
        Ok(ids.iter().map(|id| (*id, counted.get(&id.to_string()).map_or(0, docs))).collect())
    }
}
