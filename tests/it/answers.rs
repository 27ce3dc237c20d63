//! Answers to questions: what credits and statements say, only where it is sure.

use serde_json::{Value, json};

use crate::support::Archive;

/// Id, date and text of each article.
const ARTICLES: &[(&str, &str, &str)] = &[
    (
        "a",
        "2023-03-01",
        "“Harbor Lights,” directed by Denise Walker, hits theaters July 14, 2023. In it, Mara Quill, played by Simone Archer, runs a ferry.",
    ),
    ("b", "2023-03-02", "Simone Archer stars as Mara Quill in “Harbor Lights,” a film about a ferry and its crew."),
    ("c", "2023-04-05", "“Night Ferry” was written by Peter Malone. “Night Ferry” hits theaters October 6, 2023."),
    ("d", "2023-06-05", "The studio said that “Night Ferry” opens in theaters November 17, 2023, and not before."),
    ("e", "2023-06-06", "“Winter Coast,” directed by Paul Hanson, is out. It is his second film."),
    ("f", "2023-06-07", "“Winter Coast,” directed by Laura Bennett, is a film about the sea."),
    ("g", "2023-06-08", "“Copper Road” might be directed by Kevin Doyle, if the studio agrees."),
    ("h", "2023-06-09", "“Silver Mile” stars Nora Hughes, Oscar Flynn and Diane Cole."),
];

fn archive() -> Archive {
    let archive = Archive::new();
    let line = |(id, date, text): &(&str, &str, &str)| {
        format!("{}\n", json!({"id": id, "date": date, "title": format!("News {id}"), "text": text}))
    };
    archive.write("all.jsonl", ARTICLES.iter().map(line).collect::<String>().as_bytes());
    assert_eq!(archive.run(["index", "in"]).code, 0);
    archive
}

#[test]
fn questions_are_answered_where_articles_are_sure() {
    let archive = archive();
    for (question, expected) in [
        ("who plays Mara Quill", Some(("Simone Archer", 2))),
        ("WHO PLAYS MARA QUILL?", Some(("Simone Archer", 2))),
        ("who plays mara quill in harbor lights?", Some(("Simone Archer", 2))),
        ("who directed Harbor Lights", Some(("Denise Walker", 1))),
        ("who is the director of “Harbor Lights”?", Some(("Denise Walker", 1))),
        ("who wrote Night Ferry", Some(("Peter Malone", 1))),
        ("who stars in Silver Mile", Some(("Nora Hughes, Oscar Flynn, Diane Cole", 1))),
        ("when does Harbor Lights come out", Some(("2023-07-14", 1))),
        ("when does night ferry come out?", Some(("2023-11-17", 1))),
        // Two that were stated, two directors, a doubt, nothing stated, no such name.
        ("when did Night Ferry come out", None),
        ("who directed Winter Coast", None),
        ("who directed Copper Road", None),
        ("who created Night Ferry", None),
        ("who plays Captain Nobody", None),
        ("harbor lights ferry", None),
    ] {
        let answer = archive.query(&[question]);
        let found = answer
            .get("answer")
            .map(|known| (known["answer"].as_str().unwrap().to_owned(), known["support"].as_u64().unwrap()));
        assert_eq!(found, expected.map(|(name, support)| (name.to_owned(), support)), "{question}");
    }
}

#[test]
fn answers_come_with_their_sentence() {
    let archive = archive();
    let answer = archive.query(&["who directed harbor lights"]);
    let known: &Value = &answer["answer"];
    assert_eq!(
        (&known["question"], &known["subject"], &known["article"], &known["date"]),
        (&json!("directs"), &json!("Harbor Lights"), &json!("a"), &json!("2023-03-01"))
    );
    let shown = archive.run(["show", "a", "--format", "json"]).json();
    let (start, end) = (known["span"][0].as_u64().unwrap() as usize, known["span"][1].as_u64().unwrap() as usize);
    assert_eq!(&shown["text"].as_str().unwrap()[start..end], known["sentence"].as_str().unwrap());
    let text = archive.run(["query", "who directed harbor lights"]).out;
    assert!(text.starts_with("Denise Walker  1 article says so\n    “Harbor Lights,” directed by"), "{text}");
}

#[test]
fn filters_and_later_pages_have_no_answer() {
    let archive = archive();
    for args in
        [&["who directed harbor lights", "--offset", "1"][..], &["who directed harbor lights", "--since", "2023-03-01"]]
    {
        assert_eq!(archive.query(args).get("answer"), None, "{args:?}");
    }
}
