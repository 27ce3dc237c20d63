//! Indexing again what changed.

use crate::support::{Archive, facet};

fn total(archive: &Archive, query: &str) -> u64 {
    archive.query(&[query])["total"].as_u64().unwrap()
}

#[test]
fn unchanged_files_are_not_read_changed_ones_replaced_deleted_ones_removed() {
    let archive =
        Archive::of(&[("a.txt", "Tom Cruise runs."), ("b.txt", "Hayley Atwell acts."), ("c.txt", "Simon Pegg jokes.")]);
    let again = archive.run(["index", "in"]);
    assert!(
        again.code == 0 && again.err.contains("0 articles from 0 files") && again.err.contains("3 unchanged"),
        "{}",
        again.err
    );
    archive.write("b.txt", b"Rebecca Ferguson sings in London.");
    archive.remove("c.txt");
    let run = archive.run(["index", "in"]);
    assert!(run.err.contains("1 articles from 1 files") && run.err.contains("1 unchanged, 1 gone"), "{}", run.err);
    assert_eq!(
        [total(&archive, "cruise"), total(&archive, "atwell"), total(&archive, "ferguson"), total(&archive, "pegg")],
        [1, 0, 1, 0]
    );
    let answer = archive.query(&["--since", "1900"]);
    assert_eq!(answer["total"], 0, "undated articles are in no range");
    assert!(facet(&archive.query(&["ferguson"]), "person").contains(&("Rebecca Ferguson".into(), 1)));
}

#[test]
fn other_roots_are_left_alone() {
    let archive = Archive::of(&[("x/a.txt", "Tom Cruise runs."), ("y/b.txt", "Hayley Atwell acts.")]);
    archive.remove("x/a.txt");
    archive.run(["index", "in/y"]);
    assert_eq!(total(&archive, "cruise"), 1, "in/x was not asked about");
    archive.run(["index", "in/x"]);
    assert_eq!([total(&archive, "cruise"), total(&archive, "atwell")], [0, 1]);
}

#[test]
fn a_record_of_the_same_id_replaces_the_earlier() {
    let archive = Archive::of(&[(
        "a.jsonl",
        "{\"id\":\"1\",\"text\":\"Tom Cruise runs.\"}\n{\"id\":\"1\",\"text\":\"Tom Cruise sleeps.\"}\n",
    )]);
    assert_eq!([total(&archive, "runs"), total(&archive, "sleeps")], [0, 1]);
}

#[test]
fn a_second_writer_is_told_who_is_in_the_way() {
    let archive = Archive::of(&[("a.txt", "Tom Cruise runs.")]);
    let lock = std::fs::File::options().write(true).open(archive.path("index/.tantivy-writer.lock")).unwrap();
    lock.lock().unwrap();
    archive.write("b.txt", b"Simon Pegg jokes.");
    let run = archive.run(["index", "in"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("another newsearch is writing"), "{}", run.err);
    drop(lock);
    assert_eq!(archive.run(["index", "in"]).code, 0);
}
