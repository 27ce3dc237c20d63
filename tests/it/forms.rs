//! What a typed word finds: its inflections, its other spellings, and what it is short for.

use serde_json::json;

use crate::support::Archive;

/// An archive of articles, each an id, a title and a text.
fn archive(articles: &[(&str, &str, &str)]) -> Archive {
    let archive = Archive::new();
    let lines: Vec<String> =
        articles.iter().map(|(id, title, text)| json!({"id": id, "title": title, "text": text}).to_string()).collect();
    archive.write("all.jsonl", lines.join("\n").as_bytes());
    let run = archive.run(["index", "in"]);
    assert_eq!(run.code, 0, "{}", run.err);
    archive
}

/// Checks which articles queries find.
fn check(archive: &Archive, queries: &[(&str, &str)]) {
    for (query, expected) in queries {
        let run = archive.run(["query", "--format", "jsonl", "--limit", "50", "--duplicates", "show", "--", query]);
        let mut ids: Vec<String> = run.lines().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect();
        ids.sort();
        assert_eq!(ids.join(" "), *expected, "{query}: {}", run.err);
    }
}

#[test]
fn words_find_their_inflections_and_no_other_words() {
    let archive = archive(&[
        ("a", "A series", "The premiere of the series drew a crowd. Its succession is open."),
        ("b", "The premier", "The premier spoke of several successes and of animals."),
        ("c", "They premiered it", "It premiered late. An animal slept. He ran."),
        ("d", "Severance pay", "Severance was paid. They run a university and won."),
        ("e", "The universe", "An anime about the universe. They win successively."),
    ]);
    check(
        &archive,
        &[
            ("premiere", "a c"),
            ("premieres", "a c"),
            ("premier", "b"),
            ("succession", "a"),
            ("success", "b"),
            ("severance", "d"),
            ("several", "b"),
            ("anime", "e"),
            ("animal", "b c"),
            ("universe", "e"),
            ("universities", "d"),
            ("running", "c d"),
            ("winning", "d e"),
            ("+succession", "a"),
            ("succession AND crowd", "a"),
        ],
    );
    // In a longer query other forms of the stem add to the score, and match nothing alone.
    let explained = archive.run(["query", "the premier and his success", "--explain"]);
    assert!(explained.out.contains("idf"), "{}", explained.out);
}

#[test]
fn names_are_no_inflections() {
    let text = |name: &str| {
        format!("“{name}” is a film. The film “{name}” opened. Critics praised “{name}” and the cast of “{name}.”")
    };
    let archive = archive(&[
        ("a", "“Wicked” opens", &text("Wicked")),
        ("b", "A candle", "The wick of a candle burned. Wicks are cheap."),
    ]);
    check(&archive, &[("wicked", "a"), ("wick", "b")]);
}

#[test]
fn compounds_are_found_in_all_spellings() {
    let archive = archive(&[
        ("hyphen", "Spider-Man: No Way Home leads", "Spider-Man: No Way Home leads the box office."),
        ("one", "Box office", "The boys saw spiderman no way home twice."),
        ("two", "A costume", "A spider man costume was sold. The spider man no way home tie-in sold out."),
        ("x", "X-Men reboot", "The X-Men film shoots in Atlanta."),
        ("x1", "Toy aisle", "Old xmen toys sell for more."),
        ("rock", "It is rock'n'roll", "Rock'n'roll lives on."),
        ("rock3", "A museum", "The museum of rock 'n' roll closed."),
        ("rock&", "A hall", "The hall of rock & roll opened."),
        ("none", "Ferry timetable", "A spider looked at the man. Men rolled a rock on board."),
    ]);
    check(
        &archive,
        &[
            ("spider-man", "hyphen one two"),
            ("spiderman", "hyphen one two"),
            ("\"spiderman no way home\"", "hyphen one two"),
            ("\"spider-man no way home\"", "hyphen one two"),
            ("\"spider man no way home\"", "hyphen one two"),
            ("spider-m*", "hyphen one two"),
            ("x-men", "x x1"),
            ("xmen", "x x1"),
            ("x-m*", "x x1"),
            ("rock'n'roll", "rock rock3"),
            ("\"rock n roll\"", "rock rock& rock3"),
            ("\"rock and roll\"", "rock& rock3"),
            ("-spiderman -rock*  film", "x"),
        ],
    );
    let ids = |query: &str| {
        let run = archive.run(["query", "--format", "jsonl", "--", query]);
        run.lines().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect::<Vec<String>>()
    };
    for query in ["spider man", "spiderman no way home", "rock n roll", "rock & roll"] {
        let found = ids(query);
        let wanted: &[&str] = if query.starts_with('s') { &["one", "two"] } else { &["rock", "rock3", "rock&"] };
        assert!(wanted.iter().all(|id| found.iter().any(|found| found == id)), "{query}: {found:?}");
    }
}

#[test]
fn signs_ands_and_marks() {
    let archive = archive(&[
        ("law", "Law & Order returns", "Law & Order is back."),
        ("law2", "Law and Order returns", "Law and Order is back."),
        ("law3", "A law", "A law and an order."),
        ("div", "An album", "The album “÷” sold well. A concert of ÷ songs."),
        ("chk", "A band", "The band !!! played. Wow!!! It was loud."),
        ("film", "Emoji", "🎬 night at the club. Watch it🎬"),
        ("adele", "Un film", "La Vie d'Adèle a gagné."),
        ("el", "ΚΥΝΟΔΟΝΤΑΣ", "Ο ΓΙΩΡΓΟΣ ΛΑΝΘΙΜΟΣ."),
        ("el2", "Κυνόδοντας", "Ο Γιώργος Λάνθιμος."),
        ("hi", "फिल्म", "हिन्दी फिल्म।"),
        ("hi2", "दूसरा", "हनद फलम।"),
        ("ja", "宮崎駿の新作", "パリの新作。"),
        ("ja2", "工業", "ハリの工場。"),
    ]);
    check(
        &archive,
        &[
            ("\"law & order\"", "law law2"),
            ("\"law and order\"", "law law2"),
            ("law & order", "law law2 law3"),
            ("÷", "div"),
            ("\"÷ songs\"", "div"),
            ("work:\"÷\"", "div"),
            ("!!!", "chk"),
            ("🎬", "film"),
            ("🎬 night", "film"),
            ("adele", "adele"),
            ("d'Adèle", "adele"),
            ("\"vie d’Adèle\"", "adele"),
            ("\"vie adele\"", "adele"),
            ("κυνοδοντας", "el el2"),
            ("ΚΥΝΟΔΟΝΤΑΣ", "el el2"),
            ("हिन्दी", "hi"),
            ("パリ", "ja"),
            ("ハリ", "ja2"),
            ("宮崎*", "ja"),
        ],
    );
}

#[test]
fn initials_abbreviations_and_numbers() {
    let film = |name: &str| format!("The film “{name}” opened. Critics praised “{name}” and the cast of “{name}.”");
    let archive = archive(&[
        ("lotr", "“The Lord of the Rings” returns", &film("The Lord of the Rings")),
        ("got", "“Game of Thrones” ends", &film("Game of Thrones")),
        ("went", "They got up", "They got up and got out of town, and nobody got hurt."),
        ("went2", "He got in", "He got in and got a seat."),
        ("tv", "A TV evening", "A new TV show with a science fiction plot."),
        ("tv2", "Television", "The television station shows a sci-fi plot."),
        ("part", "Dune: Part Two opens", "The film Dune: Part Two opened."),
        ("rocky", "Rocky III again", "The film Rocky III is back."),
    ]);
    check(
        &archive,
        &[
            ("LOTR", "lotr"),
            ("lotr", "lotr"),
            ("GoT", "got"),
            ("tv plot", "tv tv2"),
            ("television", "tv tv2"),
            ("sci-fi plot", "tv tv2"),
            ("dune part 2", "part"),
            ("rocky 3", "rocky"),
        ],
    );
}

#[test]
fn nicknames_find_the_person() {
    let archive = archive(&[
        ("full", "A tour", "Jennifer Lopez sang in Oslo. Jennifer Lopez will sing in Rome."),
        ("other", "A prize", "Jennifer Lawrence won a prize in Oslo, and thanked her mother."),
        ("birth", "A song", "Mary Holt, better known as Tina Moon, sang in Oslo. Tina Moon left."),
        ("moon", "A record", "Tina Moon said that her new record is out."),
    ]);
    // Not a word of the archive; a name that one article introduces.
    let queries =
        [("J.Lo", "full"), ("jlo", "full"), ("person:J-Law", "other"), ("person:\"Mary Holt\"", "birth moon")];
    check(&archive, &queries);
    let answer = archive.query(&["J.Lo"]);
    assert_eq!(answer["facets"]["person"][0]["name"], "Jennifer Lopez");
    let people = archive.query(&["Tina Moon"])["facets"]["person"].clone();
    assert_eq!((&people[0]["name"], &people[0]["docs"]), (&json!("Tina Moon"), &json!(2)), "{people}");
    assert!(!people.to_string().contains("Mary Holt"), "{people}");
}
