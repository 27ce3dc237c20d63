//! What people read has no control characters of files and their names, and CSV has
//! no formulas.

use crate::support::Archive;

const TITLE: &str = "\u{1b}]0;owned\u{7}Glass \u{202e}Harbor\u{9b}31m\r premieres";

fn hostile() -> Archive {
    let archive = Archive::new();
    let record = serde_json::json!({
        "id": "=cmd()\u{1b}[8m",
        "title": TITLE,
        "text": "Glass Harbor premieres in Paris,\u{1b}[2J\u{2066} the studio said. \u{1b}]52;c;ZXZpbA==\u{7}Ann Lee stars.",
        "url": "@evil",
    });
    archive.write("a\u{1b}]0;x\u{7}\u{202e}.jsonl", format!("{record}\nbroken\u{1b}[8m\n").as_bytes());
    archive.write("+1\u{1b}c.xml", b"<rss><broken");
    archive
}

/// Fails where a terminal would obey any of a text.
fn check(what: &[&str], text: &str) {
    let mut rest = text.to_owned();
    for ours in ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m", "\u{1b}[33m"] {
        rest = rest.replace(ours, "");
    }
    let bad = rest.chars().find(|c| {
        c.is_control() && !matches!(c, '\n' | '\t')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    });
    assert_eq!(bad, None, "{what:?}: {text:?}");
}

#[test]
fn what_people_read_is_plain() {
    let archive = hostile();
    for args in [
        &["index", "in", "--dry-run"][..],
        &["index", "in", "-v"],
        &["query", "harbor", "--explain"],
        &["query", "\u{1b}]0;x\u{7}harbor"],
        &["query", "\u{1b}[8m("],
        &["batch", "missing\u{1b}]0;x\u{7}"],
        &["annotate", "in"],
        &["show", "=cmd()\u{1b}[8m"],
        &["show", "\u{1b}[8m"],
        &["entities"],
        &["entities", "hide", "\u{1b}[8mx"],
        &["quotes", "Ann Lee"],
        &["alert", "add", "\u{1b}]0;x\u{7}", "harbor"],
        &["alert", "list"],
        &["alert", "run", "--dry-run"],
        &["alert", "remove", "\u{1b}[8m"],
        &["stats"],
        &["verify"],
        &["query", "harbor", "--index", "\u{1b}]0;x\u{7}"],
    ] {
        let run = archive.run(args.iter().chain(&["--format", "human", "--color", "always"]));
        check(args, &run.out);
        check(args, &run.err);
        assert!(!run.out.is_empty() || !run.err.is_empty() || args[0] == "alert", "{args:?}");
    }
    let json = archive.query(&["harbor"]);
    assert_eq!(json["hits"][0]["title"], TITLE.replace('\r', " ").as_str().replace("  ", " "), "JSON is as it was");
}

#[test]
fn cells_are_no_formulas() {
    let archive = hostile();
    archive.run(["index", "in", "-q"]);
    let cells = |args: &[&str]| -> Vec<String> {
        let run = archive.run(["query", "harbor", "--format", "csv"].iter().chain(args));
        let mut read = csv::Reader::from_reader(run.out.as_bytes());
        let row = read.records().next().unwrap().unwrap();
        row.iter().map(str::to_owned).collect()
    };
    let (raw, safe) = (cells(&[]), cells(&["--csv-safe"]));
    assert!(raw[1].starts_with("=cmd()") && safe[1].starts_with("'=cmd()"), "{} {}", raw[1], safe[1]);
    assert_eq!((raw[7].as_str(), safe[7].as_str()), ("@evil", "'@evil"));
    assert_eq!((&raw[0], &raw[2], &raw[6]), (&safe[0], &safe[2], &safe[6]), "other cells stay");
}
