//! Quotes, statements, timelines and trends, through the command line and the
//! pipeline.

use newsearch::Analyzed;
use newsearch::Pipeline;
use newsearch::{Article, Span};

use crate::support::{Archive, Numbers, field_of_hits, highlighted};

fn archive() -> Archive {
    let article = |id: &str, date: &str, text: &str| {
        let record = serde_json::json!({"id": id, "title": format!("Number {id}"), "date": date, "source": "www.cnn.com", "text": text});
        format!("{record}\n")
    };
    let lines = [
        article(
            "a",
            "2020-03-01",
            "The film “Top Gun: Maverick” opens in theaters on June 26, 2020. “I love to run,” Tom Cruise told Variety. “It keeps me going.”",
        ),
        article(
            "b",
            "2020-04-02",
            "“Top Gun: Maverick” is moving from June 26, 2020 to December 23, 2020. Hayley Atwell said: “Tom Cruise never stops to rest.”",
        ),
        article(
            "c",
            "2020-07-23",
            "“Top Gun: Maverick” will be released on July 2, 2021. He loves to run, and Paris waits.",
        ),
        article(
            "d",
            "2020-08-01",
            "“Top Gun: Maverick” is due in theaters on December 23, 2020, says an old poster. Fans wrote “we love to run with him.”",
        ),
    ];
    Archive::of(&[("all.jsonl", &lines.concat())])
}

#[test]
fn a_timeline_marks_changes_and_contradictions() {
    let archive = archive();
    let found = archive.run(["timeline", "Top Gun: Maverick", "--format", "json"]).json();
    let rows: Vec<String> = found["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let text = |key: &str| row[key].as_str().unwrap_or("-").to_owned();
            let against = row["contradicts"].as_array().unwrap().len();
            format!("{} {} {} {} {against}", text("published"), text("value"), row["former"], text("changed_from"))
        })
        .collect();
    assert!(rows.contains(&"2020-04-02 2020-06-26 true - 0".to_owned()), "{rows:#?}");
    assert!(rows.contains(&"2020-04-02 2020-12-23 false 2020-06-26 0".to_owned()), "{rows:#?}");
    assert!(rows.contains(&"2020-07-23 2021-07-02 false 2020-12-23 0".to_owned()), "{rows:#?}");
    let since = archive.run(["timeline", "Top Gun: Maverick", "--since", "2020-07", "--format", "csv"]).out;
    assert_eq!(since.lines().count(), 3, "{since}");
    let run = archive.run(["timeline", "Top Gun: Maverick", "--svg", "dates.svg", "--format", "jsonl"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let chart = std::fs::read_to_string(archive.path("dates.svg")).unwrap();
    assert!(chart.starts_with("<svg") && chart.ends_with("</svg>\n") && chart.contains("2021-07-02"), "{chart}");
    assert_eq!(archive.run(["timeline", "Top Gun: Maverick", "--what", "renewed"]).code, 1);
    assert_eq!(archive.run(["timeline", "Top Gun: Maverick", "--what", "nothing"]).code, 2);
    assert_eq!(archive.run(["timeline", "No Such Film"]).code, 2);
}

#[test]
fn quotes_are_found_by_speaker_and_by_content() {
    let archive = archive();
    let said = |args: &[&str]| {
        let run = archive.run(["quotes", "--format", "jsonl"].iter().chain(args));
        let rows = run.lines();
        for row in &rows {
            let shown = archive.run(["show", row["id"].as_str().unwrap(), "--format", "json"]).json();
            let (start, end) = (row["start"].as_u64().unwrap() as usize, row["end"].as_u64().unwrap() as usize);
            assert_eq!(&shown["text"].as_str().unwrap()[start..end], row["text"].as_str().unwrap());
        }
        rows.iter().map(|row| row["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(said(&["--by", "Tom Cruise"]), ["“I love to run,”", "“It keeps me going.”"]);
    assert_eq!(said(&["--by", "Hayley Atwell", "--about", "Tom Cruise"]), ["“Tom Cruise never stops to rest.”"]);
    assert_eq!(said(&["--about", "love run"]), ["“we love to run with him.”", "“I love to run,”"]);
    assert!(said(&["--by", "Tom Cruise", "--until", "2019"]).is_empty());
    for (source, count) in [("cnn", 2), ("cnn.com", 2), ("CNN.com", 2), ("variety", 0), ("variety.com", 0)] {
        assert_eq!(said(&["--by", "Tom Cruise", "--source", source]).len(), count, "{source}");
    }
    assert_eq!(archive.run(["quotes"]).code, 2);
}

#[test]
fn queries_match_quotes_and_statements() {
    let archive = archive();
    for (query, expected) in [
        ("said:run", "a d"),
        ("said:\"love to run\"", "a d"),
        ("said:(love run)", "a d"),
        ("run -said:run", "c"),
        ("said:person:\"Tom Cruise\"", ""),
        ("said:(person:\"Tom Cruise\")", "b"),
        ("said:(person:\"Tom Cruise\" NEAR/3 stops)", "b"),
        ("quote-by:\"Tom Cruise\"", "a"),
        ("quote-by:\"Hayley Atwell\" said:rest", "b"),
        ("states:release", "a b c d"),
        ("states:casting", ""),
        ("quote-by:\"Tom Cruise\" states:release love", "a"),
    ] {
        let run = archive.run(["query", "--format", "json", "--sort", "oldest", query]);
        let ids = if run.code == 2 { String::new() } else { field_of_hits(&run.json(), "id").join(" ") };
        assert_eq!(ids, expected, "{query}: {}", run.err);
    }
    let answer = archive.query(&["said:\"love to run\""]);
    assert_eq!(highlighted(&answer["hits"][0]), ["love to run"]);
    let wrong = archive.run(["query", "states:nothing"]);
    assert!(wrong.code == 2 && wrong.err.contains("filming-wrapped"), "{}", wrong.err);
    let explained = archive.run(["query", "--explain", "said:run"]);
    assert_eq!(explained.code, 0, "{}", explained.err);
}

#[test]
fn trends_are_names_whose_share_of_articles_rose() {
    let article = |n: usize, date: &str, name: &str| {
        let text = format!("{name} spoke to reporters in room {n}. {}", "More is said here. ".repeat(n % 5));
        let record =
            serde_json::json!({"id": n.to_string(), "title": format!("Story {n}"), "date": date, "text": text});
        format!("{record}\n")
    };
    let old = (0..60).map(|n| article(n, "2020-05-01", if n % 20 == 0 { "Hayley Atwell" } else { "Tom Cruise" }));
    let new = (60..90).map(|n| article(n, "2021-05-01", if n % 3 == 0 { "Tom Cruise" } else { "Hayley Atwell" }));
    let archive = Archive::of(&[("all.jsonl", &old.chain(new).collect::<String>())]);
    let found = archive.run(["trends", "--since", "2021", "--format", "json"]).json();
    let names: Vec<&str> = found["names"].as_array().unwrap().iter().map(|n| n["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Hayley Atwell"], "{found}");
    assert!(found["names"][0]["p"].as_f64().unwrap() < 1e-6 && found["names"][0]["ratio"].as_f64().unwrap() > 5.0);
    assert_eq!(archive.run(["trends", "--since", "2022"]).code, 1);
    assert_eq!(archive.run(["trends", "--since", "2021", "--until", "2020"]).code, 2);
}

/// In random text, quotes are sorted, disjoint and on character boundaries, and
/// every statement has its sentence and place within the text.
#[test]
fn reports_are_consistent_on_random_text() {
    const PARTS: &[&str] = &[
        "“",
        "”",
        "\"",
        "‘",
        "’",
        "'",
        "''",
        "«",
        "»",
        "„",
        "(",
        ")",
        ". ",
        ", ",
        ": ",
        "\n",
        "\n\n",
        " ",
        " – ",
        "… ",
        "é",
        "日本",
        "Tom Cruise",
        "Hayley Atwell",
        "“Top Gun: Maverick”",
        "Mission: Impossible 7",
        "Netflix",
        "Germany",
        "Emmy Award",
        "said",
        "told CNN",
        "he wrote",
        "according to",
        "was pushed from",
        "to",
        "released",
        "opens in theaters",
        "premiered",
        "July 21",
        "Friday",
        "2023",
        "May 27, 2022",
        "last year",
        "1990s",
        "in",
        "on",
        "and",
        "the film",
        "it",
        "a sequel",
        "filming",
        "wrapped",
        "was canceled",
        "renewed",
        "has been cast as",
        "joins the cast of",
        "won",
        "nominated for",
    ];
    let pipeline = Pipeline::new();
    let mut numbers = Numbers(7);
    for round in 0..1500 {
        let count = 1 + numbers.below(60);
        let mut text = String::new();
        for _ in 0..count {
            text.push_str(PARTS[numbers.below(PARTS.len())]);
            if numbers.below(3) > 0 {
                text.push(' ');
            }
        }
        let published = (round % 3 > 0).then(|| "2022-05-05".to_owned());
        let article = Article { body: Span::new(0, text.len()), text, published, ..Article::default() };
        let Analyzed { article, reports, mentions, .. } = pipeline.analyze_article(article);
        let mut end = 0;
        for quote in &reports.quotes {
            assert!(
                quote.span.start >= end && article.text.get(quote.span.start..quote.span.end).is_some(),
                "{}",
                article.text
            );
            assert!(quote.speaker.is_none_or(|at| at < mentions.len()));
            end = quote.span.end;
        }
        for stated in &reports.statements {
            let place = stated.place.unwrap_or(stated.sentence);
            assert!(
                stated.sentence.contains(place) && !stated.sentence.of(&article.text).is_empty(),
                "{}",
                article.text
            );
            assert!(stated.work.is_none_or(|work| !work.name(&article.text, &mentions).is_empty()), "{}", article.text);
        }
    }
}

#[test]
fn every_kind_of_statement_is_found_and_its_denial_is_not() {
    let pipeline = Pipeline::new();
    for (text, expected) in [
        ("“Top Gun: Maverick” has officially wrapped filming.", "filming-wrapped Top Gun: Maverick - -"),
        ("Filming began on “Top Gun: Maverick” in May 2018.", "filming-began Top Gun: Maverick - -"),
        ("“Top Gun: Maverick” began filming in May 2018.", "filming-began Top Gun: Maverick - -"),
        ("Netflix has renewed “Stranger Things” for a third season.", "renewed Stranger Things - -"),
        ("“Stranger Things” was canceled by Netflix.", "cancelled Stranger Things - -"),
        ("“Stranger Things” was never canceled by Netflix.", ""),
        ("“Top Gun: Maverick” has been pushed back.", "delay Top Gun: Maverick - -"),
        ("“Top Gun: Maverick” could be delayed.", ""),
        ("Tom Cruise is leaving “Top Gun: Maverick” for good.", "exit Top Gun: Maverick Tom Cruise -"),
        ("Tom Cruise joins the cast of “Stranger Things” at last.", "casting Stranger Things Tom Cruise -"),
        ("Tom Cruise is in talks to star in “Stranger Things” now.", "casting Stranger Things Tom Cruise -"),
        ("Tom Hanks won an Oscar for “Forrest Gump” then.", "award Forrest Gump Tom Hanks Academy Awards"),
        ("Tom Cruise has never won an Oscar.", ""),
    ] {
        let article = Article { body: Span::new(0, text.len()), text: text.to_owned(), ..Article::default() };
        let Analyzed { reports, mentions, .. } = pipeline.analyze_article(article);
        let name = |at: Option<usize>| at.map_or("-", |at| mentions[at].name.as_str());
        let found = reports.statements.iter().map(|stated| {
            let work = stated.work.map_or("-".to_owned(), |work| work.name(text, &mentions));
            format!("{} {work} {} {}", stated.kind.as_str(), name(stated.person), name(stated.object))
        });
        assert_eq!(found.collect::<Vec<_>>().join("; "), expected, "{text}");
    }
}

#[test]
fn show_has_the_quotes_and_statements_that_annotate_finds() {
    let text = "Title: Dune Harbor moves\nDate: 2021-05-06\n\n“It was a long way,” Tom Cruise said.\n\n\
                “Dune Harbor” will be released in theaters on May 5, 2022, Paramount announced.";
    let archive = Archive::of(&[("one.txt", text)]);
    let annotated = &archive.run(["annotate", "in/one.txt", "--format", "jsonl"]).lines()[0];
    assert_eq!(annotated["path"], "in/one.txt");
    let id = annotated["id"].as_str().unwrap();
    let shown = archive.run(["show", id, "--format", "json"]).json();
    assert_eq!(annotated["quotes"][0]["speaker"], "Tom Cruise");
    assert_eq!(annotated["statements"][0]["first"], "2022-05-05");
    for key in ["quotes", "statements", "dates"] {
        assert_eq!(shown[key], annotated[key], "{key}");
    }
}
