//! What `verify` sees, and what opening an index sees by itself.

use std::fs;

use crate::support::Archive;

/// An index of several segments, some with deletions.
fn lived_in() -> Archive {
    let archive = Archive::new();
    for run in 0..3 {
        for file in 0..3 {
            let text = format!("Tom Cruise runs in Paris, part {run} of {file}.");
            archive.write(&format!("{run}-{file}.txt"), text.as_bytes());
        }
        assert_eq!(archive.run(["index", "in"]).code, 0);
    }
    archive.remove("0-1.txt");
    archive.remove("1-1.txt");
    archive.write("2-1.txt", b"Hayley Atwell acts.");
    assert_eq!(archive.run(["index", "in"]).code, 0);
    archive
}

/// Checks that each changed byte of a file is told by `verify`.
fn check_each_change(name: &str, changes: impl Fn(u8) -> Option<u8>, archive: &Archive) {
    let path = archive.path("index").join(name);
    let sound = fs::read(&path).unwrap();
    let index = archive.path("index");
    let is_sound = || newsearch::verify(&index).is_ok_and(|verified| verified.problems.is_empty());
    assert!(is_sound(), "{name}");
    let mut seen = 0;
    for (at, byte) in sound.iter().enumerate() {
        let Some(changed) = changes(*byte) else { continue };
        let mut damaged = sound.clone();
        damaged[at] = changed;
        fs::write(&path, &damaged).unwrap();
        let around = String::from_utf8_lossy(&sound[at.saturating_sub(30)..at]).into_owned();
        assert!(!is_sound(), "{name} at {at}, behind {around:?}: {} to {}", char::from(*byte), char::from(changed));
        seen += 1;
    }
    fs::write(&path, sound).unwrap();
    assert!(seen > 10 && is_sound(), "{name}: {seen}");
}

#[test]
fn every_digit_of_the_list_of_segments_is_checked() {
    let archive = lived_in();
    let meta = fs::read_to_string(archive.path("index/meta.json")).unwrap();
    for number in ["num_deleted_docs", "max_doc", "opstamp", "checksum"] {
        assert!(meta.contains(number), "{number} is not in {meta}");
    }
    let next = |byte: u8| byte.is_ascii_digit().then(|| if byte == b'9' { b'0' } else { byte + 1 });
    check_each_change("meta.json", next, &archive);
}

#[test]
fn damaged_alerts_are_told_with_what_to_do() {
    let archive = lived_in();
    assert_eq!(archive.run(["alert", "add", "paris", "paris"]).code, 0);
    check_each_change("alerts.json", |byte| Some(byte ^ 1), &archive);
    let path = archive.path("index/alerts.json");
    let sound = fs::read_to_string(&path).unwrap();
    fs::write(&path, sound.replace("\"query\":\"paris\"", "\"query\":\"pariz\"")).unwrap();
    for args in [&["verify"][..], &["alert", "list"], &["alert", "run"]] {
        let run = archive.run(args);
        assert!(run.code == 2 && run.err.contains("remove its \"sum\""), "{args:?}: {}", run.err);
    }
    let (edited, _) = sound.split_once(",\"sum\"").unwrap();
    fs::write(&path, format!("{edited}}}")).unwrap();
    let run = archive.run(["alert", "list"]);
    assert!(run.code == 0 && run.out.contains("paris"), "{}", run.err);
}

#[test]
fn edits_of_the_ledger_are_noted_and_garbage_is_told() {
    let archive = lived_in();
    let path = archive.path("index/aliases.toml");
    let check = |code: i32, said: &str| {
        let run = archive.run(["verify"]);
        assert_eq!((run.code, run.err.contains(said)), (code, true), "{said}: {}", run.err);
    };
    check(0, "");
    assert_eq!(archive.run(["entities", "hide", "place:Paris"]).code, 0);
    assert_eq!(archive.run(["verify"]).err, "");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("Paris", "Pariz")).unwrap();
    check(0, "was changed by hand since newsearch wrote it");
    fs::write(&path, [text.as_bytes(), b"# Beyonc\xe9\n"].concat()).unwrap();
    check(2, "it is not UTF-8");
    fs::write(&path, text.replace("Paris", "Pa\0ris")).unwrap();
    check(2, "the control character U+0000");
    fs::write(&path, &text).unwrap();
    assert_eq!(archive.run(["verify"]).err, "");
    fs::remove_file(&path).unwrap();
    check(0, "was changed by hand");
    let json = archive.run(["verify", "--format", "json"]).json();
    assert_eq!((json["sound"].as_bool(), json["notes"].as_array().unwrap().len()), (Some(true), 1));
}
