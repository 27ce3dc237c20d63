//! A cluster of three nodes gives the same answers as an index folder, and
//! survives stopped nodes:
//! `cargo test --test it cluster -- --ignored --test-threads 1`.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Archive, Run, corpus, facet, field_of_hits, in_cluster, nodes};

fn index(archive: &Archive, path: &Path) -> Run {
    let run = archive.run(["index".as_ref(), path.as_os_str()]);
    assert_eq!(run.code, 0, "{}", run.err);
    run
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

/// The answer of a command, without the fields that differ from run to run.
fn answer_of(archive: &Archive, args: &[&str]) -> Value {
    let run = archive.run(args);
    assert!(run.code < 2, "{args:?}: {}", run.err);
    let mut answer: Value = serde_json::from_str(&run.out).unwrap_or(Value::String(run.out));
    if let Some(answer) = answer.as_object_mut() {
        for key in ["took_ms", "index_bytes", "sizes", "segments", "commits", "text_bytes", "roots"] {
            answer.remove(key);
        }
    }
    answer
}

#[test]
#[ignore = "needs Java 17 and Maven"]
fn every_answer_equals_that_of_a_folder() {
    let nodes = nodes();
    let folder = Archive::new();
    index(&folder, &corpus());
    in_cluster(&nodes.all(), || {
        let cluster = Archive::new();
        index(&cluster, &corpus());
        for query in QUERIES {
            let args = [&["query", "--format", "json"], *query].concat();
            assert_eq!(answer_of(&cluster, &args), answer_of(&folder, &args), "{query:?}");
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
                assert_eq!(answer_of(&cluster, args), answer_of(&folder, args), "{args:?}");
            }
        }
    });
}

#[test]
#[ignore = "needs Java 17 and Maven"]
fn decisions_on_names_take_effect_at_once() {
    let nodes = nodes();
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
#[ignore = "needs Java 17 and Maven"]
fn changed_deleted_and_moved_files_are_noticed() {
    let nodes = nodes();
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
#[ignore = "needs Java 17 and Maven"]
fn replicas_without_a_node_are_not_awaited() {
    let nodes = nodes();
    in_cluster(&nodes.all(), || {
        let archive = Archive::new();
        archive.write("a.txt", b"Greta Gerwig directs Barbie.");
        let mut command = archive.command(["index", "in", "--replicas", "3"]);
        let run = command.env("NEWSEARCH_ENGINE_PATIENCE", "6").output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        assert_eq!(archive.query(&["barbie"])["total"], 1);
    });
}

/// Writes a JSON-lines file of `articles` articles, none a near-duplicate of another.
fn many(archive: &Archive, name: &str, articles: usize) {
    let line = |at: usize| {
        let songs: String =
            (0..20).map(|song| format!("The crowd cheered and sang {name}song{}. ", at * 20 + song)).collect();
        let text = format!("Tom Cruise opened festival number {at} in London. {songs}");
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
#[ignore = "needs Java 17 and Maven"]
fn two_machines_index_at_once() {
    let nodes = nodes();
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
#[ignore = "needs Java 17 and Maven"]
fn a_stopped_node_changes_no_answer() {
    let mut nodes = nodes();
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
#[ignore = "needs Java 17 and Maven"]
fn a_lost_majority_is_an_error_and_a_later_run_completes() {
    let mut nodes = nodes();
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
        nodes.await_whole();
        let run = archive.run(["index", "in"]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert_eq!(archive.query(&["festival", "--duplicates", "show"])["total"], 3200);
    });
}
