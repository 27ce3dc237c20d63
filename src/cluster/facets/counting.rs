//! Counts facets: names first, then entities one by one where the counts of their
//! names leave open which are the most frequent.

use serde_json::{Map, Value, json};

use crate::article::EntityKind;
use crate::cluster::cluster_client::Cluster;
use crate::cluster::error::EngineError;
use crate::cluster::facets::aggregations::{aggregations, buckets, docs, has_names, period_number};
use crate::cluster::facets::name_counts::NameCounts;
use crate::cluster::keys::token;
use crate::index::{Entities, EntityId};
use crate::search::facets::facet::{Counted, FacetCount, Facets};
use crate::search::facets::name_order::{NameOrder, NameRank, archived};
use crate::search::facets::names::first;
use crate::search::facets::periods::Period;
use crate::search::facets::prefix::begins;
use crate::search::query::facet_request::{FacetKind, FacetRequest};

/// Names of a kind that are counted at first, and again where that leaves open
/// which are the most frequent; the last is the most that a cluster counts in one
/// request.
const NAMES: [usize; 3] = [500, 3000, 10_000];
/// Entities counted in one request.
const ENTITIES: usize = 500;

/// Counts facets of the articles that pass a filter.
pub(in crate::cluster) fn count(
    cluster: &Cluster,
    filter: Value,
    requests: &[FacetRequest],
    (entities, order, prefix): (&Entities, NameOrder, &str),
) -> Result<Facets, EngineError> {
    let counting = FacetCounting { cluster, filter: &filter, requests, entities, order, prefix };
    for size in NAMES {
        let body = json!({
            "size": 0, "track_total_hits": false, "aggs": aggregations(requests, size),
            "query": {"bool": {"filter": [filter]}},
        });
        let response = cluster.search(&body)?;
        let is_last = Some(&size) == NAMES.last();
        if let Some(facets) = counting.facets(&response["aggregations"], is_last)? {
            return Ok(facets);
        }
    }
    Ok(Facets::default())
}

/// Entities with a number of articles each.
type EntityCounts = Vec<(EntityId, u32)>;

struct FacetCounting<'a> {
    cluster: &'a Cluster,
    filter: &'a Value,
    requests: &'a [FacetRequest],
    entities: &'a Entities,
    order: NameOrder,
    prefix: &'a str,
}

impl FacetCounting<'_> {
    /// The facets; `None` where more names must be counted first, unless this was
    /// the `last` attempt.
    fn facets(&self, response: &Value, last: bool) -> Result<Option<Facets>, EngineError> {
        let names = if has_names(self.requests) {
            NameCounts::new(self.cluster, self.entities, response)?
        } else {
            NameCounts::default()
        };
        let mut facets = Vec::with_capacity(self.requests.len());
        for request in self.requests {
            let counts = match request.kind {
                FacetKind::Names(kind) => match self.names(&names, (kind, request.limit), last)? {
                    Some(counts) => counts,
                    None => return Ok(None),
                },
                FacetKind::Year => self.periods(response, request, Period::Year)?,
                FacetKind::Month => self.periods(response, request, Period::Month)?,
                FacetKind::Source | FacetKind::Section | FacetKind::Field(_) => self.labels(response, request)?,
            };
            facets.push((request.kind, counts));
        }
        Ok(Some(Facets { kinds: facets }))
    }

    fn has_prefix(&self, name: &str) -> bool {
        self.prefix.is_empty() || begins(name, self.prefix)
    }

    /// The latest periods.
    fn periods(
        &self,
        response: &Value,
        request: &FacetRequest,
        period: Period,
    ) -> Result<Vec<FacetCount>, EngineError> {
        let buckets = buckets(self.cluster, &response[request.kind.as_str()])?.iter().rev();
        let count = |bucket| FacetCount { name: period.name(period_number(bucket, period)), docs: docs(bucket) };
        Ok(buckets.map(count).filter(|count| self.has_prefix(&count.name)).take(request.limit).collect())
    }

    /// The most frequent labels, of equals in alphabetical order.
    fn labels(&self, response: &Value, request: &FacetRequest) -> Result<Vec<FacetCount>, EngineError> {
        let buckets = buckets(self.cluster, &response[request.kind.as_str()])?.iter();
        let counts = buckets.map(|bucket| FacetCount {
            name: value(bucket["key"].as_str().unwrap_or_default(), request.kind).to_owned(),
            docs: docs(bucket),
        });
        let mut counts: Vec<FacetCount> = counts.filter(|count| self.has_prefix(&count.name)).collect();
        counts.sort_unstable_by(|a, b| (b.docs, &a.name).cmp(&(a.docs, &b.name)));
        counts.truncate(request.limit);
        Ok(counts)
    }

    /// The first entities of a kind; `None` where one that was not counted may be among
    /// them, unless this was the `last` attempt.
    fn names(
        &self,
        names: &NameCounts,
        (kind, limit): (EntityKind, usize),
        last: bool,
    ) -> Result<Option<Vec<FacetCount>>, EngineError> {
        let candidates: EntityCounts = names
            .entities
            .iter()
            .filter(|(id, _)| self.is_requested(kind, **id))
            .map(|(id, bounds)| (*id, bounds.least))
            .collect();
        let enough = self.enough(&candidates, limit);
        // A name as frequent as the last counted one may still be among the first.
        let floor = names.floors[kind.ordinal()];
        if limit > 0 && floor > 0 && enough <= floor && !last {
            return Ok(None);
        }
        let (mut exact, open) = self.split_by_certainty(names, kind, candidates, enough);
        if open.len() > ENTITIES && !last {
            return Ok(None);
        }
        for ids in open.chunks(ENTITIES) {
            exact.extend(self.count_entities(ids)?);
        }
        Ok(Some(self.first(exact, limit)))
    }

    fn is_requested(&self, kind: EntityKind, id: EntityId) -> bool {
        let entities = self.entities;
        entities.kind(id) == Some(kind)
            && entities.is_shown(id)
            && entities.name(id).is_some_and(|name| self.has_prefix(name))
    }

    /// The candidates whose number of articles is known, and the entities that
    /// must be counted: their bounds differ, and they may have `enough` articles.
    fn split_by_certainty(
        &self,
        names: &NameCounts,
        kind: EntityKind,
        candidates: EntityCounts,
        enough: u32,
    ) -> (EntityCounts, Vec<EntityId>) {
        let (mut exact, mut open) = (EntityCounts::new(), Vec::new());
        for (id, least) in candidates {
            let most = names.most(self.entities, id);
            if most == least {
                exact.push((id, least));
            } else if most >= enough {
                open.push(id);
            }
        }
        // An entity may have several names, none of which was counted.
        if names.is_partial() {
            let several = self.cluster.entities_with_several_names(self.entities).iter();
            let uncounted = several.filter(|(id, kinds)| {
                let most = names.most_uncounted(kinds);
                most > 0 && most >= enough && !names.entities.contains_key(id) && self.is_requested(kind, *id)
            });
            open.extend(uncounted.map(|(id, _)| *id));
        }
        (exact, open)
    }

    /// The fewest articles of an entity that may be among the first, which have at least
    /// the articles of these.
    fn enough(&self, candidates: &EntityCounts, limit: usize) -> u32 {
        let rank =
            |(id, least): &(EntityId, u32)| self.order.rank(self.entities, *id, *least, archived(self.entities, *id));
        let mut ranks: Vec<NameRank> = candidates.iter().map(rank).collect();
        if limit == 0 || ranks.len() < limit {
            return self.order.least;
        }
        let (_, last, _) = ranks.select_nth_unstable(limit - 1);
        let mut enough = self.order.least;
        while !self.order.may_precede(enough, last) {
            enough += 1;
        }
        enough
    }

    /// The first of some counted entities.
    fn first(&self, counts: EntityCounts, limit: usize) -> Vec<FacetCount> {
        let entities = self.entities;
        let counts: Vec<Counted> = counts.into_iter().map(|(id, docs)| (docs, id)).collect();
        let first = first((entities, self.order), &counts, limit).into_iter();
        first.filter_map(|(docs, id)| Some(FacetCount { name: entities.name(id)?.to_owned(), docs })).collect()
    }

    /// Counts the articles of some entities.
    fn count_entities(&self, ids: &[EntityId]) -> Result<EntityCounts, EngineError> {
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
        let response = self.cluster.search(&body)?;
        let counted = response["aggregations"]["entities"]["buckets"].as_object();
        let counted = counted.ok_or_else(|| self.cluster.client.invalid("it did not count what it was asked to"))?;
        Ok(ids.iter().map(|id| (*id, counted.get(&id.to_string()).map_or(0, docs))).collect())
    }
}
/// A label without its field.
fn value(label: &str, kind: FacetKind) -> &str {
    match kind {
        FacetKind::Field(field) => field.value_of(label).unwrap_or(label),
        _ => label,
    }
}
