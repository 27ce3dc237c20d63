//! Hits, facets and highlights against brute force on small random archives.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::support::{Archive, Numbers, facet, field_of_hits, highlighted};

const WORDS: &[&str] = &["premiere", "studio", "festival", "trailer", "ticket", "song", "stage", "album"];
const PEOPLE: &[&str] = &["Tom Cruise", "Hayley Atwell", "Simon Pegg", "Viola Davis", "Meryl Streep"];

/// The words and people of each article, by id.
struct Model {
    articles: BTreeMap<String, (BTreeSet<&'static str>, BTreeSet<&'static str>)>,
}

fn random_archive(seed: u64) -> (Archive, Model) {
    let mut numbers = Numbers(seed);
    let mut articles = BTreeMap::new();
    let mut lines = String::new();
    for number in 0..40 {
        let words: BTreeSet<_> = (0..3).map(|_| WORDS[numbers.below(WORDS.len())]).collect();
        let people: BTreeSet<_> = (0..2).map(|_| PEOPLE[numbers.below(PEOPLE.len())]).collect();
        let named = people.iter().map(|name| format!("Yesterday {name} said so. ")).collect::<String>();
        let id = format!("n{number}");
        let text =
            format!("{named}It was about a {} in town.", words.iter().copied().collect::<Vec<_>>().join(" and a "));
        lines.push_str(&format!("{}\n", json!({"id": id, "text": text})));
        articles.insert(id, (words, people));
    }
    (Archive::of(&[("all.jsonl", &lines)]), Model { articles })
}

#[test]
fn hits_and_facets_equal_brute_force() {
    let mut checked = 0;
    for seed in 0..4 {
        let (archive, model) = random_archive(seed);
        for (first, second) in [("premiere", "studio"), ("song", "album"), ("stage", "ticket")] {
            let answer = archive.query(&[first, second, "-n", "100", "--facets", "person:50", "--duplicates", "show"]);
            let wanted: BTreeSet<_> = model
                .articles
                .iter()
                .filter(|(_, (words, _))| words.contains(first) && words.contains(second))
                .collect();
            if wanted.is_empty() {
                continue;
            }
            checked += 1;
            let found: BTreeSet<String> = field_of_hits(&answer, "id").into_iter().collect();
            assert_eq!(found, wanted.iter().map(|(id, _)| (*id).clone()).collect(), "{first} {second}");
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            for (_, (_, people)) in &wanted {
                people.iter().for_each(|name| *counts.entry((*name).to_owned()).or_default() += 1);
            }
            assert_eq!(facet(&answer, "person").into_iter().collect::<BTreeMap<_, _>>(), counts);
            for hit in answer["hits"].as_array().unwrap() {
                let marked: BTreeSet<String> = highlighted(hit).into_iter().collect();
                assert_eq!(marked, [first.to_owned(), second.to_owned()].into(), "{hit}");
            }
        }
    }
    assert!(checked >= 6, "only {checked} queries match anything");
}

#[test]
fn facets_are_right_after_a_deletion() {
    let archive = Archive::of(&[
        ("a.txt", "Yesterday Tom Cruise said so."),
        ("b.txt", "Yesterday Tom Cruise and Viola Davis said so."),
    ]);
    archive.remove("b.txt");
    archive.run(["index", "in"]);
    assert_eq!(facet(&archive.query(&["yesterday"]), "person"), [("Tom Cruise".to_owned(), 1)]);
}
