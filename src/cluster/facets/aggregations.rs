//! Aggregations as the cluster is asked for them, and as it returns them.

use serde_json::{Map, Value, json};

use crate::article::EntityKind;
use crate::cluster::cluster_client::Cluster;
use crate::cluster::error::EngineError;
use crate::cluster::mapping::kind_field;
use crate::search::facets::periods::Period;
use crate::search::query::facet_request::{FacetKind, FacetRequest};

/// Sources, sections, tags and values of a field that are counted.
const LABELS: usize = 10_000;

/// The aggregations of facets, with `size` names of each kind where names are
/// among them.
pub(super) fn aggregations(requests: &[FacetRequest], size: usize) -> Map<String, Value> {
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
            FacetKind::Field(field) => {
                let include = field.labeled(".*");
                json!({"terms": {"field": "label_values", "include": include, "size": LABELS, "shard_size": LABELS}})
            }
        };
        aggregations.insert(name, aggregation);
    }
    if has_names(requests) {
        for kind in EntityKind::ALL {
            let terms = json!({"terms": {"field": kind_field(kind), "size": size, "shard_size": size}});
            aggregations.insert(kind.as_str().to_owned(), terms);
        }
    }
    aggregations
}

/// Whether any of the requests is for names.
pub(super) fn has_names(requests: &[FacetRequest]) -> bool {
    requests.iter().any(|request| matches!(request.kind, FacetKind::Names(_)))
}

/// Counts articles by period.
pub(super) fn by_period(period: Period) -> Value {
    json!({"histogram": {"field": "published", "interval": step(period), "min_doc_count": 1}})
}

/// The length of a period in the numbering of days, `YYYYMMDD`.
fn step(period: Period) -> u64 {
    match period {
        Period::Year => 10_000,
        Period::Month => 100,
        Period::Day => 1,
    }
}

/// The buckets of an aggregation.
pub(super) fn buckets<'a>(cluster: &Cluster, aggregation: &'a Value) -> Result<&'a [Value], EngineError> {
    let buckets = aggregation["buckets"].as_array().map(Vec::as_slice);
    buckets.ok_or_else(|| cluster.client.invalid("it did not count what it was asked to"))
}

/// The number of articles in a bucket.
pub(super) fn docs(bucket: &Value) -> u32 {
    bucket["doc_count"].as_u64().and_then(|docs| u32::try_from(docs).ok()).unwrap_or(0)
}

/// The number of a bucket's period: `2021`, `202103` or `20210325`.
pub(super) fn period_number(bucket: &Value, period: Period) -> u64 {
    bucket["key"].as_f64().unwrap_or(0.0) as u64 / step(period)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_become_aggregations() {
        let check = |kinds: &[FacetKind], names: &[&str]| {
            let requests: Vec<FacetRequest> = kinds.iter().map(|kind| FacetRequest { kind: *kind, limit: 3 }).collect();
            let aggregations = aggregations(&requests, 500);
            assert_eq!(aggregations.keys().map(String::as_str).collect::<Vec<_>>(), names);
            assert_eq!(has_names(&requests), names.contains(&"person"));
        };
        check(&[], &[]);
        check(&[FacetKind::Year, FacetKind::Source], &["source", "year"]);
        let person = FacetKind::Names(EntityKind::Person);
        let mut names: Vec<&str> = EntityKind::ALL.iter().map(|kind| kind.as_str()).chain(["month"]).collect();
        names.sort_unstable();
        check(&[person, FacetKind::Month], &names);
        let sources = &aggregations(&[FacetRequest { kind: FacetKind::Source, limit: 3 }], 500)["source"];
        assert_eq!(*sources, json!({"terms": {"field": "source_name", "size": LABELS, "shard_size": LABELS}}));
    }

    #[test]
    fn buckets_are_numbered_by_period() {
        let check = |key: f64, period, expected| assert_eq!(period_number(&json!({"key": key}), period), expected);
        check(20_210_000.0, Period::Year, 2021);
        check(20_210_300.0, Period::Month, 202_103);
        check(20_210_325.0, Period::Day, 20_210_325);
        assert_eq!((docs(&json!({"doc_count": 4})), docs(&json!({}))), (4, 0));
    }
}
