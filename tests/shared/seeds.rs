//! The two real articles the project started from.

use serde_json::Value;

use crate::support::{Archive, facet, field_of_hits, highlighted, shared};

fn indexed() -> Archive {
    let seeds = shared("seeds");
    let archive = Archive::new();
    let run = archive.run(["index".as_ref(), seeds.as_os_str()]);
    assert_eq!(run.code, 0, "{}", run.err);
    archive
}

/// For each hit: 1 if it is the first seed, 2 if the second.
fn seeds_of(answer: &Value) -> Vec<usize> {
    let paths = field_of_hits(answer, "path");
    paths.iter().map(|path| if path.contains("/000_") { 1 } else { 2 }).collect()
}

fn both(answer: &Value) -> bool {
    let mut seeds = seeds_of(answer);
    seeds.sort_unstable();
    seeds == [1, 2]
}

#[test]
#[ignore = "needs ../shared"]
pub fn a_name_finds_its_sentence() {
    let archive = indexed();
    let answer = archive.query(&["Hayley Atwell"]);
    assert_eq!(seeds_of(&answer), [1]);
    let hit = &answer["hits"][0];
    let text = hit["snippets"][0]["text"].as_str().unwrap();
    assert!(text.contains("The MCU stars Pom Klementieff and Hayley Atwell"), "{text}");
    assert_eq!(highlighted(hit), ["Hayley Atwell"]);
}

#[test]
#[ignore = "needs ../shared"]
pub fn names_without_a_space_are_found_and_highlighted_whole() {
    let archive = indexed();
    for (query, glued) in [
        ("Pom Klementieff", "PomKlementieff"),
        ("\"Ving Rhames\"", "VingRhames"),
        ("Alanna Mitsopolis", "AlannaMitsopolis"),
    ] {
        let answer = archive.query(&[query]);
        assert!(both(&answer), "{query}: {answer}");
        let at = seeds_of(&answer).iter().position(|seed| *seed == 2).unwrap();
        assert_eq!(highlighted(&answer["hits"][at]), [glued]);
    }
}

#[test]
#[ignore = "needs ../shared"]
pub fn a_title_is_found_in_every_spelling() {
    let archive = indexed();
    for query in ["M:I 7", "MI7", "“Mission: Impossible 7”", "mission impossible 7"] {
        assert!(both(&archive.query(&[query])), "{query}");
    }
    assert_eq!(seeds_of(&archive.query(&["Paramount+"])), [2, 1]);
}

#[test]
#[ignore = "needs ../shared"]
pub fn facets_are_right() {
    let archive = indexed();
    let answer = archive.query(&[
        "--person",
        "Tom Cruise",
        "--facet-order",
        "count",
        "--facets",
        "person:100,work:100,character:100",
    ]);
    assert!(both(&answer));
    let people = facet(&answer, "person");
    assert!(people.contains(&("Tom Cruise".into(), 2)));
    for wrong in ["Cruise", "Mister Tom Cruise", "Numerous", "Lately", "Ethan Hunt"] {
        assert!(!people.iter().any(|(name, _)| name == wrong), "{wrong} is no person here");
    }
    let works = facet(&answer, "work");
    let sevenths: Vec<_> = works.iter().filter(|(name, _)| name.contains('7')).collect();
    assert_eq!(sevenths, [&("Mission: Impossible 7".to_owned(), 2)]);
    assert!(works.iter().any(|(name, _)| name == "Mission: Impossible 8"));
    assert!(works.contains(&("Top Gun: Maverick".into(), 2)));
    let hunt = archive.query(&["--character", "Ethan Hunt"]);
    assert!(both(&hunt));
}

#[test]
#[ignore = "needs ../shared"]
pub fn dates_are_read() {
    let archive = indexed();
    let answer = archive.query(&["Mission"]);
    for (seed, hit) in seeds_of(&answer).iter().zip(answer["hits"].as_array().unwrap()) {
        let expected = if *seed == 1 { Value::Null } else { Value::from("2022-03-25") };
        assert_eq!(hit["published"], expected);
    }
}

/// The rows of a timeline: the value, whether it is former, and the place.
fn stated(archive: &Archive, args: &[&str]) -> Vec<(String, bool, String)> {
    let run = archive.run(["timeline", "--format", "json"].iter().chain(args));
    assert_eq!(run.code, 0, "{}", run.err);
    let answer = run.json();
    let rows = ["rows", "undated"].map(|key| answer[key].as_array().unwrap().clone()).concat();
    for row in &rows {
        let evidence = &row["sentences"][0];
        assert!(evidence["sentence"].as_str().unwrap().len() > 20);
        assert!(evidence["end"].as_u64() > evidence["start"].as_u64());
    }
    let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
    let mut stated: Vec<_> =
        rows.iter().map(|row| (text(&row["value"]), row["former"] == true, text(&row["place"]))).collect();
    stated.sort();
    stated
}

#[test]
#[ignore = "needs ../shared"]
pub fn timelines_have_exactly_what_the_articles_state() {
    let archive = indexed();
    let row = |value: &str, former, place: &str| (value.to_owned(), former, place.to_owned());
    assert_eq!(
        stated(&archive, &["Mission: Impossible 7", "--what", "release"]),
        [
            row("2021-07-23", true, ""),
            row("2021-11-18", false, "Germany"),
            row("2021-11-19", true, ""),
            row("2022-05-27", true, ""),
            row("2022-09-30", true, ""),
            row("2023-07-14", false, "theaters"),
        ]
    );
    let eighth = [row("2022-11-03", false, "Germany"), row("2024-06-28", false, "")];
    assert_eq!(stated(&archive, &["Mission: Impossible 8"]), eighth);
    assert_eq!(stated(&archive, &["Top Gun: Maverick"]), [row("2021-07-08", false, "Germany")]);
    assert_eq!(stated(&archive, &["Mission: Impossible 7", "--what", "filming-wrapped"]), [row("2021-09", false, "")]);
    let text = archive.run(["timeline", "Mission: Impossible 7"]).out;
    assert!(text.contains("2021-11-19 → 2022-05-27") && text.contains("Articles without a date"), "{text}");
}

#[test]
#[ignore = "needs ../shared"]
fn the_cast_is_complete() {
    let archive = indexed();
    let cast = archive.run(["cast", "Mission: Impossible 7", "--format", "jsonl"]).lines();
    for (person, role) in [
        ("Tom Cruise", "Ethan Hunt"),
        ("Simon Pegg", "Benji Dunn"),
        ("Rebecca Ferguson", "Ilsa Faust"),
        ("Ving Rhames", "Luther Stickell"),
        ("Vanessa Kirby", "Alanna Mitsopolis"),
        ("Henry Czerny", "Eugene Kittridge"),
        ("Angela Bassett", "Erika Sloane"),
    ] {
        let credit = cast.iter().find(|c| c["person"] == person && c["role"] == role);
        let credit = credit.unwrap_or_else(|| panic!("{person} as {role} in {cast:?}"));
        assert!(!credit["sentences"][0]["sentence"].as_str().unwrap().is_empty());
    }
    let roles = archive.run(["roles", "Simon Pegg", "--format", "jsonl"]).lines();
    assert_eq!(roles[0]["work"], "Mission: Impossible 7");
}
