//! Counters of the server, in the text format of OpenMetrics.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::handler::Response;

/// Upper bounds of the buckets of request durations, in seconds.
const BOUNDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    /// The pattern that the path matches, never the path itself.
    route: String,
    status: u16,
}

/// Counters of the server.
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

    /// Counts a request.
    pub fn observe(&self, route: String, status: u16, took: Duration) {
        self.seconds.observe(took.as_secs_f64());
        self.requests.get_or_create(&Labels { route, status }).inc();
    }

    /// The current values of all counters.
    pub fn response(&self, cache_bytes: u64) -> Response {
        self.cache_bytes.set(cache_bytes as i64);
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        Response { content_type: "application/openmetrics-text; version=1.0.0; charset=utf-8", body: text.into_bytes() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_by_route_and_status() {
        let metrics = Metrics::new();
        for status in [200, 200, 404] {
            metrics.observe("/search".to_owned(), status, Duration::from_millis(3));
        }
        metrics.reloads.inc();
        let text = String::from_utf8(metrics.response(512).body).expect("UTF-8");
        for line in [
            "newsearch_requests_total{route=\"/search\",status=\"200\"} 2",
            "newsearch_requests_total{route=\"/search\",status=\"404\"} 1",
            "newsearch_request_seconds_bucket{le=\"0.0025\"} 0",
            "newsearch_request_seconds_bucket{le=\"0.005\"} 3",
            "newsearch_reloads_total 1",
            "newsearch_cache_bytes 512",
        ] {
            assert!(text.contains(line), "{line} is missing in\n{text}");
        }
    }
}
