//! Three nodes of OpenSearch for the tests of the cluster backend.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::Archive;

/// Three nodes in one child process, controlled through its standard input.
pub struct Nodes {
    process: Child,
    commands: ChildStdin,
    answers: BufReader<ChildStdout>,
    urls: Vec<String>,
    stopped: BTreeSet<u32>,
}

impl Nodes {
    /// Needs Java and Maven, which `tests/cluster/cluster.sh --check` looks for.
    fn launch() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cluster");
        fs::create_dir_all(&folder).unwrap();
        let mut process = Command::new("bash")
            .arg(root.join("tests/cluster/cluster.sh"))
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let commands = process.stdin.take().unwrap();
        let mut answers = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        answers.read_line(&mut line).unwrap();
        if line.is_empty() {
            let code = process.wait().unwrap().code();
            panic!(
                "the cluster did not start (exit code {code:?}); it needs Java 17 and Maven; see {}",
                folder.display()
            );
        }
        let urls = line.strip_prefix("READY ").unwrap().split_whitespace().map(str::to_owned).collect();
        Self { process, commands, answers, urls, stopped: BTreeSet::new() }
    }

    fn send(&mut self, command: &str, node: u32) {
        writeln!(self.commands, "{command} {node}").unwrap();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        assert!(line.starts_with("STOPPED") || line.starts_with("STARTED"), "{command} {node}: {line}");
    }

    pub fn stop(&mut self, node: u32) {
        self.send("stop", node);
        self.stopped.insert(node);
    }

    pub fn start(&mut self, node: u32) {
        self.send("start", node);
        self.stopped.remove(&node);
    }

    /// Waits until all nodes have joined the cluster and every article can be found.
    pub fn await_whole(&self) {
        let nodes = self.urls.len();
        let began = Instant::now();
        while !self.urls.iter().all(|url| {
            let url = format!("{url}/_cluster/health?wait_for_nodes={nodes}&wait_for_status=yellow&timeout=5s");
            ureq::get(&url).call().is_ok()
        }) {
            assert!(began.elapsed() < Duration::from_secs(240), "the cluster did not become whole again");
            thread::sleep(Duration::from_millis(200));
        }
    }

    /// Waits until the cluster has indexed at least one article of an archive.
    pub fn await_articles(&self, archive: &Archive) {
        let url = format!("{}/{}/_stats/indexing", self.urls[0], archive.engine_name());
        let began = Instant::now();
        loop {
            let answer = ureq::get(&url).call().and_then(|mut answer| answer.body_mut().read_to_string());
            let stats: Value = serde_json::from_str(&answer.unwrap_or_default()).unwrap_or_default();
            if stats["_all"]["primaries"]["indexing"]["index_total"].as_u64() > Some(0) {
                return;
            }
            assert!(began.elapsed() < Duration::from_secs(120), "no article came to {url}");
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// The addresses of all nodes, comma-separated.
    pub fn all(&self) -> String {
        self.urls.join(",")
    }
}

impl Drop for Nodes {
    fn drop(&mut self) {
        let _ = writeln!(self.commands, "quit");
        let _ = self.process.wait();
    }
}

/// The one cluster that all tests of a binary use, one test at a time. Nodes that
/// a failed test left stopped are started again.
pub fn nodes() -> MutexGuard<'static, Nodes> {
    static NODES: OnceLock<Mutex<Nodes>> = OnceLock::new();
    let nodes = NODES.get_or_init(|| Mutex::new(Nodes::launch()));
    let mut nodes = nodes.lock().unwrap_or_else(PoisonError::into_inner);
    for node in nodes.stopped.clone() {
        nodes.start(node);
    }
    nodes.await_whole();
    nodes
}
