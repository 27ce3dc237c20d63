//! Ledgers that are links, in other encodings, or cannot be read.

use std::fs;

use crate::support::{Archive, facet, field_of_hits};

fn archive() -> Archive {
    Archive::of(&[
        ("a.txt", "Premiere\n\nTom Cruise met Hayley Atwell at the premiere in London."),
        ("b.txt", "Set\n\nTom Cruise thanked Hayley Atwell on the set in London."),
    ])
}

fn people(archive: &Archive) -> Vec<String> {
    let answer = archive.query(&["tom"]);
    assert_eq!(field_of_hits(&answer, "id").len(), 2);
    facet(&answer, "person").into_iter().map(|(name, _)| name).collect()
}

#[cfg(unix)]
#[test]
fn a_linked_ledger_is_written_through_and_survives_a_rebuild() {
    let archive = archive();
    let (link, kept) = (archive.path("index/aliases.toml"), archive.path("git/names.toml"));
    fs::create_dir(archive.path("git")).unwrap();
    fs::write(&kept, "# ours\n").unwrap();
    std::os::unix::fs::symlink("../git/names.toml", &link).unwrap();
    let hide = |name: &str| assert_eq!(archive.run(["entities", "hide", name]).code, 0);
    hide("Tom Cruise");
    assert_eq!(people(&archive), ["Hayley Atwell"]);
    assert_eq!(archive.run(["index", "in", "--rebuild"]).code, 0);
    hide("Hayley Atwell");
    assert!(link.is_symlink() && people(&archive).is_empty());
    let text = fs::read_to_string(&kept).unwrap();
    assert!(text.starts_with("# ours\n") && text.matches("hide").count() == 2, "{text}");
    // A checkout that is not there: queries go on, with a message, and nothing is written.
    fs::rename(&kept, archive.path("git/away")).unwrap();
    let run = archive.run(["query", "tom"]);
    assert_eq!(run.code, 0);
    assert!(run.err.contains("names.toml, which is missing") && run.err.contains("no decision is in force"));
    assert_eq!(archive.run(["entities", "hide", "London"]).code, 2);
    assert!(!kept.exists() && link.is_symlink());
}

#[cfg(unix)]
#[test]
fn linked_alerts_are_written_through() {
    let archive = archive();
    let (link, kept) = (archive.path("index/alerts.json"), archive.path("kept.json"));
    fs::write(&kept, "\u{feff}{\"alerts\":[]}").unwrap();
    std::os::unix::fs::symlink(&kept, &link).unwrap();
    assert_eq!(archive.run(["alert", "add", "tom", "tom cruise"]).code, 0);
    assert_eq!(archive.run(["index", "in", "--rebuild"]).code, 0);
    assert!(link.is_symlink() && fs::read_to_string(&kept).unwrap().contains("tom cruise"));
    assert!(archive.run(["alert", "list"]).out.contains("tom cruise"));
}

#[test]
fn a_ledger_in_latin_1_is_reported_and_left_alone() {
    let archive = archive();
    let ledger = archive.path("index/aliases.toml");
    let bytes = b"[[decision]]\nhide = \"person:Tom Cruise\"\n[[decision]]\nhide = \"person:Beyonc\xe9\"\n";
    fs::write(&ledger, bytes).unwrap();
    assert_eq!(people(&archive), ["Hayley Atwell"]);
    for args in [&["query", "tom"][..], &["entities", "hide", "Hayley Atwell"], &["entities", "undo"], &["verify"]] {
        let run = archive.run(args);
        assert!(run.err.contains("aliases.toml line 4: not UTF-8; save the file as UTF-8"), "{args:?} {}", run.err);
        assert_eq!(run.code, if args[0] == "query" { 0 } else { 2 }, "{args:?}");
        assert_eq!(fs::read(&ledger).unwrap(), bytes, "{args:?}");
    }
    fs::write(&ledger, "\u{feff}[[decision]]\nhide = \"person:Tom Cruise\"\n").unwrap();
    assert_eq!(archive.run(["entities", "hide", "Hayley Atwell"]).code, 0);
    assert!(people(&archive).is_empty());
}
