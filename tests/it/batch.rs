//! `batch`: many queries in one run.

use crate::support::Archive;

#[test]
fn answers_are_in_order_with_errors_in_place() {
    let archive = Archive::of(&[("a.txt", "Tom Cruise runs in Paris."), ("b.txt", "Hayley Atwell acts in London.")]);
    let queries =
        "cruise\n\n{\"id\":\"q7\",\"query\":\"atwell\",\"place\":[\"London\"]}\n{broken\nopen NEAR/3\nxyzzy\n";
    let run = archive.run_with(["batch"], queries);
    let lines = run.lines();
    let ids: Vec<_> = lines.iter().map(|line| line["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["1", "q7", "4", "5", "6"]);
    assert_eq!(lines[0]["total"], 1);
    assert_eq!(lines[1]["total"], 1);
    assert!(lines[2]["error"].is_string() && lines[3]["error"].is_string());
    assert_eq!(lines[4]["total"], 0);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("line 4: "), "{}", run.err);
}

#[test]
fn a_batch_answers_as_query_does() {
    let archive = Archive::of(&[("a.txt", "Tom Cruise runs in Paris."), ("b.txt", "Tom Cruise acts in London.")]);
    let mut alone = archive.query(&["tom cruise"]);
    let mut batched = archive.run_with(["batch"], "tom cruise\n").lines().remove(0);
    for answer in [&mut alone, &mut batched] {
        let object = answer.as_object_mut().unwrap();
        object.remove("took_ms");
        object.remove("id");
    }
    assert_eq!(alone, batched);
}

#[test]
fn facets_of_later_queries_equal_those_of_the_first() {
    let archive = Archive::of(&[
        ("a.txt", "Tom Cruise runs in Paris with Simon Pegg."),
        ("b.txt", "Tom Cruise acts in London."),
        ("c.txt", "Tom Hanks sings in Rome with Simon Pegg."),
    ]);
    let run = archive.run_with(["batch", "--threads", "2"], &"tom\n".repeat(700));
    let lines = run.lines();
    assert_eq!(lines.len(), 700);
    // After some queries, names are counted from another in-memory layout; the
    // answers must not change.
    for line in &lines {
        assert_eq!((&line["facets"], &line["hits"]), (&lines[0]["facets"], &lines[0]["hits"]));
    }
}

#[test]
fn trec_lines_carry_the_query_id() {
    let archive = Archive::of(&[("a.txt", "Tom Cruise runs.")]);
    let run = archive.run_with(["batch", "--format", "trec"], "{\"id\":12,\"query\":\"cruise\"}\n");
    assert!(run.out.starts_with("12 Q0 "), "{}", run.out);
}
