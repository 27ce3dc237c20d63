//! Tags, and fields that the user names: indexed, searched, counted, shown.

use serde_json::json;

use crate::serve::Server;
use crate::support::{Archive, Run};

const LINES: &str = r#"{"id":"a","title":"Low tide","text":"Ada Brook sings.","tags":["Film Noir","Music"],"meta":{"desk":"Arts"}}
{"id":"b","title":"High tide","text":"Ada Brook acts.","keywords":"film noir; Harbor Fest","meta":{"desk":["Sports","Arts"]}}
{"id":"c","title":"No tide","text":"Bo Ray paints the noir film of a harbor."}
"#;

fn archive() -> Archive {
    let archive = Archive::new();
    archive.write("all.jsonl", LINES.as_bytes());
    let run = archive.run(["index", "in", "--field", "desk=meta.desk"]);
    assert_eq!(run.code, 0, "{}", run.err);
    archive
}

fn ids(run: &Run) -> String {
    let mut ids: Vec<String> = run.lines().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    ids.join(" ")
}

#[test]
fn queries_and_filters_find_them() {
    let archive = archive();
    for (query, expected) in [
        ("tag:\"film noir\"", "a b"),
        ("tag:FILM", "a b"),
        ("tag:\"noir music\"", ""),
        ("tide -tag:music", "b c"),
        ("desk:arts", "a b"),
        ("DESK:sports", "b"),
        ("desk:arts tag:harbor", "b"),
        ("tag:arts", ""),
    ] {
        let run = archive.run(["query", query, "--format", "jsonl"]);
        assert_eq!(ids(&run), expected, "{query}: {}", run.err);
    }
    assert_eq!(ids(&archive.run(["query", "tide", "--tag", "Harbor Fest", "--format", "jsonl"])), "b");
    let explained = archive.query(&["desk:arts", "--explain"]).to_string();
    assert!(explained.contains("desk arts"), "{explained}");
}

#[test]
fn an_unknown_field_is_a_word_and_no_facet() {
    let archive = archive();
    let run = archive.run(["query", "area:arts", "--format", "jsonl"]);
    assert_eq!((run.code, ids(&run)), (1, String::new()));
    let run = archive.run(["query", "tide", "--facets", "area"]);
    assert!(run.code == 2 && run.err.contains("tag, desk"), "{}", run.err);
}

#[test]
fn facets_count_them() {
    let archive = archive();
    let facets = &archive.query(&["tide", "--facets", "tag,desk"])["facets"];
    let expected = json!({
        "tag": [{"name": "Film Noir", "docs": 1}, {"name": "Harbor Fest", "docs": 1}, {"name": "Music", "docs": 1},
            {"name": "film noir", "docs": 1}],
        "desk": [{"name": "Arts", "docs": 2}, {"name": "Sports", "docs": 1}],
    });
    assert_eq!(*facets, expected);
    let batch = archive.run_with(["batch"], "{\"query\":\"tide\",\"tag\":\"music\",\"facets\":\"desk\"}\n").lines();
    assert_eq!((&batch[0]["total"], &batch[0]["facets"]), (&json!(1), &json!({"desk": [{"name": "Arts", "docs": 1}]})));
}

#[test]
fn articles_show_them() {
    let archive = archive();
    let shown: serde_json::Value = serde_json::from_str(&archive.run(["show", "b", "--format", "json"]).out).unwrap();
    assert_eq!(shown["tags"], json!(["film noir", "Harbor Fest"]));
    assert_eq!(shown["fields"], json!({"desk": ["Sports", "Arts"]}));
    let text = archive.run(["show", "b"]).out;
    assert!(text.contains("tags film noir · Harbor Fest") && text.contains("desk Sports · Arts"), "{text}");
    let annotated = archive.run(["annotate", "in", "--field", "desk=meta.desk", "--format", "jsonl"]).lines();
    assert_eq!(
        (&annotated[0]["tags"], &annotated[0]["fields"]["desk"]),
        (&json!(["Film Noir", "Music"]), &json!(["Arts"]))
    );
}

#[test]
fn an_index_keeps_its_fields() {
    let archive = archive();
    archive.write("d.json", br#"{"id":"d","title":"Late tide","text":"Ada Brook waits.","meta":{"desk":"Night"}}"#);
    assert_eq!(archive.run(["index", "in"]).code, 0);
    assert_eq!(ids(&archive.run(["query", "desk:night", "--format", "jsonl"])), "d");
    let other = archive.run(["index", "in", "--field", "area=meta.desk"]);
    assert!(
        other.code == 2 && other.err.contains("desk=meta.desk") && other.err.contains("--rebuild"),
        "{}",
        other.err
    );
    assert_eq!(archive.run(["index", "--rebuild"]).code, 0);
    assert_eq!(ids(&archive.run(["query", "desk:arts", "--format", "jsonl"])), "a b");
    assert_eq!(archive.run(["index", "--rebuild", "--field", "area=meta.desk"]).code, 0);
    assert_eq!(ids(&archive.run(["query", "area:arts", "--format", "jsonl"])), "a b");
    assert_eq!(ids(&archive.run(["query", "desk:arts", "--format", "jsonl"])), "");
    for (field, expected) in [("person=star", "my-person=star"), ("two words=x", "expected a name")] {
        let run = archive.run(["index", "in", "--field", field]);
        assert!(run.code == 2 && run.err.contains(expected), "{}", run.err);
    }
}

#[test]
fn tables_front_matter_headers_and_pages_have_tags() {
    let archive = Archive::of(&[
        ("t.csv", "id,title,text,tags\n1,Low tide,Ada sings.,\"['film noir', 'Harbor']\"\n"),
        ("m.md", "---\ntitle: High tide\nid: 2\ntags:\n  - film noir\n---\nAda acts.\n"),
        ("h.txt", "Title: Slack tide\nID: 3\nKeywords: film noir, fest\n\nAda waits.\n"),
        (
            "p.html",
            "<html><head><title>Spring tide</title><meta property=article:tag content='Film noir'></head><body><article><h1>Spring tide</h1><p>Ada Brook came to the harbor in the morning and sang until the evening, the crew said.</p></article></body></html>",
        ),
    ]);
    let answer = archive.query(&["tag:\"film noir\""]);
    assert_eq!(answer["total"], 4, "{answer}");
}

#[test]
fn the_api_and_the_page_know_them() {
    let archive = archive();
    let server = Server::new(&archive, &[]);
    let answer = server.get("/api/search?q=desk:sports&facets=tag").json();
    assert_eq!(answer["total"], 1, "{answer}");
    assert_eq!(answer["facets"]["tag"][0]["name"], "Harbor Fest");
    assert_eq!(server.get("/api/search?q=tide&tag=music").json()["total"], 1);
    assert_eq!(server.get("/api/search?q=tide&facets=area").status, 422);
    let page = server.get("/search?q=tide");
    assert!(page.text().contains("tag=Harbor+Fest"), "{}", page.text());
    assert!(server.get("/article/b").text().contains("/search?tag=Harbor+Fest"));
}
