//! Articles by period.

use serde_json::{Value, json};

use crate::cluster::cluster_client::Cluster;
use crate::cluster::error::EngineError;
use crate::cluster::facets::aggregations::{buckets, by_period, docs, period_number};
use crate::search::facets::periods::Period;

/// The articles that pass a filter by period; those without a date under 0.
pub(in crate::cluster) fn count_periods(
    cluster: &Cluster,
    filter: Value,
    period: Period,
) -> Result<Vec<(u64, u32)>, EngineError> {
    let body = json!({
        "size": 0, "track_total_hits": false, "query": {"bool": {"filter": [filter]}},
        "aggs": {"days": by_period(period), "undated": {"missing": {"field": "published"}}},
    });
    let response = cluster.search(&body)?;
    let mut counts = Vec::new();
    for bucket in buckets(cluster, &response["aggregations"]["days"])? {
        counts.push((period_number(bucket, period), docs(bucket)));
    }
    let undated = docs(&response["aggregations"]["undated"]);
    if undated > 0 {
        counts.push((0, undated));
    }
    Ok(counts)
}
