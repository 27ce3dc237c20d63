//! Entities: linking over the archive, and the alias ledger.

use std::fs;

use serde_json::Value;

use crate::support::{Archive, Run, facet, field_of_hits};

/// Articles that name the same people in different forms.
fn archive() -> Archive {
    Archive::of(&[
        ("a.txt", "Yesterday Simon Pegg said so. Simon Pegg plays Benji Dunn in “Mission: Impossible 7”."),
        ("b.txt", "Actor Simon Pegg is back. Simon Pegg returns as Benjamin Dunn in “Mission: Impossible 7” soon."),
        ("c.txt", "Yesterday Hayley Atwell met Simon Pegg in London. Atwell said so."),
        ("d.txt", "Yesterday Viola Davis went home, the police in London said."),
        ("e.txt", "Yesterday Robert Downey Jr. met Robert Downey Sr. in London."),
        ("f.txt", "Fans saw “Toy Story 3” and “Toy Story 4” in London."),
    ])
}

fn entities(archive: &Archive, args: &[&str]) -> Run {
    archive.run(["entities"].iter().chain(args))
}

fn decide(archive: &Archive, args: &[&str]) {
    let run = entities(archive, args);
    assert_eq!(run.code, 0, "{args:?}: {}", run.err);
}

fn people(archive: &Archive, query: &[&str]) -> Vec<(String, u64)> {
    facet(&archive.query(&[query, &["--facets", "person:50", "--facet-order", "count"]].concat()), "person")
}

fn listed(archive: &Archive, args: &[&str]) -> Vec<(String, String, u64)> {
    let run = entities(archive, &[args, &["--format", "jsonl"]].concat());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    run.lines().iter().map(|e| (text(&e["kind"]), text(&e["name"]), e["articles"].as_u64().unwrap())).collect()
}

#[test]
fn a_merge_takes_effect_at_the_next_query_and_can_be_undone() {
    let archive = archive();
    let apart = people(&archive, &["London"]);
    assert!(apart.contains(&("Hayley Atwell".into(), 1)), "{apart:?}");
    decide(&archive, &["merge", "Hayley Atwell", "Viola Davis"]);
    let merged = people(&archive, &["London"]);
    assert!(merged.contains(&("Hayley Atwell".into(), 2)), "{merged:?}");
    assert!(!merged.iter().any(|(name, _)| name == "Viola Davis"));
    for name in ["Hayley Atwell", "Viola Davis"] {
        let mut hits = field_of_hits(&archive.query(&["--person", name]), "path");
        hits.sort();
        assert_eq!(hits, ["in/c.txt", "in/d.txt"], "{name}");
    }
    decide(&archive, &["undo"]);
    assert_eq!(people(&archive, &["London"]), apart);
    assert_eq!(entities(&archive, &["undo"]).code, 1);
}

#[test]
fn decisions_survive_the_index() {
    let archive = archive();
    decide(&archive, &["merge", "Hayley Atwell", "Viola Davis"]);
    decide(&archive, &["rename", "Simon Pegg", "Simon J. Pegg"]);
    decide(&archive, &["hide", "work:Toy Story 4"]);
    decide(&archive, &["retype", "place:London", "organization"]);
    let check = || {
        assert!(people(&archive, &["London"]).contains(&("Hayley Atwell".into(), 2)));
        assert!(people(&archive, &["--person", "Simon Pegg"]).contains(&("Simon J. Pegg".into(), 3)));
        assert_eq!(archive.query(&["--person", "Simon J. Pegg"])["total"], 3);
        assert_eq!(archive.query(&["--work", "Toy Story 4"])["total"], 0);
        assert_eq!(archive.query(&["--organization", "London"])["total"], 4);
        assert_eq!(archive.query(&["--place", "London"])["total"], 0);
    };
    check();
    // Indexed again after a change, then from the ledger alone.
    archive.write("g.txt", b"Nothing of note.");
    assert_eq!(archive.run(["index", "in"]).code, 0);
    check();
    for entry in fs::read_dir(archive.path("index")).unwrap().map(Result::unwrap) {
        if entry.file_name() != "aliases.toml" {
            fs::remove_file(entry.path()).unwrap();
        }
    }
    assert_eq!(archive.run(["index", "in"]).code, 0);
    check();
}

#[test]
fn a_broken_decision_is_reported_and_the_others_apply() {
    let archive = archive();
    decide(&archive, &["hide", "work:Toy Story 4"]);
    let ledger = archive.path("index/aliases.toml");
    let before = fs::read_to_string(&ledger).unwrap();
    let broken = format!(
        "{before}\n[[decision]]\nmerge = [\"person:Simon Pegg\", 7]\n\n[[decision]]\nhide = \"work:Toy Story 3\"\n"
    );
    fs::write(&ledger, broken).unwrap();
    let run = archive.run(["query", "toy", "--format", "json", "--facets", "work:9", "--facet-order", "count"]);
    let line = before.lines().count() + 3;
    assert!(run.err.contains(&format!("aliases.toml line {line}:")), "{}", run.err);
    assert_eq!(run.code, 0);
    assert_eq!(facet(&run.json(), "work"), []);
    assert_eq!(entities(&archive, &[]).code, 2);
}

#[test]
fn two_spellings_of_a_role_are_merged_if_the_actor_is_the_same() {
    let archive = archive();
    let dunn = listed(&archive, &["dunn"]);
    assert_eq!(dunn, [("character".to_owned(), "Benji Dunn".to_owned(), 2)]);
    let why = entities(&archive, &["why", "Benji Dunn", "--format", "json"]).json();
    assert!(why["names"][0]["because"].as_str().unwrap().contains("played by Simon Pegg"), "{why}");
    let split = entities(&archive, &["split", "Benji Dunn", "Benjamin Dunn"]);
    assert_eq!(split.code, 0, "{}", split.err);
    assert_eq!(listed(&archive, &["dunn"]).len(), 2);
    decide(&archive, &["undo"]);
    assert_eq!(listed(&archive, &["dunn"]), dunn);
}

#[test]
fn sequels_and_generations_are_not_merged() {
    let archive = archive();
    let names: Vec<String> = listed(&archive, &[]).into_iter().map(|(_, name, _)| name).collect();
    for name in ["Robert Downey Jr.", "Robert Downey Sr.", "Toy Story 3", "Toy Story 4"] {
        assert!(names.iter().any(|known| known == name), "{name} of {names:?}");
    }
}

#[test]
fn names_are_found_by_prefix_and_despite_a_typo() {
    let archive = archive();
    assert_eq!(listed(&archive, &["atw", "--kind", "person", "--least", "1"])[0].1, "Hayley Atwell");
    let run = entities(&archive, &["hayly atwel"]);
    assert!(run.err.contains("these are alike") && run.out.contains("Hayley Atwell"), "{}{}", run.out, run.err);
    assert_eq!(entities(&archive, &["zzzz"]).code, 1);
    let run = entities(&archive, &["hide", "Haley Atwell"]);
    assert!(run.code == 2 && run.err.contains("did you mean person:Hayley Atwell"), "{}", run.err);
}

#[test]
fn why_shows_forms_with_their_sentences() {
    let archive = archive();
    let why = entities(&archive, &["why", "Hayley Atwell", "--format", "json"]).json();
    let form = why["forms"].as_array().unwrap().iter().find(|form| form["text"] == "Atwell").unwrap();
    assert_eq!(form["rule"], "surname");
    let example = &form["examples"][0];
    let text = fs::read_to_string(archive.path(example["path"].as_str().unwrap())).unwrap();
    let at = |key: &str| example[key].as_u64().unwrap() as usize;
    assert_eq!(&text[at("start")..at("end")], "Atwell");
    assert_eq!(example["sentence"], "Atwell said so.");
}

#[test]
fn refused_candidates_are_not_offered_again() {
    let archive = Archive::of(&[
        ("a.txt", "Yesterday Ernest Keith Smith met Viola Davis, Meryl Streep and Julia Roberts in Boston."),
        ("b.txt", "Yesterday Ernest Smith met Viola Davis in Denver with Tom Hanks, Emma Stone and Brad Pitt."),
        ("c.txt", "Nobody else was there, said Emma Thompson."),
    ]);
    let offered = || entities(&archive, &["candidates", "--format", "jsonl"]).lines();
    let found = offered();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["rule"], "middle-name");
    decide(&archive, &["refuse", "Ernest Smith", "Ernest Keith Smith"]);
    assert_eq!(offered().len(), 0);
}

#[test]
fn initials_of_a_title_are_its_entity() {
    let archive = Archive::of(&[
        ("a.txt", "Fans saw “Mission: Impossible 7” and “Mission: Impossible 8” in London."),
        ("b.txt", "The film “M:I 7” opened in London on Friday."),
        ("c.txt", "The film “M:I 9” is not planned."),
    ]);
    let works: Vec<(String, u64)> = listed(&archive, &["--kind", "work"]).into_iter().map(|(_, n, c)| (n, c)).collect();
    assert!(works.contains(&("Mission: Impossible 7".to_owned(), 2)), "{works:?}");
    assert!(works.contains(&("M:I 9".to_owned(), 1)), "{works:?}");
}

#[test]
fn films_of_one_title_are_two_entities() {
    let archive = Archive::of(&[
        ("a.txt", "Critics saw “Dune” (2021) and praised the film. “Dune” is long."),
        ("b.txt", "David Lynch made 1984's “Dune” in Mexico."),
    ]);
    let found = facet(&archive.query(&["dune", "--facet-order", "count"]), "work");
    assert_eq!(found, [("Dune (2021)".to_owned(), 1), ("Dune (1984)".to_owned(), 1)]);
    assert_eq!(archive.query(&["--work", "Dune (1984)"])["total"], 1);
    assert_eq!(archive.query(&["--work", "Dune"])["total"], 2);
}
