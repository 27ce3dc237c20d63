//! Help pages, settings, alerts, and differences between runs.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::Archive;

/// The commands that have a help page.
const PAGES: &[&str] = &[
    "",
    "index",
    "query",
    "batch",
    "annotate",
    "show",
    "similar",
    "compare",
    "complete",
    "entities",
    "cast",
    "roles",
    "timeline",
    "quotes",
    "trends",
    "serve",
    "stats",
    "verify",
    "eval search",
    "eval entities",
    "alert",
    "alert add",
    "alert run",
    "config",
    "completions",
    "man",
];

/// `NEWSEARCH_BLESS=1 cargo test --test it help_pages` writes the snapshots.
#[test]
fn help_pages_equal_their_snapshots() {
    let archive = Archive::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/help");
    for page in PAGES {
        let run = archive.run(page.split_whitespace().chain(["--help"]));
        let file = folder
            .join(format!("{}.txt", if page.is_empty() { "newsearch".to_owned() } else { page.replace(' ', "-") }));
        if std::env::var_os("NEWSEARCH_BLESS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&file, &run.out).unwrap();
        }
        let known = fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(run.out, known, "the help of {page:?} has changed; see help_pages_equal_their_snapshots");
        assert!(run.out.lines().all(|line| line.chars().count() <= 100), "{page}: lines too long");
    }
}

#[test]
fn every_command_has_a_man_page() {
    let archive = Archive::new();
    assert_eq!(archive.run(["man", "--out", "man"]).code, 0);
    for page in PAGES.iter().filter(|page| !page.is_empty()) {
        let file = archive.path("man").join(format!("newsearch-{}.1", page.replace(' ', "-")));
        assert!(fs::read_to_string(&file).unwrap().contains(".SH NAME"), "{}", file.display());
    }
    assert!(archive.run(["man", "query"]).out.contains("The query language"));
    assert_eq!(archive.run(["man", "nothing"]).code, 2);
}

#[test]
fn completion_scripts_complete_names() {
    let archive = Archive::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = archive.run(["completions", shell]).out;
        assert!(script.contains("newsearch complete --kind"), "{shell}");
    }
    let script = archive.run(["completions", "bash"]).out;
    assert!(script.contains("--person|--character"), "the kinds are named");
}

#[test]
fn settings_come_from_flag_then_environment_then_file() {
    let archive =
        Archive::of(&[("a.txt", "Tom Cruise runs."), ("b.txt", "Tom Cruise sings."), ("c.txt", "Tom Cruise acts.")]);
    fs::write(archive.path("set.toml"), "limit = 2\nsnippets = 0\n").unwrap();
    let hits = |args: &[&str], limit: Option<&str>| {
        let mut command = archive.command(["query", "cruise", "--format", "json"].iter().chain(args));
        command.env("NEWSEARCH_CONFIG", archive.path("set.toml"));
        command.envs(limit.map(|limit| ("NEWSEARCH_LIMIT", limit)));
        let answer: Value = serde_json::from_slice(&command.output().unwrap().stdout).unwrap();
        (answer["hits"].as_array().unwrap().len(), answer["hits"][0]["snippets"].as_array().unwrap().len())
    };
    assert_eq!(hits(&[], None), (2, 0));
    assert_eq!(hits(&[], Some("1")), (1, 0));
    assert_eq!(hits(&["--limit", "3"], Some("1")), (3, 0));
    let mut config = archive.command(["config", "--threads", "1"]);
    config.env("NEWSEARCH_CONFIG", archive.path("set.toml")).env("NEWSEARCH_COLOR", "never");
    let said = String::from_utf8(config.output().unwrap().stdout).unwrap();
    for part in ["set.toml", "limit = \"2\"", "the settings file", "# NEWSEARCH_COLOR", "# --threads", "# built in"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    fs::write(archive.path("set.toml"), "limit = 2\ncolour = \"never\"\n").unwrap();
    let run = archive.command(["stats"]).env("NEWSEARCH_CONFIG", archive.path("set.toml")).output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(run.status.code() == Some(2) && said.contains("set.toml") && said.contains("colour"), "{said}");
}

#[test]
fn alerts_report_each_article_once() {
    let archive = Archive::of(&[("a.txt", "Hayley Atwell acts in London.")]);
    let ids = |args: &[&str]| {
        let run = archive.run(["alert", "run", "--format", "jsonl"].iter().chain(args));
        let lines = run.lines();
        (run.code, lines.iter().map(|line| line["path"].as_str().unwrap().to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(archive.run(["alert", "add", "atwell", "Hayley", "Atwell", "--place", "London"]).code, 0);
    assert_eq!(archive.run(["alert", "add", "all", "--from-start", "london"]).code, 0);
    assert_eq!(archive.run(["alert", "add", "all", "paris"]).code, 2, "no two of one name");
    assert_eq!(ids(&["atwell"]), (1, vec![]));
    assert_eq!(ids(&["all", "--dry-run"]), (0, vec!["in/a.txt".to_owned()]));
    assert_eq!(ids(&[]), (0, vec!["in/a.txt".to_owned()]));
    archive.write("b.txt", b"Hayley Atwell sings in London.");
    archive.write("c.txt", b"Hayley Atwell sings in Paris.");
    archive.run(["index", "in"]);
    assert_eq!(ids(&["atwell"]), (0, vec!["in/b.txt".to_owned()]));
    // Neither a rebuild nor another name makes an article new or loses the alerts.
    fs::rename(archive.path("in/b.txt"), archive.path("in/d.txt")).unwrap();
    assert_eq!(archive.run(["index", "in", "--rebuild"]).code, 0);
    assert_eq!(ids(&["atwell"]), (1, vec![]));
    // Another text without an id is another article; one with an id is the same.
    archive.write("b.txt", b"Hayley Atwell rests in London.");
    archive.write("e.jsonl", b"{\"id\":7,\"text\":\"Hayley Atwell eats in London.\"}\n");
    archive.run(["index", "in"]);
    assert_eq!(ids(&["atwell"]).1.len(), 2);
    archive.write("b.txt", b"Hayley Atwell swims in London.");
    archive.write("e.jsonl", b"{\"id\":7,\"text\":\"Hayley Atwell ate in London.\"}\n");
    archive.run(["index", "in"]);
    assert_eq!(ids(&["atwell"]), (0, vec!["in/b.txt".to_owned()]));
    assert_eq!(archive.run(["alert", "list"]).out.lines().count(), 2);
    for alert in archive.run(["alert", "list", "--format", "jsonl"]).lines() {
        assert_eq!(alert["schema"], 1, "{alert}");
    }
    archive.run(["alert", "add", "sorted", "london", "--sort", "newest", "--snippets", "0"]);
    let listed = archive.run(["alert", "list"]).out;
    assert!(listed.contains("\"sort\":\"newest\"") && listed.contains("\"snippets\":0"), "{listed}");
    assert_eq!(archive.run(["alert", "remove", "sorted"]).code, 0);
    assert_eq!(archive.run(["alert", "remove", "all"]).code, 0);
    assert_eq!(archive.run(["alert", "run", "all"]).code, 2);
}

#[test]
fn a_later_batch_reports_what_has_changed() {
    let archive = Archive::of(&[("a.txt", "Tom Cruise runs in Paris."), ("b.txt", "Hayley Atwell acts in London.")]);
    fs::write(archive.path("queries"), "cruise\natwell\n{\"id\":\"p\",\"query\":\"paris\"}\n").unwrap();
    fs::write(archive.path("old.jsonl"), archive.run(["batch", "queries"]).out).unwrap();
    let changes = |args: &[&str]| archive.run(["batch", "queries", "--diff", "old.jsonl"].iter().chain(args));
    assert_eq!((changes(&[]).code, changes(&[]).out), (1, String::new()));
    archive.write("c.txt", b"Cruise. Tom Cruise met Tom Cruise; Cruise smiled.");
    fs::remove_file(archive.path("in/b.txt")).unwrap();
    archive.run(["index", "in"]);
    let run = changes(&[]);
    let lines = run.lines();
    assert_eq!((run.code, lines.len()), (0, 2));
    assert_eq!((&lines[0]["id"], &lines[0]["total"], &lines[0]["was_total"]), (&"1".into(), &2.into(), &1.into()));
    assert_eq!(lines[0]["added"][0]["path"], "in/c.txt");
    assert_eq!((&lines[0]["moved"][0]["rank"], &lines[0]["moved"][0]["was_rank"]), (&2.into(), &1.into()));
    assert_eq!(lines[1]["dropped"][0]["was_rank"], 1);
    assert!(changes(&["--format", "csv"]).out.starts_with("query_id,change,id,rank,was_rank\n1,added,"));
    assert!(changes(&["--format", "human"]).out.contains("+   1"));
    assert_eq!(changes(&["--format", "trec"]).code, 2);
    fs::write(archive.path("old.jsonl"), "{\"id\":\"1\"}\nbroken\n").unwrap();
    assert!(changes(&[]).err.contains("old.jsonl, line 2"));
    let since = archive.run(["query", "cruise", "--since-commit", "1", "--format", "paths"]);
    assert_eq!(since.out, "in/c.txt\n");
}

#[test]
fn an_export_equals_the_pages() {
    let articles: Vec<(String, String)> = (0..600)
        .map(|n| (format!("{n:03}.txt"), format!("Tom Cruise {}in Paris. {}", "ran ".repeat(n % 7), n * n)))
        .collect();
    let articles: Vec<(&str, &str)> = articles.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let archive = Archive::of(&articles);
    for sort in ["relevance", "newest"] {
        let all = archive.run(["query", "cruise ran", "--all", "--sort", sort]).lines();
        let page = archive.query(&["cruise ran", "-n", "1000", "--sort", sort]);
        assert_eq!(Value::from(all), page["hits"], "{sort}");
    }
    let trec = archive.run(["query", "cruise ran", "--all", "--format", "trec"]);
    assert_eq!(trec.out.lines().count(), 600 - 600_usize.div_ceil(7));
    assert_eq!(archive.run(["query", "cruise", "--all", "--format", "json"]).code, 2);
    assert_eq!(archive.run(["query", "cruise", "--all", "--limit", "5"]).code, 2);
    let set = archive.command(["query", "cruise", "--all"]).env("NEWSEARCH_LIMIT", "5").output().unwrap();
    assert_eq!(String::from_utf8(set.stdout).unwrap().lines().count(), 600, "--all overrides the setting");
    assert_eq!(archive.run(["query", "xyzzy", "--all"]).code, 1);
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs script(1), which runs a command on a terminal"]
fn the_pager_is_used_on_a_terminal_only() {
    let archive = Archive::of(&[("a.txt", "Tom Cruise runs in Paris.")]);
    let newsearch = env!("CARGO_BIN_EXE_newsearch");
    let on_terminal = |rest: &str| {
        let mut script = std::process::Command::new("script");
        script.args(["-qec", &format!("{newsearch} query cruise {rest}"), "/dev/null"]);
        script.current_dir(archive.path("")).env("XDG_CONFIG_HOME", archive.path("settings"));
        let output = script.env("NEWSEARCH_PAGER", "sed s/Paris/PAGED/").output().expect("script(1)");
        String::from_utf8(output.stdout).unwrap()
    };
    let page = on_terminal("");
    assert!(page.contains("PAGED"), "{page}");
    assert!(on_terminal("--pager none").contains("Paris"));
    assert!(on_terminal("--pager no-such-pager").contains("Paris"));
    assert!(on_terminal("--format json").contains("Paris"));
    let piped = archive.command(["query", "cruise"]).env("NEWSEARCH_PAGER", "sed s/Paris/PAGED/").output().unwrap();
    assert!(String::from_utf8(piped.stdout).unwrap().contains("Paris"));
}
