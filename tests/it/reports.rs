//! Quotes and release statements against lists made by reading.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};

use newsearch::Pipeline;
use newsearch::article::{Article, Span};
use newsearch::extract::Extractor;
use newsearch::pipeline::Analyzed;
use newsearch::read::{Format, RawRecord};
use newsearch::report::{quotes, statements};

use crate::robust::Numbers;
use crate::support::{Archive, field_of_hits, highlighted, shared};

/// A list: its articles, quotes and release statements.
struct Gold {
    articles: &'static str,
    quotes: &'static str,
    releases: &'static str,
}

const FIRST: Gold = Gold {
    articles: include_str!("../data/reports/first_articles.txt"),
    quotes: include_str!("../data/reports/first_quotes.tsv"),
    releases: include_str!("../data/reports/first_releases.tsv"),
};

const SECOND: Gold = Gold {
    articles: include_str!("../data/reports/second_articles.txt"),
    quotes: include_str!("../data/reports/second_quotes.tsv"),
    releases: include_str!("../data/reports/second_releases.tsv"),
};

/// A list of release statements alone, which was read to write rules by.
const THIRD: Gold = Gold {
    articles: include_str!("../data/reports/third_articles.txt"),
    quotes: "",
    releases: include_str!("../data/reports/third_releases.tsv"),
};

/// Another, read by people who saw no rule, and scored once.
const FOURTH: Gold = Gold {
    articles: include_str!("../data/reports/fourth_articles.txt"),
    quotes: "",
    releases: include_str!("../data/reports/fourth_releases.tsv"),
};

/// An article of a list, analyzed, with the byte at which its record's text begins.
struct Read {
    id: String,
    analyzed: Analyzed,
    body: usize,
}

fn read(list: &Gold) -> Option<Vec<Read>> {
    let path = shared("data/news/entertainment.jsonl.gz")?;
    let wanted: BTreeSet<&str> = list.articles.lines().collect();
    let lines = BufReader::new(flate2::read::MultiGzDecoder::new(std::fs::File::open(path).unwrap())).lines();
    let pipeline = Pipeline::new();
    let mut found = Vec::new();
    for (number, line) in lines.enumerate() {
        let text = line.unwrap();
        let record: serde_json::Value = serde_json::from_str(&text).unwrap();
        let id = record["id"].as_str().unwrap().to_owned();
        if !wanted.contains(id.as_str()) {
            continue;
        }
        let raw = RawRecord { path: "a.jsonl".into(), place: Some(number + 1), format: Format::Json, url: None, text };
        let article = Extractor::new().extract(raw).unwrap();
        let body = article.text.len() - record["text"].as_str().unwrap().trim_end().len();
        found.push(Read { id, analyzed: pipeline.analyze_article(article), body });
    }
    assert_eq!(found.len(), wanted.len());
    Some(found)
}

/// The rows of a table by the article in their first cell.
fn rows(table: &'static str) -> BTreeMap<&'static str, Vec<Vec<&'static str>>> {
    let mut rows: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        rows.entry(cells[0]).or_default().push(cells);
    }
    rows
}

fn span(start: &str, end: &str, by: usize) -> Option<Span> {
    Some(Span::new(start.parse::<usize>().ok()? + by, end.parse::<usize>().ok()? + by))
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// How well quotes are found, and their speakers told.
#[derive(Debug, Default)]
struct QuoteScores {
    wanted: usize,
    found: usize,
    right: usize,
    attributed: usize,
    right_speakers: usize,
    known_speakers: usize,
}

fn score_quotes(list: &Gold, told: bool) -> Option<QuoteScores> {
    let gold = rows(list.quotes);
    let mut scores = QuoteScores::default();
    for Read { id, analyzed, body } in read(list)? {
        let Analyzed { article, segmented, mentions, .. } = &analyzed;
        let ours = quotes(article, segmented, mentions);
        let none = Vec::new();
        let wanted = gold.get(id.as_str()).unwrap_or(&none);
        let at = |row: &[&str]| span(row[1], row[2], body).unwrap();
        // The marks themselves may be counted in or not.
        let same = |a: Span, b: Span| a.start.abs_diff(b.start) <= 3 && a.end.abs_diff(b.end) <= 4;
        for row in wanted.iter().filter(|row| row[3] != "?") {
            scores.wanted += 1;
            let speaker = span(row[3], row[4], body);
            scores.known_speakers += usize::from(speaker.is_some());
            let Some(quote) = ours.iter().find(|quote| same(quote.span, at(row))) else {
                if told {
                    eprintln!("{id} MISSED {:?}", at(row).of(&article.text));
                }
                continue;
            };
            scores.right += 1;
            let Some(said) = quote.speaker else {
                if let (true, Some(gold)) = (told, speaker) {
                    eprintln!("{id} NOBODY for {:?}: {:?}", gold.of(&article.text), around(&article.text, at(row)));
                }
                continue;
            };
            scores.attributed += 1;
            let right = speaker.is_some_and(|gold| {
                let surface = gold.of(&article.text);
                let named = mentions.iter().find(|m| m.span.overlaps(gold)).map_or(surface, |m| m.name.as_str());
                let name = mentions[said].name.as_str();
                // A shorter form is right where nobody else of the article has it.
                let has =
                    |whole: &str, part: &str| part.split(' ').all(|word| whole.split(' ').any(|other| other == word));
                let others = mentions.iter().filter(|m| has(&m.name, name) && m.name != name && !has(surface, &m.name));
                let part = has(surface, name) && others.count() == 0;
                name == named || name == surface || mentions[said].span.of(&article.text) == surface || part
            });
            scores.right_speakers += usize::from(right);
            if told && !right {
                let who = speaker.map(|s| s.of(&article.text));
                eprintln!("{id} WRONG {:?} for {who:?}: {:?}", mentions[said].name, around(&article.text, at(row)));
            }
        }
        for quote in &ours {
            let meets = |row: &&Vec<&str>| at(row).overlaps(quote.span);
            if wanted.iter().filter(|row| row[3] == "?").any(|row| meets(&row)) {
                continue;
            }
            scores.found += 1;
            if told && !wanted.iter().any(|row| same(quote.span, at(row))) {
                eprintln!("{id} NO QUOTE {:?}", around(&article.text, quote.span));
            }
        }
    }
    let QuoteScores { wanted, found, right, attributed, right_speakers, known_speakers } = scores;
    eprintln!(
        "quotes: {right} of {wanted} found ({:.1} %), {found} given ({:.1} % right); {right_speakers} of {attributed} speakers right ({:.1} %), of {known_speakers} known",
        percent(right, wanted),
        percent(right, found),
        percent(right_speakers, attributed),
    );
    Some(scores)
}

/// A span with what stands around it.
fn around(text: &str, span: Span) -> String {
    let from = text[..span.start].char_indices().rev().take(90).last().map_or(span.start, |(at, _)| at);
    let to = text[span.end..].char_indices().take(90).last().map_or(span.end, |(at, _)| span.end + at);
    let inner: String = span.of(text).chars().take(60).collect();
    format!("{} <<{inner}>> {}", &text[from..span.start], &text[span.end..to])
}

/// `NEWSEARCH_TELL=1` prints what is not as in the list.
fn told() -> bool {
    std::env::var_os("NEWSEARCH_TELL").is_some()
}

#[test]
fn quotes_are_found_with_their_speakers() {
    let Some(scores) = score_quotes(&FIRST, told()) else { return };
    assert!(scores.right * 100 >= scores.wanted * 95 && scores.right * 100 >= scores.found * 95, "{scores:?}");
    assert!(scores.right_speakers * 100 >= scores.attributed * 88, "{scores:?}");
}

/// How well release statements are found.
#[derive(Debug, Default)]
struct ReleaseScores {
    wanted: usize,
    found: usize,
    right: usize,
    good: usize,
    status: usize,
}

fn score_releases(list: &Gold, told: bool) -> Option<ReleaseScores> {
    let gold = rows(list.releases);
    let mut scores = ReleaseScores::default();
    for Read { id, analyzed, body } in read(list)? {
        let Analyzed { article, segmented, mentions, dates, .. } = &analyzed;
        let ours: Vec<_> = statements(article, segmented, mentions, dates)
            .into_iter()
            .filter(|statement| statement.kind.is_release() && statement.date.is_some())
            .collect();
        let none = Vec::new();
        let wanted = gold.get(id.as_str()).unwrap_or(&none);
        let work_of = |row: &[&str]| {
            let shift = if row[7] == "title" { article.title_span.start } else { body };
            let gold = span(row[8], row[9], shift).unwrap();
            let surface = gold.of(&article.text);
            let name = mentions.iter().find(|m| m.span.overlaps(gold)).map_or(surface, |m| m.name.as_str());
            (surface.to_owned(), name.to_owned())
        };
        let days = |row: &[&str]| (row[5].parse::<u64>().unwrap(), row[6].parse::<u64>().unwrap());
        // The work by its mention, the days, and the sentence.
        let same = |row: &[&str], ours: &newsearch::report::Statement| {
            let date = ours.date.unwrap();
            let name = ours.work.map(|work| work.name(&article.text, mentions)).unwrap_or_default();
            let (surface, linked) = work_of(row);
            (date.first, date.last) == days(row)
                && ours.sentence.overlaps(span(row[1], row[2], body).unwrap())
                && (name == linked || plain(&name) == plain(&surface))
        };
        for row in wanted.iter().filter(|row| row[12] == "counts") {
            scores.wanted += 1;
            match ours.iter().find(|ours| same(row, ours)) {
                Some(ours) => {
                    scores.right += 1;
                    scores.status += usize::from(ours.former == (row[11] == "former"));
                }
                None if told => {
                    let text = span(row[1], row[2], body).unwrap().of(&article.text);
                    eprintln!("{id} MISSED {:?} {:?} {}: {text}", work_of(row), days(row), row[11]);
                }
                None => {}
            }
        }
        for ours in &ours {
            let optional = wanted
                .iter()
                .filter(|row| row[12] == "optional")
                .any(|row| ours.date.unwrap().span.overlaps(span(row[3], row[4], body).unwrap()));
            let good = wanted.iter().any(|row| row[12] == "counts" && same(row, ours));
            if optional && !good {
                continue;
            }
            scores.found += 1;
            scores.good += usize::from(good);
            if told && !good {
                let name = ours.work.map(|work| work.name(&article.text, mentions)).unwrap_or_default();
                let date = ours.date.unwrap();
                eprintln!(
                    "{id} NOT STATED {name:?} {}-{} {}: {}",
                    date.first,
                    date.last,
                    date.span.of(&article.text),
                    ours.sentence.of(&article.text)
                );
            }
        }
    }
    let ReleaseScores { wanted, found, right, good, status } = scores;
    eprintln!(
        "releases: {right} of {wanted} found ({:.1} %), {good} of {found} given right ({:.1} %); {status} of {right} rightly former or not",
        percent(right, wanted),
        percent(good, found),
    );
    Some(scores)
}

/// A title in small letters without marks.
fn plain(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[test]
fn releases_are_stated_as_articles_state_them() {
    let (Some(scores), Some(_)) = (score_releases(&FIRST, told()), score_releases(&THIRD, told())) else { return };
    assert!(scores.good * 100 >= scores.found * 90, "{scores:?}");
    assert!(scores.right * 100 >= scores.wanted * 70, "{scores:?}");
}

/// These lists were read by people who saw no rule; each was scored once before
/// any of its errors was looked at. docs/reports.md has the figures of then.
#[test]
fn lists_that_no_rule_was_written_by_are_scored() {
    let Some(quotes) = score_quotes(&SECOND, told()) else { return };
    let releases = [&SECOND, &FOURTH].map(|list| score_releases(list, told()).unwrap_or_default());
    assert!(
        quotes.right * 10 >= quotes.wanted * 9 && quotes.right_speakers * 10 >= quotes.attributed * 8,
        "{quotes:?}"
    );
    assert!(releases.iter().all(|scores| scores.right > 0), "{releases:?}");
}

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
fn quotes_are_found_by_speaker_and_by_what_they_say() {
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
fn queries_ask_for_quotes_and_statements() {
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
fn trends_are_names_whose_share_of_stories_rose() {
    let story = |n: usize, date: &str, name: &str| {
        let text = format!("{name} spoke to reporters in room {n}. {}", "More is said here. ".repeat(n % 5));
        let record =
            serde_json::json!({"id": n.to_string(), "title": format!("Story {n}"), "date": date, "text": text});
        format!("{record}\n")
    };
    let old = (0..60).map(|n| story(n, "2020-05-01", if n % 20 == 0 { "Hayley Atwell" } else { "Tom Cruise" }));
    let new = (60..90).map(|n| story(n, "2021-05-01", if n % 3 == 0 { "Tom Cruise" } else { "Hayley Atwell" }));
    let archive = Archive::of(&[("all.jsonl", &old.chain(new).collect::<String>())]);
    let found = archive.run(["trends", "--since", "2021", "--format", "json"]).json();
    let names: Vec<&str> = found["names"].as_array().unwrap().iter().map(|n| n["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Hayley Atwell"], "{found}");
    assert!(found["names"][0]["p"].as_f64().unwrap() < 1e-6 && found["names"][0]["ratio"].as_f64().unwrap() > 5.0);
    assert_eq!(archive.run(["trends", "--since", "2022"]).code, 1);
    assert_eq!(archive.run(["trends", "--since", "2021", "--until", "2020"]).code, 2);
}

/// Whatever stands between quotation marks, dates and names, quotes are in
/// order, apart from each other and on character boundaries, and what is
/// stated has its sentence and place within the text.
#[test]
fn reports_hold_together_on_any_text() {
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
fn every_kind_of_statement_is_taken_and_its_denial_is_not() {
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
        let told = reports.statements.iter().map(|stated| {
            let work = stated.work.map_or("-".to_owned(), |work| work.name(text, &mentions));
            format!("{} {work} {} {}", stated.kind.as_str(), name(stated.person), name(stated.object))
        });
        assert_eq!(told.collect::<Vec<_>>().join("; "), expected, "{text}");
    }
}

#[test]
fn show_has_the_quotes_and_statements_that_annotate_finds() {
    let text = "Title: Dune Harbor moves\nDate: 2021-05-06\n\n“It was a long way,” Tom Cruise said.\n\n\
                “Dune Harbor” will be released in theaters on May 5, 2022, Paramount announced.";
    let archive = Archive::of(&[("one.txt", text)]);
    let annotated = &archive.run(["annotate", "in/one.txt", "--format", "jsonl"]).lines()[0];
    let id = annotated["id"].as_str().unwrap();
    let shown = archive.run(["show", id, "--format", "json"]).json();
    assert_eq!(annotated["quotes"][0]["speaker"], "Tom Cruise");
    assert_eq!(annotated["statements"][0]["first"], "2022-05-05");
    for key in ["quotes", "statements", "dates"] {
        assert_eq!(shown[key], annotated[key], "{key}");
    }
}
