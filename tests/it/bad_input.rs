//! Bad input is reported, and the good input beside it is indexed.

use std::fs;

use newsearch::internals::index::FORMAT_VERSION;

use crate::support::Archive;

fn check(name: &str, bytes: &[u8], message: &str) {
    let archive = Archive::new();
    archive.write("good.txt", b"Tom Hanks lives in Paris.");
    archive.write(name, bytes);
    let run = archive.run(["index", "in"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains(&format!("in/{name}")) && run.err.contains(message), "{}", run.err);
    assert_eq!(archive.query(&["hanks"])["total"], 1);
}

#[test]
fn every_bad_file_is_reported_with_its_reason() {
    check("empty.txt", b"", "empty: expected an article");
    check("blank.txt", b" \n\n ", "empty");
    check("binary.txt", b"\x89PNG\r\n\x1a\n\0\0\0", "binary: byte 8 is no text");
    check("picture.html", b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0!", "binary: byte 7 is no text");
    check("broken.json", b"{\"title\": ", "malformed JSON");
    check("surrogate.json", b"{\"text\":\"a \\ud800 b\"}", "malformed JSON");
    check("front.md", b"---\ntitle: [\n---\ntext", "malformed front matter");
    check("packed.txt.gz", b"no gzip", "unreadable: its name says gzip, its content does not");
    check("none.jsonl", b"\n\n", "empty");
}

#[test]
fn one_bad_byte_costs_no_text() {
    let archive = Archive::new();
    archive.write("stray.txt", b"Caf\xc3\xa9 Atwell runs to the caf\xe9.");
    archive.write("nul.txt", b"Atwell finds a stray \0 byte.");
    archive.write("lines.jsonl", b"{\"text\":\"Caf\xc3\xa9 Atwell\"}\n{\"text\":\"Atwell at the caf\xe9\"}\n");
    archive.write("rows.csv", b"title,text\nOne,Atwell \xff at the caf\xc3\xa9\nTwo,Atwell\n");
    let run = archive.run(["index", "in", "-v"]);
    assert_eq!(run.code, 0, "{}", run.err);
    for place in [
        "in/stray.txt: 1 bytes are not UTF-8",
        "in/nul.txt: 1 bytes",
        "in/lines.jsonl:2: 1 bytes",
        "in/rows.csv:2: 1 bytes",
    ] {
        assert!(run.err.contains(place), "{place}: {}", run.err);
    }
    assert_eq!(archive.query(&["atwell"])["total"], 6);
    assert_eq!(archive.query(&["café"])["total"], 4);
}

#[test]
fn a_broken_line_affects_no_other_line() {
    let archive = Archive::new();
    let lines = "{\"title\":\"One\",\"text\":\"Tom Cruise runs.\"}\n{\"title\": broken\n{\"title\":\"Three\",\"text\":\"Hayley Atwell acts.\"}\n[1]\n{\"mood\":1}\n";
    archive.write("news.jsonl", lines.as_bytes());
    let run = archive.run(["index", "in"]);
    assert_eq!(run.code, 2);
    for place in ["news.jsonl:2: malformed", "news.jsonl:4: not an article", "news.jsonl:5: empty article"] {
        assert!(run.err.contains(place), "{place}: {}", run.err);
    }
    assert_eq!(archive.query(&["atwell"])["total"], 1);
}

#[test]
fn a_missing_folder_is_reported_and_the_good_one_indexed() {
    let archive = Archive::new();
    archive.write("good.txt", b"Tom Hanks lives in Paris.");
    let run = archive.run(["index", "nowhere", "in"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("nowhere: not found"), "{}", run.err);
    assert_eq!(archive.query(&["hanks"])["total"], 1);
}

#[cfg(unix)]
#[test]
fn loops_of_links_are_reported() {
    let archive = Archive::new();
    archive.write("good.txt", b"Tom Hanks lives in Paris.");
    std::os::unix::fs::symlink(archive.path("in"), archive.path("in/loop")).unwrap();
    let run = archive.run(["index", "in"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("loop"), "{}", run.err);
    assert_eq!(archive.query(&["hanks"])["total"], 1);
}

#[cfg(unix)]
#[test]
#[ignore = "needs a user other than root, who may read everything"]
fn forbidden_files_are_reported_and_tried_again() {
    use std::os::unix::fs::PermissionsExt;
    let archive = Archive::new();
    archive.write("good.txt", b"Tom Hanks lives in Paris.");
    archive.write("secret.txt", b"Simon Pegg hides.");
    let secret = archive.path("in/secret.txt");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
    let run = archive.run(["index", "in"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("secret.txt: no permission"), "{}", run.err);
    assert_eq!(archive.query(&["hanks"])["total"], 1);
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o644)).unwrap();
    archive.run(["index", "in"]);
    assert_eq!(archive.query(&["pegg"])["total"], 1);
}

#[test]
fn folders_that_are_not_an_index_are_not_touched() {
    let archive = Archive::new();
    archive.write("good.txt", b"Tom Hanks lives in Paris.");
    for args in [&["index", "in", "--index", "in"][..], &["query", "x", "--index", "in"]] {
        let run = archive.run(args);
        assert_eq!(run.code, 2);
        assert!(run.err.contains("is not a newsearch index"), "{}", run.err);
    }
    assert_eq!(fs::read_dir(archive.path("in")).unwrap().count(), 1);
    let run = archive.run(["query", "x"]);
    assert!(run.code == 2 && run.err.contains("no index at index; make one with"), "{}", run.err);
}

#[test]
fn an_index_of_another_format_is_refused_with_the_remedy() {
    let archive = Archive::of(&[("a.txt", "Tom Cruise runs.")]);
    // As a later version might write it.
    let path = archive.path("index/meta.json");
    let mut meta: serde_json::Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    meta["payload"] = "{\"format\":99,\"generation\":1}".into();
    fs::write(&path, meta.to_string()).unwrap();
    let run = archive.run(["query", "cruise"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains(&format!("has format 99, this newsearch reads {FORMAT_VERSION}")), "{}", run.err);
}

#[test]
fn damaged_index_files_are_an_error_not_a_crash() {
    let names = |archive: &Archive| {
        let mut found = fs::read_dir(archive.path("index")).unwrap().map(|e| e.unwrap().path());
        found.find(|p| p.file_name().unwrap().to_str().unwrap().starts_with("names-")).unwrap()
    };
    for keep in [0, 7, 24, 40] {
        let archive = Archive::of(&[("a.txt", "Tom Cruise runs in Paris with Simon Pegg.")]);
        let path = names(&archive);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..keep]).unwrap();
        let run = archive.run(["query", "cruise"]);
        assert_eq!(run.code, 2, "{keep} bytes: {}{}", run.out, run.err);
        assert!(run.err.contains("damaged") && !run.err.contains("panicked"), "{}", run.err);
    }
}

#[test]
fn query_errors_say_where() {
    let archive = Archive::of(&[("a.txt", "Tom Cruise runs.")]);
    let run = archive.run(["query", "tom NEAR/3"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("byte 4") && run.err.contains("both sides"), "{}", run.err);
    let run = archive.run(["query", "tom", "--since", "soon"]);
    assert!(run.code == 2 && run.err.contains("write 2021, 2021-03, 2021-03-25"), "{}", run.err);
    let run = archive.run(["query", "tom", "--facets", "moods"]);
    assert!(run.code == 2 && run.err.contains("expected person, character"), "{}", run.err);
    for odd in ["- + ? !", "AND OR NOT", "()", "“”", "*~^", "\u{0}"] {
        assert_ne!(archive.run_with(["batch"], odd).code, -1, "{odd:?}");
    }
}
