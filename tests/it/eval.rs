//! `eval search`, on an index whose answers are known.

use std::fs;

use crate::support::Archive;

fn archive() -> Archive {
    let archive = Archive::of(&[(
        "all.jsonl",
        "{\"id\":\"a\",\"text\":\"The premiere was in Paris, said the studio.\"}\n\
         {\"id\":\"b\",\"text\":\"The premiere was late.\"}\n\
         {\"id\":\"c\",\"text\":\"Nothing else happened.\"}\n",
    )]);
    fs::write(archive.path("queries.tsv"), "1\tpremiere Paris\n2\tnothing\n3\tstudio\n").unwrap();
    fs::write(archive.path("qrels.txt"), "1 0 a 1\n2 0 c 1\n3 0 b 1\n4 0 b 0\n").unwrap();
    archive
}

#[test]
fn rankings_are_scored_saved_and_compared() {
    let archive = archive();
    let asked = ["eval", "search", "--queries", "queries.tsv", "--qrels", "qrels.txt"];
    let run = archive.run([&asked[..], &["--save", "new.run", "--format", "json"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let scores = run.json();
    // The third query finds no relevant article; the fourth has no relevant one.
    assert_eq!(scores["run"]["queries"].as_object().unwrap().len(), 3);
    assert!((scores["run"]["mean"]["MRR"].as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-9, "{scores}");
    // The file has the scores that `batch` prints.
    fs::write(archive.path("topics.jsonl"), "{\"id\":\"1\",\"query\":\"premiere Paris\"}\n{\"id\":\"2\",\"query\":\"nothing\"}\n{\"id\":\"3\",\"query\":\"studio\"}\n").unwrap();
    let batch = archive.run(["batch", "topics.jsonl", "--format", "trec", "--duplicates", "show"]).out;
    assert_eq!(fs::read_to_string(archive.path("new.run")).unwrap(), batch);
    fs::write(archive.path("old.run"), "1 Q0 b 1 2 x\n1 Q0 a 2 1 x\n").unwrap();
    let scored = ["eval", "search", "--qrels", "qrels.txt", "--run", "new.run", "--against", "old.run"];
    let run = archive.run(scored);
    assert!(run.out.contains("MRR       0.6667  against 0.1667  +0.5000"), "{}", run.out);
}

#[test]
fn malformed_judgments_are_reported_with_their_line() {
    let archive = archive();
    fs::write(archive.path("qrels.txt"), "1 0 a 1\n1 0 b\n").unwrap();
    let run = archive.run(["eval", "search", "--queries", "queries.tsv", "--qrels", "qrels.txt"]);
    assert!(run.code == 2 && run.err.contains("qrels.txt: line 2: expected QUERY"), "{}", run.err);
}
