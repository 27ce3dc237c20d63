//! Queries that are read otherwise than typed say so; capitals and pasted marks change
//! nothing.

use serde_json::{Value, json};

use crate::support::{Archive, field_of_hits};

/// Questions of all kinds, each as it may be typed.
const QUESTIONS: &[&str] = &[
    "Hayley Atwell",
    "hayley atwell premiere Paris",
    "Who plays Peggy Carter?",
    "What did Hayley Atwell say about the sequel?",
    "Tom and Jerry",
    "Trick or Treat",
    "Dead or Alive",
    "To be or not to be",
    "ready or not",
    "Believe it or not",
    "The Good, the Bad and the Ugly",
    "Romeo (and Juliet) return",
    "“Top Gun: Maverick” and its premiere",
    "\"top gun\" or \"captain america\" in cinemas",
    "Who said \"to be or not to be\" (and why)?",
    "Ocean’s Eleven",
    "Ocean's Eleven",
    "Conan O’Brien's podcast",
    "O'Brien",
    "‘Barbie’ and ‘Oppenheimer’",
    "rock 'n' roll",
    "D’Angelo",
    "d'Adèle",
    "Beyoncé’s tour",
    "Zoë Kravitz in The Batman",
    "Björk",
    "Straße",
    "Łódź film festival",
    "AC/DC",
    "M:I 7",
    "Mission: Impossible",
    "Mission: Impossible – Dead Reckoning Part One",
    "Re: hello",
    "12:30 screening",
    "9/11 documentary",
    "3:10 to Yuma",
    "U.S. box office",
    "J.J. Abrams",
    "Mr. & Mrs. Smith",
    "will.i.am",
    "TMZ.com",
    "Spider-Man",
    "X-Men '97",
    "Jay-Z",
    "Paramount+",
    "Law & Order",
    "#MeToo",
    "@hayley_atwell",
    "Wham!",
    "Jeopardy! host",
    "P!nk",
    "A$AP Rocky",
    "Se7en",
    "5'10\" actor",
    "Hayley Atwell, Tom Cruise, Simon Pegg",
    "Hayley Atwell... and Tom Cruise",
    "• Tom Cruise",
    "- Tom Cruise",
    "What (if anything) did [Tom Cruise] sing?",
    "films directed by women not men",
    "why is the Oscars ceremony so long",
    "Is it true that Tom Cruise and Hayley Atwell are not friends or partners?",
    "-london premiere",
    "premiere -\"Tom Cruise\"",
    "+premiere Paris",
    "prem* Paris",
    "spielbreg~",
    "\"premiere Paris\"~2",
    "title:premiere",
    "person:\"Hayley Atwell\"",
    "source:cnn Atwell",
    "Blade Runner 2049",
    "class of 1999",
    "Oscars before 2015",
];

fn archive() -> Archive {
    let article = |id: &str, title: &str, date: &str, text: &str| {
        format!("{}\n", json!({"id": id, "title": title, "date": date, "source": "www.cnn.com", "text": text}))
    };
    let lines = [
        article(
            "a",
            "Premiere in Paris",
            "2014-03-05",
            "Hayley Atwell came to Paris for the premiere. She plays Peggy Carter in Captain America.",
        ),
        article(
            "b",
            "Quiet week",
            "2022-07-01",
            "Tom Cruise was in London. Top Gun: Maverick had a premiere there, and Tom Cruise sang.",
        ),
        article(
            "c",
            "A question",
            "2014-01-02",
            "To be or not to be is the question of a documentary about the Oscars. Jerry and Tom sing at 12:30.",
        ),
        article(
            "d",
            "Box office",
            "2018-06-01",
            "The Batman, Spider-Man and Ocean’s Eleven led the U.S. box office. O’Brien and J.J. Abrams came. #MeToo too.",
        ),
        article(
            "e",
            "Mission: Impossible returns",
            "2023-05-01",
            "Mission: Impossible is back, said Conan O’Brien to TMZ.com. Beyoncé and Jay-Z saw Trick or Treat.",
        ),
        article(
            "f",
            "In 1994",
            "1999-05-01",
            "The Oscars of 1994 were long. Tom Hanks won. Barbie and Robin were not there on July 14, 1995.",
        ),
        article("g", "Barbie", "2023-07-21", "Barbie and Batman are dolls. “Barbie” was seen by Margot Robbie."),
    ];
    Archive::of(&[("all.jsonl", &lines.concat())])
}

/// The answers to several queries, without what differs by its letters or its clock.
fn answers(archive: &Archive, queries: &[String]) -> Vec<Value> {
    let lines: Vec<String> = queries.iter().map(|query| json!({"query": query}).to_string()).collect();
    let run = archive.run_with(["batch"], &(lines.join("\n") + "\n"));
    let mut answers = run.lines();
    assert_eq!(answers.len(), queries.len());
    for answer in &mut answers {
        let object = answer.as_object_mut().unwrap();
        for key in ["took_ms", "id", "query", "missing", "suggestion", "corrected", "notes"] {
            object.remove(key);
        }
    }
    answers
}

#[test]
fn capitals_never_change_a_result() {
    let archive = archive();
    let typed: Vec<String> = QUESTIONS.iter().map(|text| (*text).to_owned()).collect();
    let upper: Vec<String> = QUESTIONS.iter().map(|text| text.to_uppercase()).collect();
    let lower: Vec<String> = QUESTIONS.iter().map(|text| text.to_lowercase()).collect();
    // One letter in lower case among many capitals.
    let slipped: Vec<String> = upper.iter().map(|text| slip(text)).collect();
    let expected = answers(&archive, &typed);
    for others in [upper, lower, slipped] {
        for ((query, expected), found) in others.iter().zip(&expected).zip(answers(&archive, &others)) {
            assert_eq!(found, *expected, "{query}");
        }
    }
}

/// A text in capitals whose last letter of a word of four or more is in lower case.
fn slip(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    match text.char_indices().rfind(|(_, c)| c.is_ascii_uppercase()) {
        Some((at, c)) if letters > 4 => format!("{}{}{}", &text[..at], c.to_ascii_lowercase(), &text[at + 1..]),
        _ => text.to_owned(),
    }
}

#[test]
fn a_headline_in_capitals_has_no_operators_and_a_boolean_query_has() {
    let archive = archive();
    for (query, expected) in [
        ("TOM CRUISE NOT HAYLEY ATWELL", "b"),
        ("BARBIE NOT ROBBIE", "f"),
        ("PARIS && PREMIERE && ATWELL", "a"),
        ("title:PREMIERE OR title:QUIET", "a b"),
    ] {
        assert_eq!(ids(&archive.query(&["--", query])), expected, "{query}");
    }
    for query in ["TO BE OR NOT TO BE", "TRICK OR TREAT", "“TOP GUN” AND (CAPTAIN AMERICA)"] {
        assert_eq!(archive.query(&[query])["hits"], archive.query(&[query.to_lowercase().as_str()])["hits"], "{query}");
    }
    // A shouted AND in prose is a word, which a note says.
    let prose = "what was it that Tom Cruise AND the people around him sang on the boat";
    let answer = archive.query(&[prose]);
    assert_eq!(kinds(&answer), ["operator-as-word"]);
    assert_eq!(answer["hits"], archive.query(&[prose.to_lowercase().as_str()])["hits"]);
}

/// The ids of the hits that answer the query, sorted.
fn ids(answer: &Value) -> String {
    let answering = answer["answering"].as_u64().unwrap() as usize;
    let mut ids: Vec<String> = field_of_hits(answer, "id").into_iter().take(answering).collect();
    ids.sort();
    ids.join(" ")
}

fn kinds(answer: &Value) -> Vec<&str> {
    answer["notes"].as_array().into_iter().flatten().map(|note| note["kind"].as_str().unwrap()).collect()
}

#[test]
fn pasted_marks_change_no_hits() {
    let archive = archive();
    let expected = archive.query(&["hayley atwell premiere"])["hits"].clone();
    for pasted in [
        "hayley atwell premiere,",
        "hayley atwell premiere...",
        "hayley atwell… premiere…",
        "hayley atwell, premiere.",
        "hayley atwell—premiere",
        "hayley atwell; premiere;",
        "• hayley atwell premiere",
        "* hayley atwell premiere",
        "- hayley atwell premiere",
        "– hayley atwell premiere",
        "hayley atwell premiere?",
        "hayley atwell premiere?!",
        "hayley atwell premiere)",
        "hayley atwell premiere]",
        "hayley atwell (premiere)",
        "hayley atwell [premiere]",
        "‘hayley’ atwell premiere",
        "'hayley' atwell 'premiere'",
        "hayley atwell’s premiere",
        "**hayley atwell** premiere",
        "*hayley* atwell _premiere_",
        "#hayley #atwell #premiere",
        "> hayley atwell premiere",
        "\u{a0}hayley\u{a0}atwell\u{a0}premiere\u{a0}",
        "hayley\tatwell\npremiere",
        "hayley atwell | premiere",
        "hayley atwell premiere \"",
        "hayley atwell premiere”",
        "“hayley atwell premiere",
        "(hayley atwell premiere",
        "hayley (atwell premiere",
        "HAYLEY ATWELL PREMIERE!",
    ] {
        assert_eq!(archive.query(&["--", pasted])["hits"], expected, "{pasted}");
    }
    let beside = archive.query(&["hayley atwell premiere https://t.co/Ab3xY7"]);
    assert_eq!((ids(&beside).as_str(), &beside["complete"], &beside["total"]), ("a", &json!(1), &json!(2)));
    let expected = archive.query(&["premiere", "paris"])["hits"].clone();
    let address = "https://www.example.com/2014/03/05/culture/premiere-paris/index.html?from=feed";
    let answer = archive.query(&[address]);
    assert_eq!((kinds(&answer), &answer["hits"]), (vec!["url"], &expected));
}

#[test]
fn a_query_read_otherwise_than_typed_says_so() {
    let archive = archive();
    for (query, expected, notes) in [
        ("\"tom cruise", "b", &["unclosed-quote"][..]),
        ("tom (cruise", "b", &["unclosed-parenthesis"]),
        ("title:(premiere", "a", &["unclosed-parenthesis"]),
        ("actor:\"Hayley Atwell\"", "a", &["field"]),
        ("film:Barbie", "g", &["field"]),
        ("date:2022 premiere", "b", &["field"]),
        ("year:>2020 premiere", "b", &["field"]),
        ("before:2015 premiere", "a", &["field"]),
        ("language:en premiere", "a b", &["unknown-field"]),
        ("published:>2020 premiere", "b", &[]),
        ("published:<=2014 premiere", "a", &[]),
        ("published:[2013 TO 2015] premiere", "a", &[]),
        ("published:[2020-01-01 TO *] premiere", "b", &[]),
        ("atwell w/5 paris", "a", &["operator"]),
        ("paris pre/9 carter", "a", &["operator"]),
        ("paris near5 atwell", "a", &["operator"]),
        ("premiere !paris", "b", &["operator"]),
        ("premiere ANDNOT paris", "b", &["operator"]),
        ("premiere^3 paris", "a", &["unsupported"]),
        ("prem?ere paris", "a", &["unsupported"]),
        ("atwel~3", "a", &["unsupported"]),
        ("is:fun premiere", "a b", &["unknown-value"]),
    ] {
        let answer = archive.query(&["--", query]);
        assert_eq!((ids(&answer).as_str(), &kinds(&answer)[..]), (expected, notes), "{query}: {answer}");
    }
    for quiet in ["Mission: Impossible", "Re: hello", "12:30", "http://x", "who: tom cruise", "M:I 7", "5'10\" actor"] {
        let answer = archive.query(&["--", quiet]);
        assert!(answer.get("notes").is_none(), "{quiet}: {answer}");
    }
}

#[test]
fn exclusions_hold_whatever_sign_follows() {
    let archive = Archive::of(&[
        ("a.txt", "The singer was heard on the radio."),
        ("b.txt", "The singer spoke of #MeToo with @anna and $uicideboy$ and of ÷ and 🎬 too."),
    ]);
    for excluded in [
        "#metoo",
        "@anna",
        "$uicideboy$",
        "\"spoke of\"",
        "(spoke)",
        "'spoke'",
        "'spoke of'",
        "‘spoke’",
        "…spoke",
        "÷",
        "🎬",
        "*spoke*",
    ] {
        for mark in ["-", "−", "NOT "] {
            let answer = archive.query(&["--", &format!("singer {mark}{excluded}")]);
            assert_eq!(field_of_hits(&answer, "path"), ["in/a.txt"], "{mark}{excluded}");
        }
    }
}

#[test]
fn dates_in_words_are_offered_as_filters() {
    let archive = archive();
    let offer = |query: &str| {
        let answer = archive.query(&["--", query]);
        let notes = answer["notes"].as_array().cloned().unwrap_or_default();
        let note = notes.iter().find(|note| note["kind"] == "date");
        note.map_or(String::new(), |note| note["query"].as_str().unwrap().to_owned())
    };
    for (query, expected) in [
        ("premiere before 2015", "premiere published:..2014"),
        ("premiere after 2019", "premiere published:2020.."),
        ("Oscars in 2014", "Oscars published:2014"),
        ("oscars in the 90s", "oscars published:1990..1999"),
        ("Barbie between 2020 and 2023", "Barbie published:2020..2023"),
        // No article is of those years, but one speaks of them.
        ("Tom Hanks in 1995", "Tom Hanks mentions:1995"),
        ("Blade Runner 2049", ""),
        ("class of 1999", ""),
        ("premiere published:2014", ""),
        ("premiere in 1950", ""),
    ] {
        assert_eq!(offer(query), expected, "{query}");
        let filtered = Some(expected).filter(|text| !text.is_empty());
        assert!(filtered.is_none_or(|text| archive.query(&["--", text])["total"] != 0), "{expected} finds nothing");
    }
}

#[test]
fn people_see_notes_above_the_hits_and_scripts_beside_them() {
    let archive = archive();
    let shown = archive.run(["query", "actor:\"Hayley Atwell\"", "--format", "human"]);
    let note = shown.out.find("“actor:” is read as person:").unwrap_or_else(|| panic!("{}", shown.out));
    assert!(note < shown.out.find("Premiere in Paris").unwrap(), "{}", shown.out);
    let paths = archive.run(["query", "actor:\"Hayley Atwell\"", "--format", "paths"]);
    assert!(!paths.out.contains("actor") && paths.err.contains("“actor:” is read as person:"), "{}", paths.err);
    let batch = archive.run_with(["batch"], "\"tom cruise\n");
    assert_eq!(kinds(&batch.lines()[0]), ["unclosed-quote"]);
}

#[test]
fn a_long_boolean_search_string_works() {
    let article = |id: &str, title: &str, text: &str| format!("{}\n", json!({"id": id, "title": title, "text": text}));
    let lines = [
        article("b", "Bats at dusk", "Batman glides over roofs."),
        article("c", "Two heroes", "Batman quarrels with Robin."),
        article("z", "A mask", "Zorro rides."),
    ];
    let archive = Archive::of(&[("all.jsonl", &lines.concat())]);
    let numbers = |mark: &str| (0..300).map(|number| format!("{mark}{number}")).collect::<Vec<_>>().join(" ");
    for numbers in [numbers("-w"), numbers("w"), numbers("")] {
        assert_eq!(ids(&archive.query(&["--", &format!("batman {numbers} -robin")])), "b");
    }
}
