//! Long queries: they are run whole, or refused with the limit that they meet.

use crate::support::{Archive, field_of_hits};

fn heroes() -> Archive {
    Archive::of(&[
        ("a.txt", "Superman\n\nSuperman flies over the harbor."),
        ("b.txt", "Batman\n\nBatman drives over the bridge."),
        ("c.txt", "Batman and Robin\n\nBatman and Robin drive over the bridge."),
    ])
}

fn numbered(count: usize, each: impl Fn(usize) -> String, between: &str) -> String {
    (0..count).map(each).collect::<Vec<_>>().join(between)
}

#[test]
fn long_queries_are_run_whole() {
    let archive = heroes();
    let check = |query: &str, expected: &[&str]| {
        let run = archive.run_with(["batch"], query);
        let mut paths = field_of_hits(&run.lines()[0], "path");
        paths.sort();
        assert_eq!(paths, expected.iter().map(|name| format!("in/{name}.txt")).collect::<Vec<_>>(), "{query:.60}");
    };
    let excluded = numbered(300, |at| format!("-w{at}"), " ");
    check(&format!("batman {excluded} -robin"), &["b"]);
    check(&format!("batman NOT ({} OR robin)", numbered(3000, |at| format!("w{at}"), " OR ")), &["b"]);
    check(&format!("({} OR superman) AND harbor", numbered(3000, |at| format!("w{at}"), " OR ")), &["a"]);
    check(&format!("+superman {}", numbered(3000, |at| format!("w{at}"), " ")), &["a"]);
    check(&"batman ".repeat(20_000), &["b", "c"]);
    check(&format!("\"{}\"", "over the ".repeat(500)), &[]);
}

#[test]
fn repeated_words_keep_their_weight() {
    let archive = heroes();
    let score = |query: &str| archive.query(&[query])["hits"][0]["score"].as_f64().unwrap();
    let [few, more, most] = [60, 90, 120].map(|count| score(&"robin ".repeat(count)));
    assert!(more > few && ((most - more) / (more - few) - 1.0).abs() < 0.01, "{few} {more} {most}");
}

#[test]
fn queries_beyond_a_limit_are_refused() {
    let archive = heroes();
    let check = |query: &str, found: usize, what: &str, most: usize| {
        let expected = format!("the query is too large: it has {found} {what}, at most {most} are searched");
        let run = archive.run_with(["batch"], &format!("{query}\nrobin\n"));
        assert_eq!(run.code, 2, "{}", run.err);
        let lines = run.lines();
        assert!(lines[0]["error"].as_str().unwrap().starts_with(&expected), "{}", lines[0]);
        assert_eq!(lines[1]["total"], 1);
        if query.len() < 100_000 {
            for args in [&["query", "--"][..], &["alert", "add", "a", "--"]] {
                let run = archive.run(args.iter().copied().chain([query]));
                assert_eq!((run.code, run.err.contains(&expected)), (2, true), "{}", run.err);
            }
        }
    };
    check("word ".repeat(2_500_000).trim_end(), 12_499_999, "bytes of text", 262_144);
    check(&numbered(10_001, |at| format!("-w{at}"), " "), 10_001, "words, phrases and names", 10_000);
    let phrase = numbered(1001, |at| format!("w{at}"), " ");
    check(&format!("\"{phrase}\""), 1001, "words in one phrase", 1000);
    check(&format!("\"{phrase}\"~3"), 1001, "words in one phrase", 1000);
    check(&phrase.replace(' ', "-"), 1001, "words in one phrase", 1000);
    check(&numbered(1001, |at| format!("w{at}*"), " "), 1001, "parts with * or ~ or mentions:", 1000);
    assert_eq!(archive.run(["alert", "list"]).code, 1, "nothing was kept");
}

#[test]
fn threads_are_bounded() {
    let archive = heroes();
    let run = archive.run(["query", "batman", "--threads", "5000"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("5000") && run.err.contains("256"), "{}", run.err);
}
