//! Many documents at once: in requests of bounded size, two of them on their
//! way at a time, and what a full cluster turned away again.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::{Map, Value, json};
use ureq::http::Method;

use super::error::EngineError;
use super::http::{Body, Client, may_pass, reason};

/// A request is sent at this size, in bytes.
const FULL: usize = 4 << 20;
/// Requests on their way at once.
const SENDERS: usize = 2;
/// How often documents that were turned away are sent again, with a pause that
/// doubles.
const TRIES: u32 = 8;
const FIRST_PAUSE: Duration = Duration::from_millis(200);

/// A document that the cluster would not take.
#[derive(Debug)]
pub(super) struct Rejected {
    /// Its number among the documents of this run.
    pub at: u64,
    pub reason: String,
}

/// How a request ended.
pub(super) struct Sent {
    pub number: u64,
    pub result: Result<Vec<Rejected>, EngineError>,
}

/// The lines of a request.
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
pub(super) struct Bulk {
    lines: Lines,
    /// The number of the request that is being filled.
    pub number: u64,
    to_send: Option<SyncSender<(u64, Lines)>>,
    ended: Receiver<Sent>,
    /// Requests whose end was not seen yet.
    pub open: usize,
    threads: Vec<JoinHandle<()>>,
}

impl Bulk {
    pub fn new(client: &Arc<Client>, index: &str) -> Self {
        let (to_send, requests) = sync_channel::<(u64, Lines)>(1);
        let (tell, ended) = sync_channel(64);
        let requests = Arc::new(std::sync::Mutex::new(requests));
        let threads = (0..SENDERS).map(|_| {
            let (client, requests, tell) = (client.clone(), requests.clone(), tell.clone());
            let path = format!("/{index}/_bulk");
            std::thread::spawn(move || {
                loop {
                    let next = requests.lock().unwrap_or_else(std::sync::PoisonError::into_inner).recv();
                    let Ok((number, lines)) = next else { return };
                    let result = send(&client, &path, lines);
                    if tell.send(Sent { number, result }).is_err() {
                        return;
                    }
                }
            })
        });
        let threads = threads.collect();
        Self { lines: Lines::default(), number: 0, to_send: Some(to_send), ended, open: 0, threads }
    }

    /// Adds a document; whether a request went out.
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

    /// Sends what is there.
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

    /// A request that has ended; waits for one if asked to.
    pub fn ended(&mut self, wait: bool) -> Option<Sent> {
        if self.open == 0 {
            return None;
        }
        let ended = if wait { self.ended.recv().ok() } else { self.ended.try_recv().ok() };
        self.open -= usize::from(ended.is_some());
        ended
    }
}

impl Drop for Bulk {
    fn drop(&mut self) {
        self.to_send = None;
        // Threads that wait to tell their end find nobody there.
        let (_, nobody) = sync_channel(0);
        self.ended = nobody;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

/// Sends lines until every document is taken or refused for good.
fn send(client: &Client, path: &str, mut lines: Lines) -> Result<Vec<Rejected>, EngineError> {
    let mut rejected = Vec::new();
    let mut pause = FIRST_PAUSE;
    for attempt in 1..=TRIES {
        let answer = client.call(Method::POST, path, Body::Lines(&lines.text))?;
        let broken = || EngineError::Broken {
            node: client.node().to_owned(),
            reason: "it did not say what became of each document".to_owned(),
        };
        let items =
            answer["items"].as_array().filter(|items| items.len() == lines.documents.len()).ok_or_else(broken)?;
        let mut again = Lines::default();
        let mut from = 0;
        for ((at, end), item) in lines.documents.iter().zip(items) {
            let item = item.as_object().and_then(|item| item.values().next()).ok_or_else(broken)?;
            let status = item["status"].as_u64().ok_or_else(broken)?;
            match status {
                200..300 => {}
                _ if attempt < TRIES && may_pass(status, item) => again.add(*at, &lines.text[from..*end]),
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
