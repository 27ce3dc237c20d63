//! The query language.

use crate::support::{Archive, Numbers, field_of_hits, highlighted};

fn archive() -> Archive {
    let article = |id: &str, rest: serde_json::Value| {
        let mut record = serde_json::json!({"id": id});
        record.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        format!("{record}\n")
    };
    let lines = [
        article(
            "a",
            serde_json::json!({"title": "Premiere in Paris", "date": "2021-03-05", "source": "www.cnn.com",
            "author": "Jane Doe", "section": "Film",
            "text": "Hayley Atwell came to Paris. She plays Peggy Carter in Captain America: The First Avenger."}),
        ),
        article(
            "b",
            serde_json::json!({"title": "Quiet week", "date": "2022-07-01", "source": "variety.com",
            "author": "John Doe", "section": "Music",
            "text": "The director said that Hayley Atwell will be back on July 14, 2023. No premiere was held in London."}),
        ),
        article(
            "c",
            serde_json::json!({"title": "Without a date",
            "text": "To be or not to be is a question that the studio has not answered. Tickets sell in Paris and London."}),
        ),
    ];
    Archive::of(&[("all.jsonl", &lines.concat())])
}

#[test]
fn every_operator_matches_as_documented() {
    let archive = archive();
    for (query, expected) in [
        ("premiere", "a b"),
        ("premiere AND paris", "a"),
        ("paris OR premiere", "a b c"),
        ("premiere NOT paris", "b"),
        ("(paris OR london) AND tickets", "c"),
        ("+premiere -london", "a"),
        ("in -premiere", "c"),
        ("\"to be or not to be\"", "c"),
        ("\"premiere held\"~1", "b"),
        ("“hayley atwell”", "a b"),
        ("tick*", "c"),
        ("studoi~", "c"),
        ("title:premiere", "a"),
        ("body:premiere", "b"),
        ("title:(premiere paris)", "a"),
        ("source:cnn", "a"),
        ("author:\"john doe\"", "b"),
        ("section:film", "a"),
        ("person:\"Hayley Atwell\"", "a b"),
        ("person:\"Hayley Atwell\" NEAR/12 \"captain america\"", "a"),
        ("\"captain america\" ADJ/12 person:\"Hayley Atwell\"", ""),
        ("person:\"Hayley Atwell\" ADJ/0 will", "b"),
        ("published:2021..2022-06", "a"),
        ("published:2022-07-01", "b"),
        ("mentions:2023-07", "b"),
        ("mentions:2023-07-14 NEAR/3 back", "b"),
        ("has:date", "a b"),
        ("-has:date paris", "c"),
        ("is:duplicate", ""),
    ] {
        let answer = archive.query(&["--sort", "oldest", "--", query]);
        let mut ids = field_of_hits(&answer, "id");
        ids.sort();
        assert_eq!(ids.join(" "), expected, "{query}");
    }
}

#[test]
fn highlights_are_what_matched() {
    let archive = archive();
    for (query, expected) in [
        ("\"to be or not to be\"", vec!["To be or not to be"]),
        ("tick*", vec!["Tickets"]),
        ("studoi~", vec!["studio"]),
        ("person:\"Hayley Atwell\" ADJ/0 will", vec!["Hayley Atwell will"]),
        ("mentions:2023-07-14", vec!["July 14, 2023"]),
    ] {
        let answer = archive.query(&["--", query]);
        assert_eq!(highlighted(&answer["hits"][0]), expected, "{query}");
    }
}

#[test]
fn names_in_plain_queries_are_linked_and_explained() {
    let archive = archive();
    let answer = archive.query(&["hayley atwell premiere", "--explain"]);
    let plan = answer["explanation"]["plan"].to_string();
    assert!(plan.contains("hayley atwell") && plan.contains("names"), "{plan}");
    let parts = answer["hits"][0]["explanation"]["parts"].as_array().unwrap();
    let sum: f64 = parts.iter().map(|part| part["score"].as_f64().unwrap()).sum();
    let explanation = &answer["hits"][0]["explanation"];
    let number = |field: &str| explanation[field].as_f64().unwrap();
    let score = sum * number("fresh") * number("places") * number("meaning") + number("together");
    assert!((score - answer["hits"][0]["score"].as_f64().unwrap()).abs() < 1e-3, "{answer}");
    let exact = archive.query(&["hayley atwell premiere", "--explain", "--exact"]);
    assert!(!exact["explanation"]["plan"].to_string().contains("names"), "{exact}");
}

#[test]
fn words_of_a_name_match_together() {
    let archive = Archive::of(&[
        ("named.txt", "Title: On set\n\nWill Smith stars in the film. Smith was praised for it."),
        ("again.txt", "Title: At home\n\nWill Smith has left. Actor Will Smith is not back."),
        ("apart.txt", "Title: In court\n\nThe judge said that Anna Smith will speak, and a smith will too."),
        ("turned.txt", "Title: In Congress\n\nThe Homeland Security committee met; another was on homeland matters."),
    ]);
    let found = |query: &str| {
        let answer = archive.query(&[query]);
        let mut paths = field_of_hits(&answer, "path");
        paths.sort();
        assert_eq!(answer["total"], paths.len());
        paths.iter().map(|path| path.trim_start_matches("in/").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found("will smith"), ["again.txt", "named.txt"]);
    assert_eq!(found("smith will"), ["again.txt", "apart.txt", "named.txt"], "in this order it is not a name");
    assert_eq!(found("+will +smith"), ["again.txt", "apart.txt", "named.txt"], "required words are not a name");
    assert_eq!(found("committee on homeland security"), ["turned.txt"]);
    // With a filter that excludes every article with the name, scattered words match.
    let answer = archive.query(&["will smith", "--person", "Anna Smith"]);
    assert_eq!(field_of_hits(&answer, "path"), ["in/apart.txt"]);
    // Queries with operators are evaluated by other code, which must agree.
    let answer = archive.query(&["will smith -nosuchword"]);
    assert_eq!(answer["total"], 2);
    let explained = archive.query(&["will smith", "--explain"]);
    assert!(explained["explanation"]["plan"].to_string().contains("together"), "{}", explained["explanation"]);
    assert_eq!(explained["missing"], serde_json::json!([]));
}

#[test]
fn snippets_prefer_the_query_over_the_filters() {
    let filler = "Nothing of note was said for quite a while by anybody who had come to see it.\n\n".repeat(9);
    let text =
        format!("Title: Notes\n\nTom Cruise came with his friends.\n\n{filler}The premiere was loud, they said.");
    let archive = Archive::of(&[("notes.txt", &text)]);
    let asked = archive.query(&["premiere", "--person", "Tom Cruise"]);
    assert_eq!(highlighted(&asked["hits"][0]), ["premiere"]);
    let alone = archive.query(&["--person", "Tom Cruise"]);
    assert_eq!(highlighted(&alone["hits"][0]), ["Tom Cruise"]);
}

#[test]
fn snippets_show_the_quotes_and_statements_asked_for() {
    let filler = "Nothing of note was said for quite a while by anybody who had come to see it.\n\n".repeat(9);
    let text = format!(
        "Title: Notes\nDate: 2021-03-04\n\nThe day was long.\n\n{filler}“It was a very long way up,” Tom Cruise said.\n\n\
         {filler}The film “Dune Harbor” will be released on May 5, 2022."
    );
    let archive = Archive::of(&[("notes.txt", &text)]);
    let quoted = archive.query(&["quote-by:\"Tom Cruise\""]);
    assert_eq!(highlighted(&quoted["hits"][0]), ["“It was a very long way up,”"]);
    let stated = archive.query(&["states:release"]);
    assert_eq!(highlighted(&stated["hits"][0]), ["May 5, 2022"]);
}

#[test]
fn a_typo_is_answered_with_a_suggestion() {
    let archive = archive();
    assert_eq!(archive.query(&["hayley atwel"])["suggestion"], "Hayley Atwell");
    assert_eq!(archive.query(&["hayley atwell"])["suggestion"], serde_json::Value::Null);
    assert_eq!(archive.query(&["zzzzqqqq"])["suggestion"], serde_json::Value::Null);
    let run = archive.run(["complete", "hayl"]);
    assert_eq!((run.code, run.out.as_str()), (0, "Hayley Atwell\n"));
    assert_eq!(archive.run(["complete", "zzz"]).code, 1);
    for command in ["complete", "entities"] {
        assert_eq!(archive.run([command, "hayl", "--format", "json"]).json()["schema"], 1, "{command}");
        let rows = archive.run([command, "hayl", "--format", "jsonl"]).lines();
        assert!(!rows.is_empty() && rows.iter().all(|row| row["schema"] == 1), "{command}: {rows:?}");
    }
}

#[test]
fn dates_and_labels_are_facets() {
    let archive = archive();
    let answer = archive.query(&[
        "paris OR premiere",
        "--facets",
        "year,month,source,section,person:5",
        "--facet-order",
        "count",
    ]);
    let facets = &answer["facets"];
    assert_eq!(facets["year"], serde_json::json!([{"name": "2022", "docs": 1}, {"name": "2021", "docs": 1}]));
    assert_eq!(facets["month"][1]["name"], "2021-03");
    assert_eq!(facets["source"].as_array().unwrap().len(), 2);
    assert_eq!(facets["source"][0]["name"], "cnn.com");
    assert_eq!(facets["section"][0]["name"], "Film");
    assert_eq!(answer["copies_counted"], true);
    let some = archive.query(&[
        "paris OR premiere",
        "--facet-order",
        "count",
        "--facets",
        "person,place",
        "--facet-search",
        "atw",
    ]);
    assert_eq!(some["facets"]["person"][0]["name"], "Hayley Atwell");
    assert_eq!(some["facets"]["place"], serde_json::json!([]));
}

#[test]
fn compare_counts_by_period() {
    let archive = archive();
    let run = archive.run(["compare", "premiere", "tickets", "--by", "year", "--format", "csv"]);
    assert_eq!(run.out, "period,premiere,tickets\n2021,1,0\n2022,1,0\nundated,0,1\n", "{}", run.err);
    let run = archive.run(["similar", "a", "--format", "jsonl"]);
    assert!(run.lines().iter().all(|hit| hit["id"] != "a"), "{}", run.out);
    assert_eq!(archive.run(["similar", "nobody"]).code, 1);
}

#[test]
fn fresh_ranks_new_articles_first() {
    let lines: String = ["1999-01-01", "2023-01-01"]
        .iter()
        .map(|date| {
            format!("{}\n", serde_json::json!({"id": date, "date": date, "text": "The studio spoke of a sequel."}))
        })
        .collect();
    let archive = Archive::of(&[("all.jsonl", &lines)]);
    let answer = archive.query(&["sequel", "--fresh", "--duplicates", "show"]);
    assert_eq!(field_of_hits(&answer, "id"), ["2023-01-01", "1999-01-01"]);
    let scores: Vec<f64> =
        answer["hits"].as_array().unwrap().iter().map(|hit| hit["score"].as_f64().unwrap()).collect();
    assert!(scores[1] < 0.6 * scores[0], "{scores:?}");
}

#[test]
fn random_queries_do_not_panic() {
    let archive = archive();
    let pieces = [
        "(",
        ")",
        "\"",
        "“",
        "”",
        "AND",
        "OR",
        "NOT",
        "NEAR/3",
        "ADJ/0",
        "NEAR/99999999999",
        "~",
        "*",
        "~2",
        "+",
        "-",
        "title:",
        "person:",
        "published:",
        "mentions:2023",
        "is:duplicate",
        "has:date",
        "source:",
        "paris",
        "hayley",
        "atwell",
        " ",
        "  ",
        "\u{0}",
        "\u{202e}",
        "é",
        "ß",
        "..",
        "2021..2022",
        ":",
        "a",
        "to be",
        "🎬",
        "\\",
        "'",
        "^3",
        "?",
        "!",
        "w/5",
        "near5",
        "AROUND(5)",
        "BUTNOT",
        "actor:",
        "before:",
        "lang:",
        "published:>",
        "[2020 TO 2021]",
        "{",
        "before 2015",
        "last summer",
        "https://x.example/a-b",
    ];
    let mut numbers = Numbers(99);
    let mut lines = String::new();
    for number in 0..3000 {
        let query: String = (0..1 + numbers.below(9))
            .map(|_| format!("{}{}", pieces[numbers.below(pieces.len())], if numbers.below(2) == 0 { " " } else { "" }))
            .collect();
        lines.push_str(&format!("{}\n", serde_json::json!({"id": number.to_string(), "query": query})));
    }
    lines.push_str(&format!(
        "{}\n",
        serde_json::json!({"id": "deep", "query": "(".repeat(10_000) + "a" + &")".repeat(10_000)})
    ));
    lines.push_str(&format!("{}\n", serde_json::json!({"id": "not", "query": "NOT ".repeat(10_000) + "a"})));
    lines.push_str(&format!("{}\n", serde_json::json!({"id": "near", "query": "a NEAR/1 ".repeat(10_000) + "a"})));
    lines.push_str(&format!("{}\n", serde_json::json!({"id": "long", "query": "paris ".repeat(10_000)})));
    let run = archive.run_with(["batch", "--explain"], &lines);
    assert!(!run.err.contains("panicked") && run.code != -1, "{}", run.err);
    let answers = run.lines();
    assert_eq!(answers.len(), 3004);
    assert!(answers.iter().all(|answer| answer["error"].is_string() != answer["hits"].is_array()));
    let of = |id: &str| answers.iter().find(|answer| answer["id"] == id).unwrap();
    assert!(of("deep")["error"].as_str().unwrap().contains("flatter"));
    assert!(of("near")["error"].as_str().unwrap().contains("in a row"));
    assert!(of("not")["hits"].is_array() && of("long")["hits"].is_array());
}

#[test]
fn words_are_found_by_their_parts_and_through_invisible_characters() {
    let lines = [
        "{\"id\":\"a\",\"title\":\"Glue\",\"text\":\"The studio closed the casting.Ada Brook plays a thief, TMZ.example says.\"}\n",
        "{\"id\":\"b\",\"title\":\"Soft\",\"text\":\"Then A\u{ad}da Br\u{200b}ook\u{200e} sang with will.i.example for 3.5 hours in the U.S. heat.\"}\n",
        "{\"id\":\"c\",\"title\":\"Sign\",\"text\":\"The album ÷ sold well in Sweden, said Dr.Tide of l’Étoile.\"}\n",
    ];
    let archive = Archive::of(&[("all.jsonl", &lines.concat())]);
    for (query, expected) in [
        ("ada", "a b"),
        ("\"ada brook\"", "a b"),
        ("A\u{200d}da\u{ad}", "a b"),
        ("person:\"Ada Brook\"", "a b"),
        ("\"casting ada\"", "a"),
        ("tmz", "a"),
        ("TMZ.example", "a"),
        ("\"example says\"", "a"),
        ("will.i.example", "b"),
        ("3.5", "b"),
        ("5", ""),
        ("\"u.s. heat\"", "b"),
        ("\"dr. tide\"", "c"),
        ("dr.tide", "c"),
        ("étoile", "c"),
        ("÷", "c"),
    ] {
        let answer = archive.query(&["--sort", "oldest", query]);
        let mut ids = field_of_hits(&answer, "id");
        ids.sort();
        assert_eq!(ids.join(" "), expected, "{query}");
    }
    let soft = archive.query(&["ada brook will.i.example"]);
    let marked = highlighted(&soft["hits"][0]);
    assert!(marked.iter().any(|text| text == "A\u{ad}da Br\u{200b}ook"), "{marked:?}");
}
