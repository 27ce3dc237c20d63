//! Requests to a cluster: to any of its nodes, again where that may help, never
//! for longer than was allowed.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use ureq::http::{Method, Request};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

use super::address::{Access, Address};
use super::error::EngineError;

/// To reach a node takes no longer.
const CONNECT: Duration = Duration::from_secs(5);
/// One try takes no longer, whatever the server does.
const TRY: Duration = Duration::from_secs(120);
/// The pause before the second try of all nodes; it doubles from then on.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// Larger bodies are compressed, in bytes.
const COMPRESS_FROM: usize = 2048;
/// The largest answer that is read, in bytes.
const LARGEST: u64 = 512 << 20;
/// What is shown of an answer that is wrong, in characters.
const SHOWN: usize = 200;

/// The body of a request.
#[derive(Clone, Copy)]
pub(super) enum Body<'a> {
    None,
    Json(&'a Value),
    /// Lines of JSON.
    Lines(&'a str),
}

/// Speaks to the nodes of a cluster.
pub(super) struct Client {
    agent: ureq::Agent,
    nodes: Vec<String>,
    /// The node that answered last.
    current: AtomicUsize,
    authorization: Option<String>,
    patience: Duration,
}

/// How one try ended.
enum Tried {
    Answered(u16, Value),
    /// It may go better another time, or elsewhere.
    Again(String),
    /// It will not.
    Failed(EngineError),
}

impl Client {
    pub fn new(address: &Address, access: &Access) -> Result<Self, EngineError> {
        let mut config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(TRY.min(access.patience.max(CONNECT))))
            .proxy(None)
            .user_agent(concat!("newsearch/", env!("CARGO_PKG_VERSION")));
        if let Some(path) = &access.authorities {
            let wrong = |what: String| EngineError::Setting(format!("NEWSEARCH_ENGINE_CA: {}: {what}", path.display()));
            let pem = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
            let items = parse_pem(&pem).collect::<Result<Vec<_>, _>>().map_err(|error| wrong(error.to_string()))?;
            let certificates = items.into_iter().filter_map(|item| match item {
                PemItem::Certificate(certificate) => Some(certificate),
                _ => None,
            });
            let certificates: Vec<Certificate<'static>> = certificates.collect();
            if certificates.is_empty() {
                return Err(wrong("it holds no certificate in PEM".to_owned()));
            }
            config = config.tls_config(TlsConfig::builder().root_certs(RootCerts::from(certificates)).build());
        }
        let authorization = access
            .user
            .as_ref()
            .map(|(user, password)| format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{password}"))));
        Ok(Self {
            agent: config.build().into(),
            nodes: address.nodes.clone(),
            current: AtomicUsize::new(0),
            authorization,
            patience: access.patience,
        })
    }

    /// Asks, and expects success.
    pub fn call(&self, method: Method, path: &str, body: Body<'_>) -> Result<Value, EngineError> {
        let (status, answer) = self.ask(method.clone(), path, body)?;
        if (200..300).contains(&status) {
            return Ok(answer);
        }
        Err(EngineError::Refused {
            node: self.node().to_owned(),
            what: format!("{method} {}", path.split('?').next().unwrap_or_default()),
            status,
            reason: reason(&answer),
        })
    }

    /// Asks until there is an answer that will not change by asking again.
    fn ask(&self, method: Method, path: &str, body: Body<'_>) -> Result<(u16, Value), EngineError> {
        let began = Instant::now();
        let body = Sent::new(body);
        let mut pause = FIRST_PAUSE;
        loop {
            let mut reason = String::new();
            for _ in 0..self.nodes.len() {
                match self.try_once(&method, path, &body) {
                    Tried::Answered(status, answer) => return Ok((status, answer)),
                    Tried::Failed(error) => return Err(error),
                    Tried::Again(why) => {
                        reason = format!("{}: {why}", self.node());
                        self.current.fetch_add(1, Relaxed);
                    }
                }
                if began.elapsed() >= self.patience {
                    break;
                }
            }
            // Many who wait should not come back at the same moment.
            let wait = pause.mul_f64(0.5 + fastrand::f64() / 2.0);
            if began.elapsed() + wait >= self.patience {
                let (nodes, seconds) = (self.nodes.join(", "), began.elapsed().as_secs_f64());
                return Err(EngineError::Unreachable { nodes, seconds, reason });
            }
            std::thread::sleep(wait);
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// How long a request is tried.
    pub fn patience(&self) -> Duration {
        self.patience
    }

    pub fn node(&self) -> &str {
        &self.nodes[self.current.load(Relaxed) % self.nodes.len()]
    }

    fn try_once(&self, method: &Method, path: &str, body: &Sent) -> Tried {
        let node = self.node().to_owned();
        let mut request = Request::builder().method(method.clone()).uri(format!("{node}{path}"));
        if let Some(authorization) = &self.authorization {
            request = request.header("authorization", authorization);
        }
        if let Some(kind) = body.kind {
            request = request.header("content-type", kind);
        }
        if body.compressed {
            request = request.header("content-encoding", "gzip");
        }
        let broken = |reason: String| Tried::Failed(EngineError::Broken { node: node.clone(), reason });
        let request = match request.body(&body.bytes[..]) {
            Ok(request) => request,
            Err(error) => return broken(error.to_string()),
        };
        let mut response = match self.agent.run(request) {
            Ok(response) => response,
            Err(error) => return failed(&node, &error),
        };
        let status = response.status().as_u16();
        let text = match response.body_mut().with_config().limit(LARGEST).read_to_vec() {
            Ok(text) => text,
            Err(error) => return failed(&node, &error),
        };
        match status {
            429 | 502..=504 => Tried::Again(format!("status {status}: {}", reason_of(&text))),
            300..400 => broken(format!("it sends elsewhere (status {status}), where newsearch does not go")),
            _ if text.is_empty() => Tried::Answered(status, Value::Null),
            _ => match serde_json::from_slice(&text) {
                Ok(answer) if may_pass(u64::from(status), &answer) => {
                    Tried::Again(format!("status {status}: {}", reason(&answer)))
                }
                Ok(answer) => Tried::Answered(status, answer),
                Err(error) => broken(format!("status {status}, and no JSON ({error}): {}", shown(&text))),
            },
        }
    }
}

/// What an error of the way there means.
fn failed(node: &str, error: &ureq::Error) -> Tried {
    let broken = |reason: String| Tried::Failed(EngineError::Broken { node: node.to_owned(), reason });
    match error {
        ureq::Error::BodyExceedsLimit(_) => broken(format!("its answer has more than {} MB", LARGEST >> 20)),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::Pem(_) => broken(format!(
            "{error}; where its certificate is signed by your own authority, name that in NEWSEARCH_ENGINE_CA"
        )),
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => broken(error.to_string()),
        _ => Tried::Again(error.to_string()),
    }
}

/// Whether what went wrong may go well later: too much at once, or a shard that
/// has lost its node, until another has it. A search names the cause by its type.
pub(super) fn may_pass(status: u64, answer: &Value) -> bool {
    let passing = [
        "node_not_connected_exception",
        "node_disconnected_exception",
        "node_closed_exception",
        "no_shard_available_action_exception",
        "receive_timeout_transport_exception",
        "connect_transport_exception",
        "shard_not_found_exception",
        "index_shard_not_started_exception",
        "index_shard_recovering_exception",
        "index_shard_closed_exception",
        "illegal_index_shard_state_exception",
        "search_context_missing_exception",
        "task_cancelled_exception",
    ];
    match status {
        0..400 => return false,
        429 | 502..=504 => return true,
        _ => {}
    }
    let error = &answer["error"];
    let failed = error["failed_shards"].as_array().into_iter().flatten().map(|shard| &shard["reason"]);
    let mut kinds = error["root_cause"].as_array().into_iter().flatten().chain(failed).chain([error]);
    // Shards that have no copy left say nothing.
    let none = error["phase"].is_string() && error["root_cause"] == Value::Array(Vec::new());
    none || kinds.any(|cause| cause["type"].as_str().is_some_and(|kind| passing.contains(&kind)))
}

/// A body as it is sent, the same at every try.
struct Sent {
    bytes: Vec<u8>,
    kind: Option<&'static str>,
    compressed: bool,
}

impl Sent {
    fn new(body: Body<'_>) -> Self {
        let (bytes, kind) = match body {
            Body::None => (Vec::new(), None),
            Body::Json(json) => (json.to_string().into_bytes(), Some("application/json")),
            Body::Lines(lines) => (lines.as_bytes().to_vec(), Some("application/x-ndjson")),
        };
        if bytes.len() >= COMPRESS_FROM {
            let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::fast());
            // Writing into memory does not fail.
            if let Ok(packed) = encoder.write_all(&bytes).and_then(|()| encoder.finish()) {
                return Self { bytes: packed, kind, compressed: true };
            }
        }
        Self { bytes, kind, compressed: false }
    }
}

fn reason_of(text: &[u8]) -> String {
    serde_json::from_slice(text).map_or_else(|_| shown(text), |answer| reason(&answer))
}

/// What an answer gives as the reason of an error.
pub(super) fn reason(answer: &Value) -> String {
    let error = &answer["error"];
    let root = &error["root_cause"][0]["reason"];
    let causes = [&error["caused_by"]["reason"], root, &error["reason"], error];
    let said = causes.into_iter().find_map(Value::as_str);
    said.map_or_else(|| shown(answer.to_string().as_bytes()), |said| shown(said.as_bytes()))
}

fn shown(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(&text[..text.len().min(4 * SHOWN)]);
    let mut shown: String = text.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() > SHOWN {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::may_pass;

    #[test]
    fn what_a_lost_node_causes_may_pass_and_what_is_wrong_does_not() {
        let of = |kind: &str| json!({"error": {"type": "x", "root_cause": [{"type": kind}]}});
        for (status, answer, passes) in [
            (429, json!(null), true),
            (503, json!({}), true),
            (404, of("search_context_missing_exception"), true),
            (500, of("node_disconnected_exception"), true),
            (500, json!({"error": {"failed_shards": [{"reason": {"type": "node_closed_exception"}}]}}), true),
            (500, json!({"error": {"phase": "query", "root_cause": []}}), true),
            (500, of("null_pointer_exception"), false),
            (404, of("index_not_found_exception"), false),
            (404, json!({"found": false}), false),
            (409, of("version_conflict_engine_exception"), false),
            (200, of("node_closed_exception"), false),
        ] {
            assert_eq!(may_pass(status, &answer), passes, "{status} {answer}");
        }
    }
}
