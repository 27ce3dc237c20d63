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

/// The articles that have any of some words, by how many they have; without those that
/// lack `person`.
fn by_words<'m>(model: &'m Model, words: &[&str], person: Option<&str>) -> BTreeMap<usize, BTreeSet<&'m String>> {
    let mut found: BTreeMap<usize, BTreeSet<&String>> = BTreeMap::new();
    for (id, (own, people)) in &model.articles {
        let count = words.iter().filter(|word| own.contains(*word)).count();
        if count > 0 && person.is_none_or(|person| people.contains(person)) {
            found.entry(count).or_default().insert(id);
        }
    }
    found
}

#[test]
fn tiers_and_facets_equal_brute_force() {
    let mut checked = (0, 0);
    for seed in 0..4 {
        let (archive, model) = random_archive(seed);
        for words in [
            &["premiere", "studio"][..],
            &["song", "album"],
            &["stage", "ticket"],
            &["festival", "trailer", "song"],
            &["premiere", "album", "stage"],
            &["premiere", "album", "stage", "ticket"],
        ] {
            let query = |more: &[&str]| {
                archive.query(&[words, &["-n", "100", "--facets", "person:50", "--duplicates", "show"], more].concat())
            };
            let answer = query(&[]);
            let wanted = by_words(&model, words, None);
            let complete = wanted.get(&words.len()).cloned().unwrap_or_default();
            let all: BTreeSet<&String> = match words.len() {
                2 if !complete.is_empty() => complete.clone(),
                _ => wanted.values().flatten().copied().collect(),
            };
            assert_eq!(answer["complete"], complete.len(), "{words:?}");
            assert_eq!(answer["total"], all.len(), "{words:?}");
            let ids = field_of_hits(&answer, "id");
            let (first, others) = ids.split_at(complete.len());
            assert_eq!(first.iter().collect::<BTreeSet<_>>(), complete, "{words:?}");
            assert_eq!(others.iter().collect::<BTreeSet<_>>(), &all - &complete, "{words:?}");
            checked.0 += others.len();
            if complete.is_empty() {
                continue;
            }
            assert_eq!(answer["answering"], complete.len());
            checked.1 += facets_are_of(&model, &complete, &answer);
            // What stands beside a name is what is found when it is made a filter.
            for (name, docs) in facet(&answer, "person") {
                let filtered = query(&["--person", &name]);
                assert_eq!((&filtered["complete"], &filtered["answering"]), (&json!(docs), &json!(docs)), "{name}");
            }
            for hit in answer["hits"].as_array().unwrap().iter().take(complete.len()) {
                let marked: BTreeSet<String> = highlighted(hit).into_iter().collect();
                assert_eq!(marked, words.iter().map(|word| (*word).to_owned()).collect(), "{hit}");
            }
        }
    }
    assert!(checked.0 > 100 && checked.1 > 20, "{checked:?}");
}

/// Compares the people of an answer with those of its articles, ordered by how far their
/// share exceeds the archive's; returns their number.
fn facets_are_of(model: &Model, complete: &BTreeSet<&String>, answer: &serde_json::Value) -> usize {
    let mut counts: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for (id, (_, people)) in &model.articles {
        for name in people {
            let (own, all) = counts.entry(name).or_default();
            *own += f64::from(u8::from(complete.contains(id)));
            *all += 1.0;
        }
    }
    let least = if answer["total"] == 1 { 1.0 } else { 2.0 };
    let ratio = model.articles.len() as f64 / complete.len() as f64;
    let mut expected: Vec<(f64, f64, &str)> = counts
        .into_iter()
        .filter(|(_, (own, _))| *own >= least)
        .map(|(name, (own, all))| (own * (own / all * ratio).ln(), own, name))
        .collect();
    expected.sort_by(|a, b| (b.0, b.1).partial_cmp(&(a.0, a.1)).unwrap());
    let found = facet(answer, "person");
    assert_eq!(found.len(), expected.len());
    for (found, (lift, ..)) in found.iter().zip(&expected) {
        let (own_lift, own, _) = expected.iter().find(|(.., name)| *name == found.0).unwrap();
        assert_eq!(found.1, *own as u64, "{found:?}");
        assert!((own_lift - lift).abs() < 1e-9, "{found:?} stands where one of {lift} should: {expected:?}");
    }
    found.len()
}

#[test]
fn names_may_be_ordered_by_count() {
    let (archive, _) = random_archive(9);
    let answer = archive.query(&["premiere", "--facets", "person", "--facet-order", "count"]);
    assert_eq!((&answer["facet_order"], &answer["complete"]), (&json!("count"), &answer["total"]));
    let counts: Vec<u64> = facet(&answer, "person").into_iter().map(|(_, docs)| docs).collect();
    assert!(counts.len() > 2 && counts.is_sorted_by(|a, b| a >= b), "{counts:?}");
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
