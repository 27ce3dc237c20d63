//! Corrected queries, and near misses that are no hits.

use serde_json::{Value, json};

use crate::support::{Archive, field_of_hits};

/// An archive of stars, with one article for each line.
fn archive() -> Archive {
    let texts = [
        ("a", "Oppenheimer rules the box office", "The film “Oppenheimer” stayed on top of the box office on Sunday."),
        (
            "b",
            "Barbie premieres",
            "Margot Robbie plays Barbie. Actress Margot Robbie smiled at the premiere in London.",
        ),
        ("c", "Robbie on set", "Margot Robbie, the actress, said that the box of props was lost."),
        ("d", "A band tours", "Singer Hayley Williams will tour. Hayley Williams wrote the songs herself."),
        (
            "e",
            "A star is honored",
            "Actress Hayley Mills was honored in London. Hayley Mills thanked the Disney studio.",
        ),
        ("f", "Trial begins", "Actor Johnny Depp came to the trial in Virginia. Johnny Depp said nothing."),
        (
            "g",
            "Globes",
            "The Golden Globes nominations of 2023 were read in Los Angeles at the Golden Globes breakfast.",
        ),
    ];
    let line = |(id, title, text)| format!("{}\n", json!({"id": id, "title": title, "text": text}));
    Archive::of(&[("all.jsonl", &texts.map(line).concat())])
}

#[test]
fn words_are_corrected_together_and_the_hits_shown() {
    let archive = archive();
    let check = |typed: &str, to: &str, ids: &[&str]| {
        let answer = archive.query(&[typed]);
        assert_eq!(answer["corrected"], json!({"from": typed, "to": to}), "{typed}");
        assert_eq!((&answer["suggestion"], &answer["query"]), (&json!(to), &json!(typed)));
        let found = field_of_hits(&answer, "id");
        assert!(ids.iter().all(|id| found.iter().any(|hit| hit == id)), "{typed}: {found:?}");
    };
    check("Margo Robie", "Margot Robbie", &["b", "c"]);
    check("opnheimer box ofice", "oppenheimer box office", &["a"]);
    check("golen globs noinations 2023", "golden globes nominations 2023", &["g"]);
    check("johny dep trial", "Johnny Depp trial", &["f"]);
    check("who plays margo robie in barbie", "who plays Margot Robbie in barbie", &["b"]);
}

#[test]
fn there_is_a_way_back() {
    let archive = archive();
    for flag in ["--no-correct", "--exact"] {
        let answer = archive.query(&["Margo Robie", flag]);
        assert_eq!((&answer["corrected"], &answer["hits"]), (&Value::Null, &json!([])), "{flag}");
    }
    assert_eq!(archive.query(&["Margo Robie", "--no-correct"])["suggestion"], "Margot Robbie");
    let run = archive.run(["query", "Margo Robie"]);
    let first = run.out.lines().next().unwrap_or_default();
    assert_eq!(
        (run.code, first),
        (0, "hits for Margot Robbie instead of “Margo Robie” (--no-correct to search for it)")
    );
    let batch = archive.run_with(["batch", "--format", "jsonl"], "{\"query\":\"Margo Robie\",\"correct\":false}\n");
    assert_eq!(batch.lines()[0]["corrected"], Value::Null);
}

#[test]
fn what_is_found_is_not_corrected() {
    let archive = archive();
    for text in ["Margot Robbie", "robbie box", "hayley mills honored", "the box office", "zzzzqqqq", "\"Margo Robie\""]
    {
        let answer = archive.query(&[text]);
        assert_eq!((&answer["corrected"], &answer["suggestion"]), (&Value::Null, &Value::Null), "{text}");
    }
}

#[test]
fn other_people_of_the_same_name_are_no_hits() {
    let archive = archive();
    let near = json!([
        {"kind": "person", "name": "Hayley Mills", "articles": 1},
        {"kind": "person", "name": "Hayley Williams", "articles": 1},
    ]);
    for text in ["Hayley Atwell", "hayley atwell", "Hayley Depp"] {
        let answer = archive.query(&[text]);
        assert_eq!((&answer["total"], &answer["hits"]), (&json!(0), &json!([])), "{text}");
        assert!(
            near.as_array().unwrap().iter().all(|name| answer["near"].as_array().unwrap().contains(name)),
            "{text}"
        );
    }
    assert_eq!(archive.query(&["Hayley Atwell"])["near"], near);
    let run = archive.run(["query", "Hayley Atwell"]);
    assert_eq!(run.code, 1);
    let note = "no article has all of “Hayley Atwell”; there are Hayley Mills (1), Hayley Williams (1)";
    assert!(run.out.lines().any(|line| line == note), "{}", run.out);
    for text in ["Hayley Mills", "hayley premiere", "box premiere"] {
        assert_eq!(archive.query(&[text])["near"], json!([]), "{text}");
    }
    assert_eq!(archive.query(&["Hayley Atwell", "--no-correct"])["total"], 2);
}
