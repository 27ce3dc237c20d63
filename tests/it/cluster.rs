//! The same answers from a cluster of three nodes as from a folder, and what
//! happens when nodes stop. Needs Java and Maven, and passes over everything
//! where they are missing:
//! `cargo test --test it cluster -- --ignored --nocapture --test-threads 1`.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::seeds;
use crate::support::{Archive, Run, corpus, facet, field_of_hits, in_cluster};

/// What `cluster.sh` ends with where something that it needs is missing.
const SKIPPED: i32 = 77;

/// Three nodes in a process of their own.
struct Nodes {
    process: Child,
    commands: ChildStdin,
    answers: BufReader<ChildStdout>,
    urls: Vec<String>,
    stopped: BTreeSet<u32>,
}

impl Nodes {
    fn launch() -> Option<Self> {
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
            assert_eq!(code, Some(SKIPPED), "the cluster did not start; see {}", folder.display());
            return None;
        }
        let urls = line.strip_prefix("READY ").unwrap().split_whitespace().map(str::to_owned).collect();
        Some(Self { process, commands, answers, urls, stopped: BTreeSet::new() })
    }

    fn tell(&mut self, command: &str, node: u32) {
        writeln!(self.commands, "{command} {node}").unwrap();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        assert!(line.starts_with("STOPPED") || line.starts_with("STARTED"), "{command} {node}: {line}");
    }

    fn stop(&mut self, node: u32) {
        self.tell("stop", node);
        self.stopped.insert(node);
    }

    fn start(&mut self, node: u32) {
        self.tell("start", node);
        self.stopped.remove(&node);
    }

    /// Waits until the cluster has taken articles of an archive.
    fn await_articles(&self, archive: &Archive) {
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

    fn all(&self) -> String {
        self.urls.join(",")
    }
}

impl Drop for Nodes {
    fn drop(&mut self) {
        let _ = writeln!(self.commands, "quit");
        let _ = self.process.wait();
    }
}

/// The cluster of all tests, which come to it one after the other. Nodes that a
/// failed test left stopped are started again.
fn nodes() -> Option<MutexGuard<'static, Nodes>> {
    static NODES: OnceLock<Option<Mutex<Nodes>>> = OnceLock::new();
    let nodes = NODES.get_or_init(|| Nodes::launch().map(Mutex::new)).as_ref();
    if nodes.is_none() {
        println!("skipped: a cluster needs Java 17 and Maven");
    }
    let mut nodes = nodes?.lock().unwrap_or_else(PoisonError::into_inner);
    for node in nodes.stopped.clone() {
        nodes.start(node);
    }
    Some(nodes)
}

fn index(archive: &Archive, path: &Path) -> Run {
    let run = archive.run(["index".as_ref(), path.as_os_str()]);
    assert_eq!(run.code, 0, "{}", run.err);
    run
}

#[test]
#[ignore = "needs Java and Maven"]
fn the_seeds_hold() {
    let Some(nodes) = nodes() else { return };
    for check in [
        seeds::a_name_finds_its_sentence,
        seeds::glued_names_are_found_and_highlighted_whole,
        seeds::a_title_is_found_in_every_spelling,
        seeds::facets_tell_the_truth,
        seeds::dates_are_read,
        seeds::timelines_hold_what_the_articles_state_and_nothing_else,
    ] {
        in_cluster(&nodes.all(), check);
    }
}

/// Queries of every kind.
const QUERIES: &[&[&str]] = &[
    &["Hayley Atwell"],
    &["tom cruise"],
    &["premiere"],
    &["oscars best picture"],
    &["the who"],
    &["\"best picture\""],
    &["\"box office\"~3"],
    &["+premiere -london"],
    &["oscar AND (dune OR barbie)"],
    &["prem*"],
    &["spielbreg~"],
    &["title:oscars"],
    &["title:(best picture) body:director"],
    &["source:variety"],
    &["person:\"Tom Cruise\" premiere"],
    &["work:\"Mission: Impossible 7\""],
    &["cruise NEAR/5 mission"],
    &["delayed ADJ/6 release"],
    &["published:2021..2022"],
    &["mentions:2023-07"],
    &["said:\"the\""],
    &["states:release"],
    &["has:date has:source"],
    &["is:duplicate"],
    &["oscars -is:duplicate"],
    &["qwertyzxcv"],
    &["hayly atwel"],
    &["how many oscars did the film win in the end"],
    &["--person", "Tom Cruise"],
    &["--person", "Tom Cruise", "--since", "2021", "--facets", "year,month,source,section,person:3"],
    &["oscars", "--sort", "newest"],
    &["oscars", "--sort", "oldest", "--limit", "3", "--offset", "2"],
    &["film", "--fresh"],
    &["films", "--exact"],
    &["oscars", "--duplicates", "show", "--snippets", "3"],
    &["the", "--limit", "60"],
];

/// An answer without what differs from run to run.
fn told(archive: &Archive, args: &[&str]) -> Value {
    let run = archive.run(args);
    assert!(run.code < 2, "{args:?}: {}", run.err);
    let mut answer: Value = serde_json::from_str(&run.out).unwrap_or(Value::String(run.out));
    if let Some(answer) = answer.as_object_mut() {
        for key in ["took_ms", "index_bytes", "sizes", "segments", "commits", "text_bytes"] {
            answer.remove(key);
        }
    }
    answer
}

#[test]
#[ignore = "needs Java and Maven"]
fn every_query_has_the_answer_that_a_folder_gives() {
    let Some(nodes) = nodes() else { return };
    let folder = Archive::new();
    index(&folder, &corpus());
    in_cluster(&nodes.all(), || {
        let cluster = Archive::new();
        index(&cluster, &corpus());
        for query in QUERIES {
            let args = [&["query", "--format", "json"], *query].concat();
            assert_eq!(told(&cluster, &args), told(&folder, &args), "{query:?}");
        }
        let hit = field_of_hits(&folder.query(&["Hayley Atwell"]), "id").remove(0);
        for args in [
            &["show", "--format", "json", hit.as_str()][..],
            &["similar", "--format", "json", &hit],
            &["entities", "--format", "json", "tom"],
            &["entities", "why", "person:Tom Cruise", "--format", "json"],
            &["stats", "--format", "json"],
            &["compare", "--format", "json", "oscars", "premiere"],
            &["timeline", "--format", "json", "Mission: Impossible 7"],
            &["quotes", "--format", "json", "--about", "oscars"],
            &["cast", "--format", "json", "Mission: Impossible 7"],
            &["trends", "--format", "json", "--since", "2023-01", "--until", "2023-12"],
            &["query", "--all", "--format", "jsonl", "film"],
        ] {
            if args[1] == "--all" {
                let ids = |archive: &Archive| -> Vec<Value> {
                    archive.run(args).lines().iter().map(|hit| hit["id"].clone()).collect()
                };
                assert_eq!(ids(&cluster), ids(&folder), "{args:?}");
            } else {
                assert_eq!(told(&cluster, args), told(&folder, args), "{args:?}");
            }
        }
    });
}

#[test]
#[ignore = "needs Java and Maven"]
fn decisions_on_names_hold_at_once() {
    let Some(nodes) = nodes() else { return };
    in_cluster(&nodes.all(), || {
        let archive = Archive::of(&[
            ("a.txt", "Tom Cruise and Rebecca Ferguson came to London.\n\nTom Cruise spoke."),
            ("b.txt", "Thomas Mapother flew to London with Rebecca Ferguson.\n\nThomas Mapother slept."),
        ]);
        let people = |archive: &Archive| facet(&archive.query(&["london"]), "person");
        assert!(people(&archive).contains(&("Tom Cruise".into(), 1)));
        let run = archive.run(["entities", "merge", "person:Tom Cruise", "person:Thomas Mapother"]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(people(&archive).contains(&("Tom Cruise".into(), 2)), "{:?}", people(&archive));
        assert_eq!(archive.query(&["--person", "Tom Cruise"])["total"], 2);
    });
}

#[test]
#[ignore = "needs Java and Maven"]
fn files_that_change_go_or_move_are_followed() {
    let Some(nodes) = nodes() else { return };
    in_cluster(&nodes.all(), || {
        let archive = Archive::of(&[
            ("a.txt", "Greta Gerwig directs Barbie."),
            ("b.txt", "Christopher Nolan directs Oppenheimer."),
            ("c.txt", "Denis Villeneuve directs Dune."),
        ]);
        let found = |query: &str| archive.query(&[query])["total"].as_u64().unwrap();
        assert_eq!((found("directs"), found("barbie")), (3, 1));
        archive.write("a.txt", b"Greta Gerwig plans Narnia.");
        archive.remove("b.txt");
        fs::rename(archive.path("in/c.txt"), archive.path("in/d.txt")).unwrap();
        let run = archive.run(["index", "in"]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert_eq!((found("directs"), found("barbie"), found("narnia"), found("dune")), (1, 0, 1, 1));
        let people: Vec<String> =
            facet(&archive.query(&["narnia OR directs"]), "person").into_iter().map(|p| p.0).collect();
        assert!(!people.contains(&"Christopher Nolan".to_owned()), "{people:?}");
        let again = archive.run(["index", "in"]);
        assert!(again.err.contains("2 unchanged"), "{}", again.err);
        let rebuilt = archive.run(["index", "in", "--rebuild"]);
        assert_eq!(rebuilt.code, 0, "{}", rebuilt.err);
        assert_eq!((found("directs"), found("narnia")), (1, 1));
    });
}

#[test]
#[ignore = "needs Java and Maven"]
fn copies_that_no_node_is_there_for_are_not_waited_for_long() {
    let Some(nodes) = nodes() else { return };
    in_cluster(&nodes.all(), || {
        let archive = Archive::new();
        archive.write("a.txt", b"Greta Gerwig directs Barbie.");
        let mut command = archive.command(["index", "in", "--replicas", "3"]);
        let run = command.env("NEWSEARCH_ENGINE_PATIENCE", "6").output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        assert_eq!(archive.query(&["barbie"])["total"], 1);
    });
}

/// A JSON-lines file of so many articles.
fn many(archive: &Archive, name: &str, articles: usize) {
    let line = |at: usize| {
        let text =
            format!("Tom Cruise opened festival number {at} in London. {}", "The crowd cheered and sang. ".repeat(20));
        serde_json::json!({"id": format!("{name}-{at}"), "title": format!("Festival {at}"), "text": text}).to_string()
    };
    archive.write(&format!("{name}.jsonl"), (0..articles).map(line).collect::<Vec<_>>().join("\n").as_bytes());
}

/// Eight files of 400 articles each.
fn festivals() -> Archive {
    let archive = Archive::new();
    for file in 0..8 {
        many(&archive, &format!("f{file}"), 400);
    }
    archive
}

#[test]
#[ignore = "needs Java and Maven"]
fn two_machines_index_at_once() {
    let Some(nodes) = nodes() else { return };
    in_cluster(&nodes.all(), || {
        let one = Archive::new();
        let other = one.elsewhere();
        many(&one, "one", 300);
        many(&other, "other", 300);
        fs::rename(other.path("in"), other.path("in2")).unwrap();
        thread::scope(|scope| {
            let runs = [scope.spawn(|| one.run(["index", "in"])), scope.spawn(|| other.run(["index", "in2"]))];
            for run in runs {
                let run = run.join().unwrap();
                assert_eq!(run.code, 0, "{}", run.err);
            }
        });
        for archive in [&one, &other] {
            let answer = archive.query(&["festival", "--duplicates", "show"]);
            assert_eq!(answer["total"], 600);
            assert_eq!(facet(&answer, "person")[0], ("Tom Cruise".to_owned(), 600));
        }
    });
}

#[test]
#[ignore = "needs Java and Maven"]
fn a_node_that_stops_costs_nothing() {
    let Some(mut nodes) = nodes() else { return };
    let all = nodes.all();
    in_cluster(&all, || {
        let archive = festivals();
        let indexing = archive.command(["index", "in"]).stderr(Stdio::piped()).spawn().unwrap();
        nodes.await_articles(&archive);
        nodes.stop(2);
        let ended = indexing.wait_with_output().unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        let total = |archive: &Archive| archive.query(&["festival", "--duplicates", "show"])["total"].clone();
        assert_eq!(total(&archive), 3200);
        nodes.start(2);

        let queries: String = (0..200).map(|at| format!("festival number {at} london cheered\n")).collect();
        let expected = archive.run_with(["batch", "--facets", "person"], &queries).lines();
        let answers = thread::scope(|scope| {
            let running = scope.spawn(|| archive.run_with(["batch", "--facets", "person"], &queries));
            thread::sleep(Duration::from_millis(800));
            nodes.stop(1);
            thread::sleep(Duration::from_millis(1500));
            nodes.start(1);
            running.join().unwrap()
        });
        assert_eq!(answers.code, 0, "{}", answers.err);
        for (answer, expected) in answers.lines().iter().zip(&expected) {
            assert_eq!((&answer["total"], &answer["facets"]), (&expected["total"], &expected["facets"]));
            assert_eq!(field_of_hits(answer, "id"), field_of_hits(expected, "id"), "{}", answer["query"]);
        }
    });
}

#[test]
#[ignore = "needs Java and Maven"]
fn without_a_majority_there_is_an_error_and_the_run_goes_on_later() {
    let Some(mut nodes) = nodes() else { return };
    let all = nodes.all();
    in_cluster(&all, || {
        let archive = festivals();
        let began = Instant::now();
        let mut command = archive.command(["index", "in"]);
        let indexing = command.env("NEWSEARCH_ENGINE_PATIENCE", "8").stderr(Stdio::piped()).spawn().unwrap();
        nodes.await_articles(&archive);
        nodes.stop(2);
        nodes.stop(3);
        let ended = indexing.wait_with_output().unwrap();
        let message = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(2), "{message}");
        assert!(message.contains("cluster"), "{message}");
        let query = archive.command(["query", "festival"]).env("NEWSEARCH_ENGINE_PATIENCE", "4").output().unwrap();
        assert_eq!(query.status.code(), Some(2), "{}", String::from_utf8_lossy(&query.stdout));
        assert!(began.elapsed() < Duration::from_secs(90), "{:?}", began.elapsed());
        nodes.start(2);
        nodes.start(3);
        let run = archive.run(["index", "in"]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert_eq!(archive.query(&["festival", "--duplicates", "show"])["total"], 3200);
    });
}
