//! Incremental indexing.

use crate::support::{Archive, facet};

fn total(archive: &Archive, query: &str) -> u64 {
    archive.query(&[query])["total"].as_u64().unwrap()
}

#[test]
fn unchanged_files_are_skipped_changed_ones_replaced_deleted_ones_removed() {
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
fn other_roots_are_not_touched() {
    let archive = Archive::of(&[("x/a.txt", "Tom Cruise runs."), ("y/b.txt", "Hayley Atwell acts.")]);
    archive.remove("x/a.txt");
    archive.run(["index", "in/y"]);
    assert_eq!(total(&archive, "cruise"), 1, "in/x was not asked about");
    let run = archive.run(["index", "in/x"]);
    assert!(run.code == 2 && run.err.contains("in/x: nothing is there, but the index has 1 file of it"), "{}", run.err);
    assert_eq!(total(&archive, "cruise"), 1, "its disk may not be mounted");
    assert_eq!(archive.run(["index", "in/x", "--prune-empty"]).code, 0);
    assert_eq!([total(&archive, "cruise"), total(&archive, "atwell")], [0, 1]);
}

#[test]
fn a_record_with_the_same_id_replaces_the_earlier() {
    let archive = Archive::of(&[(
        "a.jsonl",
        "{\"id\":\"1\",\"text\":\"Tom Cruise runs.\"}\n{\"id\":\"1\",\"text\":\"Tom Cruise sleeps.\"}\n",
    )]);
    assert_eq!([total(&archive, "runs"), total(&archive, "sleeps")], [0, 1]);
}

#[test]
fn a_second_writer_is_told_who_holds_the_lock() {
    let archive = Archive::of(&[("a.txt", "Tom Cruise runs.")]);
    let held = newsearch::internals::index::WriterLock::take(&archive.path("index")).unwrap();
    archive.write("b.txt", b"Simon Pegg jokes.");
    let run = archive.run(["index", "in"]);
    assert_eq!(run.code, 2);
    let holder = format!("another newsearch is writing to index (process {} since 20", std::process::id());
    assert!(run.err.contains(&holder), "{}", run.err);
    assert_eq!(total(&archive, "cruise"), 1, "readers are not blocked");
    assert_eq!(archive.run(["index", "in", "--dry-run"]).code, 0);
    drop(held);
    assert_eq!(archive.run(["index", "in"]).code, 0);
}

#[test]
fn touched_files_are_not_read_again_and_moved_ones_are_told() {
    let archive = Archive::of(&[("a.txt", "Tom Cruise runs."), ("b.jsonl", "{\"text\":\"Hayley Atwell acts.\"}")]);
    std::fs::create_dir(archive.path("in/old")).unwrap();
    std::fs::rename(archive.path("in/a.txt"), archive.path("in/old/z.txt")).unwrap();
    let touched = std::fs::File::options().append(true).open(archive.path("in/b.jsonl")).unwrap();
    touched.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    let dry = archive.run(["index", "in", "--dry-run"]);
    assert_eq!(dry.out, "moved\tin/a.txt\tin/old/z.txt\n");
    assert!(dry.err.contains("0 files to read, 1 moved, 0 to remove, 1 unchanged"), "{}", dry.err);
    assert_eq!(archive.query(&["cruise"])["hits"][0]["path"], "in/a.txt", "a dry run does nothing");
    let run = archive.run(["index", "in"]);
    assert!(run.err.contains("1 articles from 1 files") && run.err.contains("1 moved"), "{}", run.err);
    assert_eq!(archive.query(&["cruise"])["hits"][0]["path"], "in/old/z.txt");
    // Another file takes the old name: both are found under their own names.
    archive.write("a.txt", b"Simon Pegg jokes.");
    assert_eq!(archive.run(["index", "in"]).code, 0);
    assert_eq!(archive.query(&["pegg"])["hits"][0]["path"], "in/a.txt");
    assert_eq!(archive.query(&["cruise"])["hits"][0]["path"], "in/old/z.txt");
    archive.remove("old/z.txt");
    assert_eq!(archive.run(["index", "in"]).code, 0);
    assert_eq!([total(&archive, "cruise"), total(&archive, "pegg"), total(&archive, "atwell")], [0, 1, 1]);
}

#[test]
fn no_prune_keeps_articles_of_deleted_files() {
    let archive = Archive::of(&[("a.txt", "Tom Cruise runs."), ("b.txt", "Hayley Atwell acts.")]);
    archive.remove("a.txt");
    archive.run(["index", "in", "--no-prune"]);
    assert_eq!(total(&archive, "cruise"), 1);
    let run = archive.run(["index", "in", "--dry-run"]);
    assert_eq!(run.out, "remove\tin/a.txt\n");
    archive.run(["index", "in"]);
    assert_eq!(total(&archive, "cruise"), 0);
}

#[test]
fn rebuilding_keeps_the_ledger_and_repairs_a_damaged_index() {
    let archive = Archive::of(&[("a.txt", "Tom Cruise runs."), ("b.txt", "Hayley Atwell acts.")]);
    archive.run(["entities", "hide", "person:Tom Cruise"]);
    std::fs::write(archive.path("index/meta.json"), "{").unwrap();
    let run = archive.run(["query", "atwell"]);
    assert!(run.code == 2 && run.err.contains("run `newsearch index --rebuild"), "{}", run.err);
    let run = archive.run(["index", "--rebuild"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let answer = archive.query(&["atwell OR cruise"]);
    assert_eq!(answer["total"], 2);
    assert_eq!(facet(&answer, "person"), [("Hayley Atwell".to_owned(), 1)]);
    assert!(!archive.path("index/.rebuild").exists());
}

#[test]
fn rebuilding_from_nothing_keeps_the_index() {
    let archive = Archive::of(&[("a.txt", "Tom Cruise runs.")]);
    std::fs::create_dir(archive.path("empty")).unwrap();
    std::fs::rename(archive.path("in"), archive.path("away")).unwrap();
    for path in ["nowhere", "empty", "in"] {
        let run = archive.run(["index", path, "--rebuild"]);
        assert!(run.code == 2 && run.err.contains("would lose "), "{}", run.err);
        assert_eq!(total(&archive, "cruise"), 1);
    }
    assert!(!archive.path("index/.rebuild").exists());
}

#[test]
fn watch_indexes_changed_files() {
    let archive = Archive::of(&[("a.txt", "Tom Cruise runs.")]);
    let mut child = archive.command(["index", "in", "--watch", "-q"]).spawn().unwrap();
    // The watcher may not be listening yet, so the file is changed until it is noticed.
    let mut found = 0;
    for attempt in 0..200 {
        archive.write("b.txt", format!("Hayley Atwell acts in part {attempt}.").as_bytes());
        std::thread::sleep(std::time::Duration::from_millis(900));
        found = total(&archive, "atwell");
        if found > 0 {
            break;
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(found, 1);
}
