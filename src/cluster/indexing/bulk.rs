//! Bulk requests: of bounded size, a few in flight at a time, with documents that
//! a busy cluster turned away sent again.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::{Map, Value, json};
use ureq::http::Method;

use crate::cluster::error::EngineError;
use crate::cluster::http::Client;
use crate::cluster::http_errors::{is_temporary, reason};
use crate::cluster::request_body::Body;

/// A request is sent at this size, in bytes.
const FULL: usize = 4 << 20;
/// Requests in flight at once.
const SENDERS: usize = 2;
/// Attempts to send a document, with a pause between them that doubles.
const TRIES: u32 = 8;
const FIRST_PAUSE: Duration = Duration::from_millis(200);

/// A document that the cluster rejected.
#[derive(Debug)]
pub(super) struct Rejected {
    /// Its number among the documents of this run.
    pub at: u64,
    pub reason: String,
}

/// How a request ended.
pub(super) struct BulkResult {
    pub number: u64,
    pub result: Result<Vec<Rejected>, EngineError>,
}

/// The lines of a request, two for each document.
#[derive(Default)]
struct Lines {
    text: String,
    /// For each document its number and where its lines end.
    documents: Vec<(u64, usize)>,
}

impl Lines {
    fn add(&mut self, at: u64, lines: &str) {
        self.text.push_str(lines);
        self.documents.push((at, self.text.len()));
    }
}

/// Sends documents to an index from threads of its own.
pub(super) struct BulkSender {
    lines: Lines,
    /// The number of the request that is being filled.
    pub number: u64,
    to_send: Option<SyncSender<(u64, Lines)>>,
    results: Receiver<BulkResult>,
    /// Requests whose result was not taken yet.
    pub open: usize,
    threads: Vec<JoinHandle<()>>,
}

impl BulkSender {
    pub fn new(client: &Arc<Client>, index: &str) -> Self {
        let (to_send, requests) = sync_channel::<(u64, Lines)>(1);
        let (report, results) = sync_channel(64);
        let requests = Arc::new(std::sync::Mutex::new(requests));
        let threads = (0..SENDERS).map(|_| {
            let (client, requests, report) = (client.clone(), requests.clone(), report.clone());
            let path = format!("/{index}/_bulk");
            std::thread::spawn(move || {
                loop {
                    let next = requests.lock().unwrap_or_else(std::sync::PoisonError::into_inner).recv();
                    let Ok((number, lines)) = next else { return };
                    let result = send(&client, &path, lines);
                    if report.send(BulkResult { number, result }).is_err() {
                        return;
                    }
                }
            })
        });
        let threads = threads.collect();
        Self { lines: Lines::default(), number: 0, to_send: Some(to_send), results, open: 0, threads }
    }

    /// Adds a document. Returns whether a request was sent.
    pub fn add(&mut self, at: u64, id: &str, document: &Map<String, Value>) -> bool {
        let action = json!({"index": {"_id": id}});
        let body = serde_json::to_string(document).unwrap_or_default();
        self.lines.add(at, &format!("{action}\n{body}\n"));
        let full = self.lines.text.len() >= FULL;
        if full {
            self.flush();
        }
        full
    }

    /// Sends the documents added since the last request.
    pub fn flush(&mut self) {
        if self.lines.documents.is_empty() {
            return;
        }
        let lines = std::mem::take(&mut self.lines);
        if let Some(to_send) = &self.to_send
            && to_send.send((self.number, lines)).is_ok()
        {
            self.open += 1;
        }
        self.number += 1;
    }

    /// The result of a completed request; with `wait`, of the next one.
    pub fn completed(&mut self, wait: bool) -> Option<BulkResult> {
        if self.open == 0 {
            return None;
        }
        let result = if wait { self.results.recv().ok() } else { self.results.try_recv().ok() };
        self.open -= usize::from(result.is_some());
        result
    }
}

impl Drop for BulkSender {
    fn drop(&mut self) {
        self.to_send = None;
        // Without a receiver, threads that wait to report a result give up.
        let (_, disconnected) = sync_channel(0);
        self.results = disconnected;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

/// Sends lines until every document is indexed or rejected for good.
fn send(client: &Client, path: &str, mut lines: Lines) -> Result<Vec<Rejected>, EngineError> {
    let mut rejected = Vec::new();
    let mut pause = FIRST_PAUSE;
    for attempt in 1..=TRIES {
        let response = client.call(Method::POST, path, Body::Lines(&lines.text))?;
        let invalid = || client.invalid("it did not say what became of each document");
        let items = response["items"].as_array().filter(|items| items.len() == lines.documents.len());
        let items = items.ok_or_else(invalid)?;
        let mut again = Lines::default();
        let mut from = 0;
        for ((at, end), item) in lines.documents.iter().zip(items) {
            let item = item.as_object().and_then(|item| item.values().next()).ok_or_else(invalid)?;
            let status = item["status"].as_u64().ok_or_else(invalid)?;
            match status {
                200..300 => {}
                _ if attempt < TRIES && is_temporary(status, item) => again.add(*at, &lines.text[from..*end]),
                _ => rejected.push(Rejected { at: *at, reason: reason(item) }),
            }
            from = *end;
        }
        if again.documents.is_empty() {
            break;
        }
        std::thread::sleep(pause.mul_f64(0.5 + fastrand::f64() / 2.0));
        pause *= 2;
        lines = again;
    }
    Ok(rejected)
}

#[cfg(test)]
mod tests {
    use crate::cluster::fake_server::FakeServer;

    use super::*;

    #[test]
    fn full_requests_are_sent_and_numbered() {
        let items = |count: usize| json!({"items": vec![json!({"index": {"status": 201}}); count]});
        let server = FakeServer::start(vec![(200, items(2)), (200, items(1))]);
        let mut bulk = BulkSender::new(&Arc::new(server.client()), "film");
        let document = |size: usize| Map::from_iter([("body".to_owned(), Value::from("x".repeat(size)))]);
        assert!(!bulk.add(1, "a", &document(10)));
        assert!(bulk.add(2, "b", &document(FULL)));
        assert_eq!((bulk.number, bulk.open), (1, 1));
        bulk.flush();
        assert_eq!(bulk.open, 1, "nothing to flush");
        let first = bulk.completed(true).expect("a result");
        assert_eq!((first.number, first.result.expect("taken").len()), (0, 0));
        assert!(!bulk.add(3, "c", &document(10)));
        bulk.flush();
        assert_eq!(bulk.completed(true).expect("a result").number, 1);
        assert!(bulk.completed(true).is_none());
        assert_eq!(server.requests(), ["POST /film/_bulk", "POST /film/_bulk"]);
        assert_eq!(server.bodies()[1], "{\"index\":{\"_id\":\"c\"}}\n{\"body\":\"xxxxxxxxxx\"}\n");
    }

    #[test]
    fn documents_are_sent_again_or_rejected() {
        let item = |status: u64| json!({"index": {"status": status, "error": {"type": "x", "reason": "no room"}}});
        let first = json!({"items": [item(201), item(429), item(400)]});
        let server = FakeServer::start(vec![(200, first), (200, json!({"items": [item(200)]}))]);
        let mut lines = Lines::default();
        for (at, text) in [(7, "one\n"), (8, "two\n"), (9, "three\n")] {
            lines.add(at, text);
        }
        let rejected = send(&server.client(), "/film/_bulk", lines).expect("sent");
        assert_eq!(rejected.iter().map(|one| (one.at, one.reason.as_str())).collect::<Vec<_>>(), [(9, "no room")]);
        assert_eq!(server.bodies(), ["one\ntwo\nthree\n", "two\n"]);
    }
}
