//! Meaning: what is near in meaning ranks higher, and nothing else changes.

use serde_json::Value;

use crate::support::{Archive, field_of_hits};

/// Two articles with the same words of every question below, of other subjects; the
/// one about the sky is newer.
fn archive() -> Archive {
    let film =
        "Date: 2023-01-01\n\nA star is seen tonight.\n\nThe actor came to the cinema with the director of the movie.\n";
    let sky =
        "Date: 2023-01-02\n\nA star is seen tonight.\n\nThe telescope looks at a galaxy with a planet in its orbit.\n";
    let archive = Archive::of(&[("film.txt", film), ("sky.txt", sky)]);
    archive.run(["index", "."]);
    archive
}

fn order(answer: &Value) -> Vec<String> {
    field_of_hits(answer, "path")
}

#[test]
fn the_nearer_article_comes_first() {
    let archive = archive();
    let check = |args: &[&str], first: &str| {
        let answer = archive.query(args);
        assert_eq!(answer["total"], 2, "{args:?}");
        assert!(order(&answer)[0].ends_with(first), "{args:?}: {answer}");
    };
    check(&["star actress"], "film.txt");
    check(&["STAR ACTRESS"], "film.txt");
    check(&["star astronomer"], "sky.txt");
    // Equally good: the newer one.
    check(&["star actress", "--meaning", "off"], "sky.txt");
    check(&["star actress", "--exact"], "sky.txt");
    check(&["star actress", "--sort", "newest"], "sky.txt");
    check(&["star actress", "--sort", "oldest"], "film.txt");
}

#[test]
fn all_ways_to_ask_have_one_order() {
    let archive = archive();
    let page = |offset: &str| order(&archive.query(&["star actress", "-n", "1", "--offset", offset])).remove(0);
    let pages = [page("0"), page("1")];
    assert_eq!(order(&archive.query(&["star actress"])), pages);
    let all = archive.run(["query", "star actress", "--all", "--format", "jsonl"]).lines();
    let all: Vec<&str> = all.iter().filter_map(|hit| hit["path"].as_str()).collect();
    assert_eq!(all, pages);
    let batch = archive.run_with(["batch"], "{\"query\":\"star actress\",\"meaning\":false}\n");
    assert!(order(&batch.lines()[0])[0].ends_with("sky.txt"), "{}", batch.out);
}

#[test]
fn a_score_says_what_meaning_did() {
    let archive = archive();
    let factor = |args: &[&str]| {
        let answer = archive.query(&[args, &["--explain"]].concat());
        answer["hits"][0]["explanation"]["meaning"].as_f64().unwrap()
    };
    assert!(factor(&["star actress"]) > 1.05);
    assert_eq!(factor(&["star actress", "--meaning", "off"]), 1.0);
    assert_eq!(factor(&["star", "--since", "2020", "--sort", "newest"]), 1.0);
}
