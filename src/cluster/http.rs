//! Requests to a cluster: to any of its nodes, retried within a time limit.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::Value;
use ureq::http::{Method, Request};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

use crate::cluster::address::{Access, Address};
use crate::cluster::error::EngineError;
use crate::cluster::http_errors::{excerpt, is_temporary, reason, reason_of};
use crate::cluster::request_body::{Body, EncodedBody};

/// The limit for connecting to a node.
const CONNECT: Duration = Duration::from_secs(5);
/// The limit for one attempt.
const ATTEMPT: Duration = Duration::from_secs(120);
/// The pause before all nodes are tried a second time; it doubles from then on.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// The largest response that is read, in bytes.
const MAX_RESPONSE: u64 = 512 << 20;

/// Sends requests to the nodes of a cluster.
pub(super) struct Client {
    agent: ureq::Agent,
    nodes: Vec<String>,
    /// The node that answered last.
    current: AtomicUsize,
    authorization: Option<String>,
    patience: Duration,
}

/// How one attempt ended.
enum Attempt {
    /// Status and response.
    Done(u16, Value),
    /// Another attempt, or another node, may succeed.
    Retry(String),
    /// None will.
    Failed(EngineError),
}

impl Client {
    pub fn new(address: &Address, access: &Access) -> Result<Self, EngineError> {
        let mut config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(ATTEMPT.min(access.patience.max(CONNECT))))
            .proxy(None)
            .user_agent(concat!("newsearch/", env!("CARGO_PKG_VERSION")));
        if let Some(path) = &access.authorities {
            let certificates = RootCerts::from(certificates(path)?);
            config = config.tls_config(TlsConfig::builder().root_certs(certificates).build());
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

    /// Sends a request and expects success.
    pub fn call(&self, method: Method, path: &str, body: Body<'_>) -> Result<Value, EngineError> {
        let (status, response) = self.send(method.clone(), path, body)?;
        if (200..300).contains(&status) {
            return Ok(response);
        }
        Err(EngineError::Refused {
            node: self.node().to_owned(),
            what: format!("{method} {}", path.split('?').next().unwrap_or_default()),
            status,
            reason: reason(&response),
        })
    }

    /// Sends a request until the response is final or the time is up. Each node is
    /// tried once even if the first took all of the time without an answer.
    fn send(&self, method: Method, path: &str, body: Body<'_>) -> Result<(u16, Value), EngineError> {
        let began = Instant::now();
        let body = EncodedBody::new(body);
        let mut pause = FIRST_PAUSE;
        loop {
            let mut reason = String::new();
            for _ in 0..self.nodes.len() {
                match self.try_once(&method, path, &body) {
                    Attempt::Done(status, response) => return Ok((status, response)),
                    Attempt::Failed(error) => return Err(error),
                    Attempt::Retry(cause) => {
                        reason = format!("{}: {cause}", self.node());
                        self.current.fetch_add(1, Relaxed);
                    }
                }
            }
            // Waiting clients should not all return at the same moment.
            let wait = pause.mul_f64(0.5 + fastrand::f64() / 2.0);
            if began.elapsed() + wait >= self.patience {
                let (nodes, seconds) = (self.nodes.join(", "), began.elapsed().as_secs_f64());
                return Err(EngineError::Unreachable { nodes, seconds, reason });
            }
            std::thread::sleep(wait);
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// The error of a response that OpenSearch would not give.
    pub fn invalid(&self, reason: impl Into<String>) -> EngineError {
        EngineError::InvalidResponse { node: self.node().to_owned(), reason: reason.into() }
    }

    /// How long a request is retried.
    pub fn patience(&self) -> Duration {
        self.patience
    }

    /// The node that answered last.
    pub fn node(&self) -> &str {
        &self.nodes[self.current.load(Relaxed) % self.nodes.len()]
    }

    /// Sends a request once, to the current node.
    fn try_once(&self, method: &Method, path: &str, body: &EncodedBody) -> Attempt {
        let node = self.node().to_owned();
        let mut request = Request::builder().method(method.clone()).uri(format!("{node}{path}"));
        if let Some(authorization) = &self.authorization {
            request = request.header("authorization", authorization);
        }
        if let Some(kind) = body.kind {
            request = request.header("content-type", kind);
        }
        if body.is_compressed {
            request = request.header("content-encoding", "gzip");
        }
        let invalid = |reason: String| Attempt::Failed(EngineError::InvalidResponse { node: node.clone(), reason });
        let request = match request.body(&body.bytes[..]) {
            Ok(request) => request,
            Err(error) => return invalid(error.to_string()),
        };
        let mut response = match self.agent.run(request) {
            Ok(response) => response,
            Err(error) => return transport_error(&node, &error),
        };
        let status = response.status().as_u16();
        let text = match response.body_mut().with_config().limit(MAX_RESPONSE).read_to_vec() {
            Ok(text) => text,
            Err(error) => return transport_error(&node, &error),
        };
        match status {
            429 | 502..=504 => Attempt::Retry(format!("status {status}: {}", reason_of(&text))),
            300..400 => invalid(format!("it sends elsewhere (status {status}), where newsearch does not go")),
            _ if text.is_empty() => Attempt::Done(status, Value::Null),
            _ => match serde_json::from_slice(&text) {
                Ok(answer) if is_temporary(u64::from(status), &answer) => {
                    Attempt::Retry(format!("status {status}: {}", reason(&answer)))
                }
                Ok(answer) => Attempt::Done(status, answer),
                Err(error) => invalid(format!("status {status}, and no JSON ({error}): {}", excerpt(&text))),
            },
        }
    }
}

/// The certificates in a PEM file.
fn certificates(path: &Path) -> Result<Vec<Certificate<'static>>, EngineError> {
    let wrong = |what: String| EngineError::Setting(format!("NEWSEARCH_ENGINE_CA: {}: {what}", path.display()));
    let pem = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
    let items = parse_pem(&pem).collect::<Result<Vec<_>, _>>().map_err(|error| wrong(error.to_string()))?;
    let certificates = items.into_iter().filter_map(|item| match item {
        PemItem::Certificate(certificate) => Some(certificate),
        _ => None,
    });
    let certificates: Vec<Certificate<'static>> = certificates.collect();
    if certificates.is_empty() { Err(wrong("it holds no certificate in PEM".to_owned())) } else { Ok(certificates) }
}

/// What an error below HTTP means.
fn transport_error(node: &str, error: &ureq::Error) -> Attempt {
    let invalid = |reason: String| Attempt::Failed(EngineError::InvalidResponse { node: node.to_owned(), reason });
    match error {
        ureq::Error::BodyExceedsLimit(_) => invalid(format!("its answer has more than {} MB", MAX_RESPONSE >> 20)),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::Pem(_) => invalid(format!(
            "{error}; where its certificate is signed by your own authority, name that in NEWSEARCH_ENGINE_CA"
        )),
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => invalid(error.to_string()),
        _ => Attempt::Retry(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::cluster::fake_server::FakeServer;

    use super::*;

    #[test]
    fn requests_are_retried_until_the_response_is_final() {
        let lost = json!({"error": {"root_cause": [{"type": "node_closed_exception"}]}});
        let check = |responses: Vec<(u16, Value)>, expected: Result<Value, &str>| {
            let count = responses.len();
            let server = FakeServer::start(responses);
            let result = server.client().call(Method::GET, "/film/_doc/1?x=1", Body::None);
            assert_eq!(server.requests(), vec!["GET /film/_doc/1?x=1"; count]);
            match (result, expected) {
                (Ok(found), Ok(expected)) => assert_eq!(found, expected),
                (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{error}"),
                (found, expected) => panic!("{found:?}, expected {expected:?}"),
            }
        };
        check(vec![(200, json!({"a": 1}))], Ok(json!({"a": 1})));
        check(vec![(503, json!({})), (500, lost), (200, json!(2))], Ok(json!(2)));
        let refused = json!({"error": {"reason": "no such index"}});
        check(vec![(404, refused)], Err("refused GET /film/_doc/1: no such index (status 404)"));
        check(vec![(301, json!({}))], Err("it sends elsewhere (status 301)"));
    }

    #[test]
    fn a_cluster_that_stays_busy_is_unreachable() {
        let server = FakeServer::start(vec![(503, json!({"error": "busy"})); 20]);
        let error = server.client().call(Method::GET, "/", Body::None).expect_err("no answer");
        assert!(
            matches!(&error, EngineError::Unreachable { reason, .. } if reason.ends_with("status 503: busy")),
            "{error}"
        );
    }
}
