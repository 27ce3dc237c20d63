//! What is counted, in the text format of OpenMetrics, and a log line for each
//! request.

use std::sync::Arc;
use std::time::Instant;

use axum::body::HttpBody;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::House;
use super::ask::Reply;

/// Bounds of the histogram of durations, in seconds.
const BOUNDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    /// The pattern that the path fits, never the path itself.
    route: String,
    status: u16,
}

/// Counters of a server.
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<Labels, Counter>,
    seconds: Histogram,
    pub cached: Counter,
    pub reloads: Counter,
    pub connections: Gauge,
    cache_bytes: Gauge,
}

impl Metrics {
    pub fn new() -> Self {
        let requests = Family::<Labels, Counter>::default();
        let seconds = Histogram::new(BOUNDS);
        let (cached, reloads) = (Counter::default(), Counter::default());
        let (connections, cache_bytes) = (Gauge::default(), Gauge::default());
        let mut registry = Registry::with_prefix("newsearch");
        registry.register("requests", "Requests by route and status", requests.clone());
        registry.register("request_seconds", "How long requests took", seconds.clone());
        registry.register("cached", "Answers that had been given before", cached.clone());
        registry.register("reloads", "New commits that were opened", reloads.clone());
        registry.register("connections", "Open connections", connections.clone());
        registry.register("cache_bytes", "Bytes of kept answers", cache_bytes.clone());
        Self { registry, requests, seconds, cached, reloads, connections, cache_bytes }
    }

    /// All counters as they are now.
    pub fn reply(&self, cache_bytes: u64) -> Reply {
        self.cache_bytes.set(cache_bytes as i64);
        let mut text = String::new();
        // Writing into memory does not fail.
        let _ = encode(&mut text, &self.registry);
        Reply { content_type: "application/openmetrics-text; version=1.0.0; charset=utf-8", body: text.into_bytes() }
    }
}

/// Counts a request and logs it. What was searched for is only in the log of
/// those who ask for details.
pub(super) async fn observe(State(house): State<Arc<House>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.map_or("other", MatchedPath::as_str).to_owned();
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let response = next.run(request).await;
    let (took, status) = (began.elapsed(), response.status().as_u16());
    house.metrics.seconds.observe(took.as_secs_f64());
    let bytes = response.body().size_hint().exact();
    let ms = (took.as_secs_f64() * 1e4).round() / 10.0;
    tracing::info!(%method, route, status, ms, bytes, "request");
    tracing::debug!(%uri, status, "address");
    house.metrics.requests.get_or_create(&Labels { route, status }).inc();
    response
}
