//! Facets by the cluster's aggregations, exact for what is shown.
//!
//! The cluster counts names, an entity may have several, and an article that
//! has two of them counts once. What the counts of names leave open is asked
//! for once more, entity by entity.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value, json};

use crate::article::EntityKind;
use crate::index::{Entities, EntityId, NameId};
use crate::search::FacetCount;
use crate::search::FacetKind;
use crate::search::FacetRequest;
use crate::search::Facets;
use crate::search::facets::periods::Period;
use crate::search::facets::prefix::begins;

use super::articles::Cluster;
use super::error::EngineError;
use super::keys::token;
use super::query::kinds;

/// Names of a kind that are counted at first, and where that leaves open which
/// come first; the last is the most that a cluster counts in one request.
const NAMES: [usize; 3] = [500, 3000, 10_000];
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
    for size in NAMES {
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
        let is_last = Some(&size) == NAMES.last();
        if let Some(facets) = counting.facets(&answer["aggregations"], is_last)? {
            return Ok(facets);
        }
    }
    Ok(Facets::default())
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
    /// The sum of its names' counts: at most so many, but for names that were
    /// not counted.
    sum: u32,
}

/// What the counts of names say.
#[derive(Default)]
struct ReportSpans {
    entities: FxHashMap<EntityId, Known>,
    /// The names that were counted.
    names: FxHashSet<NameId>,
    /// For each kind how often a name may stand that was not counted.
    floors: [u32; EntityKind::ALL.len()],
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
        let told = if names { self.told(answer)? } else { ReportSpans::default() };
        let mut facets = Vec::with_capacity(self.requests.len());
        for request in self.requests {
            let counts = match request.kind {
                FacetKind::Names(kind) => match self.names(&told, (kind, request.limit), all)? {
                    Some(counts) => counts,
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

    fn told(&self, answer: &Value) -> Result<ReportSpans, EngineError> {
        let mut told = ReportSpans::default();
        for (kind, _) in kinds() {
            let aggregation = &answer[kind.as_str()];
            let buckets = buckets(self.cluster, aggregation)?;
            // A shard may have left out a name that others have counted.
            let error = aggregation["doc_count_error_upper_bound"].as_u64().unwrap_or(0) as u32;
            if aggregation["sum_other_doc_count"] != json!(0) {
                told.floors[kind.ordinal()] = buckets.last().map_or(0, docs) + error;
            }
            for bucket in buckets {
                let hash = bucket["key"].as_i64().map(i64::cast_unsigned);
                let Some(name) = hash.and_then(|hash| self.cluster.keys.known(hash)) else { continue };
                told.names.insert(name);
                let entity = told.entities.entry(self.entities.of(name)).or_default();
                entity.least = entity.least.max(docs(bucket));
                entity.sum += docs(bucket) + error;
            }
        }
        Ok(told)
    }

    /// How many articles an entity has at most.
    fn most(&self, id: EntityId, told: &ReportSpans) -> u32 {
        let sum = told.entities.get(&id).map_or(0, |known| known.sum);
        if told.floors.iter().all(|floor| *floor == 0) {
            return sum;
        }
        let members = self.entities.members(id).into_iter().filter(|name| !told.names.contains(name));
        let floor = |name: NameId| self.entities.names().kind(name).map_or(0, |kind| told.floors[kind.ordinal()]);
        sum + members.map(floor).sum::<u32>()
    }

    /// The most frequent entities of a kind; `None` where one that was not
    /// counted may be among them, unless `all` were.
    fn names(
        &self,
        told: &ReportSpans,
        (kind, limit): (EntityKind, usize),
        all: bool,
    ) -> Result<Option<Vec<FacetCount>>, EngineError> {
        let entities = self.entities;
        let is_asked = |id: EntityId| {
            entities.kind(id) == Some(kind)
                && entities.is_shown(id)
                && entities.name(id).is_some_and(|name| self.fits(name))
        };
        let counted = told.entities.iter().filter(|(id, _)| is_asked(**id));
        let mut found: Vec<(EntityId, u32)> = counted.map(|(id, known)| (*id, known.least)).collect();
        found.sort_unstable_by_key(|(_, least)| Reverse(*least));
        let enough = found.get(limit.saturating_sub(1)).map_or(0, |(_, least)| *least);
        // A name that stands as often as the last may be one that comes first.
        let floor = told.floors[kind.ordinal()];
        if limit > 0 && floor > 0 && enough <= floor && !all {
            return Ok(None);
        }
        let mut exact: Vec<(EntityId, u32)> = Vec::new();
        let mut open: Vec<EntityId> = Vec::new();
        for (id, least) in found {
            let most = self.most(id, told);
            if most == least {
                exact.push((id, least));
            } else if most >= enough {
                open.push(id);
            }
        }
        // An entity may stand here by several names, none of which was counted.
        if told.floors.iter().any(|floor| *floor > 0) {
            let most =
                |names: &[u32; EntityKind::ALL.len()]| names.iter().zip(told.floors).map(|(n, floor)| n * floor).sum();
            let several = self.cluster.several(entities).iter();
            let unseen = several.filter(|(id, names)| {
                let most: u32 = most(names);
                most > 0 && most >= enough && !told.entities.contains_key(id) && is_asked(*id)
            });
            open.extend(unseen.map(|(id, _)| *id));
        }
        if open.len() > ENTITIES && !all {
            return Ok(None);
        }
        for ids in open.chunks(ENTITIES) {
            exact.extend(self.ask(ids)?);
        }
        exact.retain(|(_, docs)| *docs > 0);
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
