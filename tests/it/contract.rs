//! What scripts rely on: fields, formats, output streams and exit codes.

use std::process::Stdio;

use serde_json::Value;

use crate::support::{Archive, field_of_hits};

fn archive() -> Archive {
    Archive::of(&[
        (
            "a.txt",
            "Title: Cruise runs\nDate: 2021-01-26\nSource: www.example.com\nURL: https://example.com/a\n\nTom Cruise runs in Paris. He smiled.",
        ),
        ("b.md", "---\ntitle: Atwell acts\ndate: 2020-05-01\n---\nHayley Atwell and *Tom Cruise* act in London."),
        (
            "c.jsonl",
            "{\"id\":\"c one\",\"title\":\"Pegg jokes\",\"text\":\"Simon Pegg tells Tom Cruise a joke.\",\"date\":\"2022-02-02\"}\n",
        ),
    ])
}

#[test]
fn json_has_the_fields_of_the_contract() {
    let answer = archive().query(&["Tom Cruise"]);
    assert_eq!(answer["schema"], 1);
    assert_eq!(answer["query"], "Tom Cruise");
    assert_eq!(answer["total"], 3);
    assert!(answer["took_ms"].is_f64() && answer["suggestion"].is_null());
    for kind in ["person", "character", "work", "organization", "place", "event"] {
        assert!(answer["facets"][kind].is_array(), "{kind}");
    }
    for (rank, hit) in answer["hits"].as_array().unwrap().iter().enumerate() {
        assert_eq!(hit["rank"], rank + 1);
        for field in
            ["id", "score", "path", "title", "published", "source", "url", "snippets", "entities", "duplicates"]
        {
            assert!(hit.get(field).is_some(), "{field}");
        }
        let snippet = &hit["snippets"][0];
        assert_eq!(snippet["field"], "body");
    }
}

#[test]
fn offsets_refer_to_the_text_that_show_prints() {
    let archive = archive();
    for hit in archive.query(&["cruise"])["hits"].as_array().unwrap() {
        let shown = archive.run(["show", hit["id"].as_str().unwrap(), "--format", "json"]).json();
        let snippet = &hit["snippets"][0];
        let (start, end) = (snippet["start"].as_u64().unwrap() as usize, snippet["end"].as_u64().unwrap() as usize);
        assert_eq!(&shown["text"].as_str().unwrap()[start..end], snippet["text"].as_str().unwrap());
    }
}

#[test]
fn annotation_offsets_refer_to_the_file() {
    let archive = archive();
    let run = archive.run(["annotate", "in/a.txt", "--format", "jsonl"]);
    let line = &run.lines()[0];
    let file = std::fs::read_to_string(archive.path("in/a.txt")).unwrap();
    assert_eq!(line["text"], Value::from(file.as_str()));
    let mut end = 0;
    for mention in line["mentions"].as_array().unwrap() {
        let at = |field: &str| mention[field].as_u64().unwrap() as usize;
        assert!(at("start") >= end, "mentions overlap: {line}");
        end = at("end");
        assert_eq!(&file[at("start")..end], mention["text"].as_str().unwrap());
    }
    let names: Vec<_> = line["mentions"].as_array().unwrap().iter().map(|m| m["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"Tom Cruise") && names.contains(&"Paris"), "{names:?}");
}

#[test]
fn every_format_prints() {
    let archive = archive();
    let run = |format: &str| archive.run(["query", "tom cruise", "--format", format]).out;
    assert_eq!(run("jsonl").lines().count(), 3);
    let csv = run("csv");
    assert!(csv.starts_with("rank,id,score,published,source,title,path,url,snippet\n1,"), "{csv}");
    assert_eq!(csv.lines().count(), 4);
    for line in run("trec").lines() {
        let columns: Vec<_> = line.split(' ').collect();
        assert_eq!((columns.len(), columns[0], columns[1], columns[5]), (6, "1", "Q0", "newsearch"), "{line}");
    }
    let mut paths: Vec<String> = run("paths").lines().map(str::to_owned).collect();
    paths.sort();
    assert_eq!(paths, ["in/a.txt", "in/b.md", "in/c.jsonl"]);
    let null = archive.run(["query", "tom cruise", "--format", "paths", "--null"]).out;
    assert_eq!(null.matches('\0').count(), 3);
    let human = run("human");
    assert!(human.contains("Cruise runs") && human.contains("people") && !human.contains('\u{1b}'), "{human}");
}

#[test]
fn ids_are_those_of_records_and_stable_otherwise() {
    let archive = archive();
    let before = field_of_hits(&archive.query(&["cruise", "--sort", "oldest"]), "id");
    assert_eq!(before[2], "c one");
    std::fs::remove_dir_all(archive.path("index")).unwrap();
    archive.run(["index", "./in/"]);
    assert_eq!(field_of_hits(&archive.query(&["cruise", "--sort", "oldest"]), "id"), before);
}

#[test]
fn filters_restrict() {
    let archive = archive();
    let total = |args: &[&str]| archive.query(args)["total"].as_u64().unwrap();
    assert_eq!(total(&["--person", "Tom Cruise"]), 3);
    assert_eq!(total(&["--person", "tom cruise", "--person", "Simon Pegg"]), 1);
    assert_eq!(total(&["cruise", "--place", "Paris"]), 1);
    assert_eq!(total(&["--source", "example"]), 1);
    assert_eq!(total(&["--source", "example.com", "--since", "2022"]), 0);
    assert_eq!(total(&["--since", "2020-05", "--until", "2021"]), 2);
    assert_eq!(total(&["--person", "Nobody Known"]), 0);
    assert_eq!(total(&["+cruise -paris"]), 2);
    assert_eq!(total(&["acting"]), 1, "word forms match");
    assert_eq!(total(&["acting", "--exact"]), 0);
}

#[test]
fn words_without_any_hit_are_reported() {
    let archive = archive();
    let answer = archive.query(&["cruise xyzzy", "--no-correct"]);
    assert_eq!((answer["total"].as_u64(), &answer["missing"]), (Some(3), &serde_json::json!(["xyzzy"])));
    assert!(archive.run(["query", "cruise xyzzy"]).out.contains("no article has “xyzzy”"));
    assert_eq!(archive.query(&["cruise"])["missing"], serde_json::json!([]));
}

#[test]
fn exit_codes_and_streams() {
    let archive = archive();
    assert_eq!(archive.run(["query", "cruise"]).code, 0);
    let nothing = archive.run(["query", "xyzzy"]);
    assert_eq!((nothing.code, nothing.err.as_str()), (1, ""));
    let error = archive.run(["query", "open NEAR/3"]);
    assert_eq!((error.code, error.out.as_str()), (2, ""));
    assert_eq!(archive.run(["query"]).code, 2);
    assert_eq!(archive.run(["query", "cruise", "--format", "yaml"]).code, 2);
    assert_eq!(archive.run(["show", "none"]).code, 1);
    assert_eq!(archive.run(["index", "in", "-q"]).err, "");
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let archive = archive();
    let mut child = archive
        .command(["batch", "--limit", "3"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let queries = "cruise\n".repeat(3000);
    let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), queries.as_bytes());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn help_man_and_completions_are_printed() {
    let archive = Archive::new();
    assert!(archive.run(["completions", "bash"]).out.contains("_newsearch"));
    assert!(archive.run(["man"]).out.contains(".TH newsearch"));
    for command in ["index", "query", "batch", "annotate", "show", "stats"] {
        assert!(archive.run([command, "--help"]).out.contains("Usage:"), "{command}");
    }
}
