//! Queries over the sample articles.

use crate::support::{Archive, corpus, facet, field_of_hits};

fn indexed() -> Archive {
    let archive = Archive::new();
    let run = archive.run(["index".as_ref(), corpus().as_os_str()]);
    assert_eq!(run.code, 0, "{}", run.err);
    archive
}

#[test]
fn the_sample_is_indexed_completely() {
    let archive = indexed();
    let stats = archive.run(["stats", "--format", "json"]).json();
    assert!(stats["articles"].as_u64().unwrap() >= 80, "{stats}");
    assert!(stats["names"].as_array().unwrap().iter().all(|kind| kind[1].as_u64().unwrap() > 0), "{stats}");
}

#[test]
fn an_article_about_someone_ranks_above_a_mention() {
    let archive = indexed();
    let answer = archive.query(&["Hayley Atwell"]);
    assert!(field_of_hits(&answer, "title")[0].contains("Atwell"), "{answer}");
    assert!(facet(&answer, "person").contains(&("Hayley Atwell".into(), answer["total"].as_u64().unwrap())));
}

#[test]
fn a_reposted_copy_is_collapsed() {
    let archive = indexed();
    let answer = archive.query(&["M:I 7 Memorial Day Top Gun Maverick November", "-n", "5"]);
    let hit = answer["hits"].as_array().unwrap().iter().find(|hit| !hit["duplicates"].as_array().unwrap().is_empty());
    let hit = hit.expect("a hit with a copy");
    assert!(
        hit["path"].as_str().unwrap().ends_with("mi-7-and-top-gun-trade-dates.txt"),
        "the earliest is shown: {hit}"
    );
    let shown = archive.query(&["M:I 7 Memorial Day Top Gun Maverick November", "-n", "5", "--duplicates", "show"]);
    assert!(field_of_hits(&shown, "path").iter().any(|path| path.ends_with("paramount-shifts-mi-7-to-may-2022.txt")));
}

#[test]
fn dates_restrict_and_sort() {
    let archive = indexed();
    let answer =
        archive.query(&["--person", "Tom Cruise", "--since", "2021", "--until", "2021-12", "--sort", "oldest"]);
    let dates: Vec<String> = field_of_hits(&answer, "published");
    assert!(!dates.is_empty() && dates.is_sorted(), "{dates:?}");
    assert!(dates.iter().all(|date| date.starts_with("2021")), "{dates:?}");
    let newest = archive.query(&["--since", "2019", "--sort", "newest", "-n", "30"]);
    let dates = field_of_hits(&newest, "published");
    assert!(dates.iter().rev().is_sorted(), "{dates:?}");
}

#[test]
fn pages_partition_the_ranking() {
    let archive = indexed();
    let all = field_of_hits(&archive.query(&["award", "-n", "20"]), "id");
    let mut pages = Vec::new();
    for offset in ["0", "5", "10", "15"] {
        pages.extend(field_of_hits(&archive.query(&["award", "-n", "5", "--offset", offset]), "id"));
    }
    assert_eq!(all, pages);
}
