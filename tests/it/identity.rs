//! What a file and an article are known by: whatever is done to files, nothing on disk
//! is missing from the index, and nothing in it is lost.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use crate::support::{Archive, Run, field_of_hits};

fn total(archive: &Archive, query: &str) -> u64 {
    archive.query(&[query, "--duplicates", "show"])["total"].as_u64().unwrap()
}

fn index<S: AsRef<OsStr>>(archive: &Archive, args: impl IntoIterator<Item = S>) -> Run {
    let args: Vec<_> = args.into_iter().map(|arg| arg.as_ref().to_owned()).collect();
    let run = archive.run([OsStr::new("index").to_owned()].into_iter().chain(args));
    assert_eq!(run.code, 0, "{}", run.err);
    run
}

/// Runs the command in another folder, with the archive's index.
fn index_in(archive: &Archive, folder: &Path, path: &OsStr) {
    let index = archive.path("index");
    let mut command = archive.command([OsStr::new("index"), path, OsStr::new("--index"), index.as_os_str()]);
    let output = command.current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_rotated_log_keeps_every_day() {
    let archive = Archive::of(&[("news.jsonl", "{\"id\":1,\"text\":\"Tom Cruise runs.\"}\n")]);
    for (day, text) in ["Hayley Atwell acts.", "Simon Pegg jokes.", "Vanessa Kirby sings."].iter().enumerate() {
        for number in (1..=day).rev() {
            let name = |number: usize| archive.path(&format!("in/news.{number}.jsonl"));
            fs::rename(name(number), name(number + 1)).unwrap();
        }
        fs::rename(archive.path("in/news.jsonl"), archive.path("in/news.1.jsonl")).unwrap();
        archive.write("news.jsonl", format!("{{\"id\":1,\"text\":\"{text}\"}}\n").as_bytes());
        index(&archive, ["in"]);
        for query in ["cruise", "atwell", "pegg", "kirby"].iter().take(day + 2) {
            assert_eq!(total(&archive, query), 1, "{query} on day {day}");
        }
    }
}

#[test]
fn files_that_change_places_keep_their_articles() {
    let archive = Archive::of(&[("a.txt", "Tom Cruise runs."), ("b.txt", "Simon Pegg sits.")]);
    for (from, to) in [("a", "c"), ("b", "a"), ("c", "b")] {
        fs::rename(archive.path(&format!("in/{from}.txt")), archive.path(&format!("in/{to}.txt"))).unwrap();
    }
    index(&archive, ["in"]);
    let path = |query: &str| archive.query(&[query])["hits"][0]["path"].clone();
    assert_eq!((path("cruise"), path("pegg")), ("in/b.txt".into(), "in/a.txt".into()));
    fs::rename(archive.path("in/a.txt"), archive.path("in/c.txt")).unwrap();
    index(&archive, ["in"]);
    fs::rename(archive.path("in/c.txt"), archive.path("in/a.txt")).unwrap();
    index(&archive, ["in"]);
    assert_eq!([total(&archive, "cruise"), total(&archive, "pegg")], [1, 1]);
}

#[test]
fn an_article_stays_as_long_as_a_file_has_it() {
    let line = |id: u32, text: &str| format!("{{\"id\":{id},\"source\":\"Variety\",\"text\":\"{text}\"}}\n");
    let [one, two, three] = [line(1, "Tom Cruise runs."), line(2, "Simon Pegg jokes."), line(3, "Ann Lee sits.")];
    let archive = Archive::of(&[("a.jsonl", &format!("{one}{two}")), ("b.jsonl", &format!("{two}{three}"))]);
    assert_eq!(archive.query(&["runs OR jokes OR sits"])["total"], 3);
    archive.write("b.jsonl", three.as_bytes());
    index(&archive, ["in"]);
    assert_eq!(total(&archive, "pegg"), 1, "a.jsonl still has it");
    archive.write("c.jsonl", two.as_bytes());
    let run = index(&archive, ["in"]);
    assert!(run.err.contains("1 articles are in other files too, and indexed once"), "{}", run.err);
    assert_eq!(archive.query(&["pegg"])["hits"][0]["path"], "in/c.jsonl", "the last one is in force");
    archive.remove("c.jsonl");
    index(&archive, ["in"]);
    assert_eq!(archive.query(&["pegg"])["hits"][0]["path"], "in/a.jsonl");
}

#[test]
fn ids_are_one_within_their_source() {
    let rows = |a: &str, b: &str| format!("id,title\n1,{a}\n2,{b}\n");
    let files = [("a.csv", rows("Cruise runs", "Pegg jokes")), ("b.csv", rows("Atwell acts", "Kirby sings"))];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let archive = Archive::of(&files);
    for query in ["cruise", "pegg", "atwell", "kirby"] {
        assert_eq!(total(&archive, query), 1, "{query}");
    }
    let ids = field_of_hits(&archive.query(&["cruise OR atwell"]), "id");
    assert!(ids.len() == 2 && ids[0] != ids[1] && ids.iter().all(|id| id.starts_with("1~")), "{ids:?}");
    for id in &ids {
        let shown = archive.run(["show", id, "--format", "json"]);
        assert_eq!((shown.code, shown.json()["id"].as_str()), (0, Some(id.as_str())), "{}", shown.err);
    }
    let shared = archive.run(["show", "1"]);
    assert!(shared.code == 2 && shared.err.contains("several articles have the id 1: 1~"), "{}", shared.err);
    let other = archive.run(["index", "in", "--ids", "global"]);
    assert!(other.code == 2 && other.err.contains("--rebuild --ids global"), "{}", other.err);
}

#[test]
fn in_one_namespace_of_ids_collisions_are_named() {
    let archive = Archive::new();
    archive.write("a.csv", b"id,title\n1,Cruise runs\n2,Pegg jokes\n");
    archive.write("b.csv", b"id,title\n1,Atwell acts\n2,Pegg jokes\n");
    let run = archive.run(["index", "in", "--ids", "global", "--failures", "left.jsonl"]);
    assert_eq!(run.code, 2);
    let message = "in/a.csv: its article 1 is left out: in/b.csv has another text under this id, and comes later";
    assert!(run.err.contains(message) && run.err.contains("1 left out: id taken"), "{}", run.err);
    assert!(fs::read_to_string(archive.path("left.jsonl")).unwrap().contains("\"reason\":\"id taken\""));
    assert_eq!(field_of_hits(&archive.query(&["acts OR jokes"]), "id").len(), 2);
    assert_eq!(total(&archive, "cruise"), 0);
    archive.remove("b.csv");
    index(&archive, ["in"]);
    assert_eq!(total(&archive, "cruise"), 1);
}

#[test]
fn long_numbers_are_ids_of_their_own() {
    let line = |id: &str, text: &str| format!("{{\"id\":{id},\"text\":\"{text}\"}}\n");
    let text = line("123456789012345678901234", "Cruise runs.") + &line("123456789012345678901299", "Pegg jokes.");
    let archive = Archive::of(&[("a.jsonl", &text)]);
    let mut ids = field_of_hits(&archive.query(&["runs OR jokes"]), "id");
    ids.sort();
    assert_eq!(ids, ["123456789012345678901234", "123456789012345678901299"]);
}

#[test]
fn a_line_in_front_is_the_only_new_article() {
    let line = |text: &str| format!("{{\"text\":\"{text} in London\"}}\n");
    let row = |text: &str| format!("{text} in London,\n");
    let old = ["Tom Cruise runs", "Simon Pegg jokes"];
    let lines = old.map(line).concat();
    let rows = ["Ann Lee sits", "Bo Ray stands"].map(row).concat();
    let archive = Archive::of(&[("a.jsonl", &lines), ("b.csv", &format!("title,text\n{rows}"))]);
    archive.run(["alert", "add", "london", "London"]);
    let commits = || archive.run(["stats", "--format", "json"]).json()["commits"].to_string();
    let before = commits();
    archive.write("a.jsonl", (line("Hayley Atwell acts") + &lines).as_bytes());
    archive.write("b.csv", format!("title,text\n{}{rows}", row("Cy Fox walks")).as_bytes());
    index(&archive, ["in"]);
    let told = archive.run(["alert", "run", "--format", "jsonl"]);
    let mut titles: Vec<String> = told.lines().iter().map(|hit| hit["title"].as_str().unwrap().to_owned()).collect();
    titles.sort();
    assert_eq!(titles, ["Cy Fox walks in London", "Hayley Atwell acts in London"]);
    assert_eq!(archive.query(&["london", "--since-commit", &before])["total"], 2);
    // Moved files bring nothing new.
    fs::rename(archive.path("in/a.jsonl"), archive.path("in/z.jsonl")).unwrap();
    index(&archive, ["in"]);
    assert_eq!(archive.run(["alert", "run"]).code, 1);
}

#[test]
fn a_file_is_the_same_from_every_folder() {
    let archive = Archive::of(&[("a.txt", "Tom Cruise runs."), ("sub/b.txt", "Simon Pegg jokes.")]);
    let root = archive.path("in");
    for folder in [Path::new("/"), &archive.path(""), &root, &root.join("sub")] {
        index_in(&archive, folder, root.as_os_str());
        assert_eq!([total(&archive, "cruise"), total(&archive, "pegg")], [1, 1], "{folder:?}");
    }
    index_in(&archive, &root, OsStr::new("."));
    assert_eq!([total(&archive, "cruise"), total(&archive, "pegg")], [1, 1]);
    // The same relative path elsewhere is another one.
    fs::create_dir_all(archive.path("other/in")).unwrap();
    fs::write(archive.path("other/in/a.txt"), "Hayley Atwell acts.").unwrap();
    index_in(&archive, &archive.path("other"), OsStr::new("in"));
    assert_eq!([total(&archive, "cruise"), total(&archive, "pegg"), total(&archive, "atwell")], [1, 1, 1]);
    let stats = archive.run(["stats", "--format", "json"]).json();
    assert_eq!(stats["roots"].as_array().unwrap().len(), 2, "{stats}");
    let other = archive.path("other/in");
    index(&archive, [OsStr::new("--forget"), other.as_os_str()]);
    assert_eq!([total(&archive, "cruise"), total(&archive, "atwell")], [1, 0]);
}

#[test]
fn the_index_is_no_article() {
    let archive = Archive::new();
    archive.write("a.txt", b"Tom Cruise runs.");
    let run = |_| {
        let mut command = archive.command(["index", "."]);
        let output = command.current_dir(archive.path("in")).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    (0..3).for_each(run);
    let mut command = archive.command(["stats", "--format", "json"]);
    let stats = command.current_dir(archive.path("in")).output().unwrap().stdout;
    let stats: serde_json::Value = serde_json::from_slice(&stats).unwrap();
    assert_eq!((&stats["articles"], &stats["files"]), (&1.into(), &1.into()));
}

#[cfg(unix)]
#[test]
fn names_that_are_no_utf8_are_kept_apart() {
    use std::os::unix::ffi::OsStrExt;
    let archive = Archive::new();
    fs::create_dir_all(archive.path("in")).unwrap();
    let names: [&[u8]; 4] = [b"a\xff.txt", b"a\xfe.txt", b"a\xe9.txt", b"a\\xFF.txt"];
    for (number, name) in names.iter().enumerate() {
        let path = archive.path("in").join(OsStr::from_bytes(name));
        fs::write(path, format!("Tom Cruise runs in film {number}.")).unwrap();
    }
    index(&archive, ["in"]);
    assert_eq!(total(&archive, "cruise"), 4);
    let paths = archive.command(["query", "cruise", "--format", "paths", "--null"]).output().unwrap().stdout;
    let mut found: Vec<&[u8]> = paths.split(|byte| *byte == 0).filter(|path| !path.is_empty()).collect();
    found.sort_unstable();
    let mut expected = names.map(|name| [b"in/", name].concat());
    expected.sort_unstable();
    assert_eq!(found, expected);
    assert!(index(&archive, ["in"]).err.contains("4 unchanged"));
}

#[test]
fn a_member_that_is_gone_from_an_archive_is_gone() {
    let zip = |names: &[&str]| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for name in names {
            zip.start_file(format!("{name}.txt"), zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut zip, format!("{name} acts in the film.").as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let archive = Archive::new();
    archive.write("a.zip", &zip(&["Cruise", "Pegg"]));
    index(&archive, ["in"]);
    archive.write("a.zip", &zip(&["Pegg"]));
    index(&archive, ["in"]);
    assert_eq!([total(&archive, "cruise"), total(&archive, "pegg")], [0, 1]);
    archive.write("b.txt", b"Kirby sings.");
    archive.remove("a.zip");
    index(&archive, ["in"]);
    assert_eq!(total(&archive, "pegg"), 0);
}

#[test]
fn a_rebuild_reads_all_roots_and_touches_nothing_else() {
    let archive = Archive::of(&[("a.txt", "Tom Cruise runs.")]);
    fs::create_dir(archive.path("more")).unwrap();
    fs::write(archive.path("more/b.txt"), "Simon Pegg jokes.").unwrap();
    index(&archive, ["more"]);
    fs::write(archive.path("index/notes.txt"), "mine").unwrap();
    fs::create_dir(archive.path("index/backup")).unwrap();
    index(&archive, ["in", "--rebuild"]);
    assert_eq!([total(&archive, "cruise"), total(&archive, "pegg")], [1, 1]);
    assert!(archive.path("index/notes.txt").exists() && archive.path("index/backup").exists());
    fs::remove_file(archive.path("index/meta.json")).unwrap();
    index(&archive, ["--rebuild"]);
    assert_eq!([total(&archive, "cruise"), total(&archive, "pegg")], [1, 1]);
    assert_eq!(archive.run(["verify"]).code, 0);
    // Not what came on standard input, unless told to.
    let piped = archive.run_with(["index", "-"], "{\"text\":\"Hayley Atwell acts.\"}\n");
    assert_eq!(piped.code, 0, "{}", piped.err);
    let refused = archive.run(["index", "--rebuild"]);
    assert!(refused.code == 2 && refused.err.contains("--allow-loss"), "{}", refused.err);
    assert_eq!(total(&archive, "atwell"), 1);
    index(&archive, ["--rebuild", "--allow-loss"]);
    assert_eq!([total(&archive, "cruise"), total(&archive, "atwell")], [1, 0]);
}

#[test]
fn a_rebuild_refuses_the_folder_of_others() {
    let archive = Archive::new();
    archive.write("a.txt", b"Tom Cruise runs.");
    fs::create_dir_all(archive.path("home/.ssh")).unwrap();
    let run = archive.run(["index", "in", "--rebuild", "--index", "home"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(archive.path("home/.ssh").exists());
}

#[test]
fn a_folder_with_a_placeholder_is_free() {
    for rebuild in [None, Some("--rebuild")] {
        let archive = Archive::new();
        archive.write("a.txt", b"Tom Cruise runs.");
        fs::create_dir(archive.path("index")).unwrap();
        fs::write(archive.path("index/.gitkeep"), "").unwrap();
        index(&archive, ["in"].into_iter().chain(rebuild));
        assert_eq!(total(&archive, "cruise"), 1);
        assert!(archive.path("index/.gitkeep").exists());
    }
}

#[cfg(unix)]
#[test]
fn a_rebuild_follows_a_link_and_works_where_one_stands() {
    let archive = Archive::of(&[("a.txt", "Tom Cruise runs.")]);
    fs::rename(archive.path("index"), archive.path("real")).unwrap();
    std::os::unix::fs::symlink("real", archive.path("index")).unwrap();
    archive.write("b.txt", b"Simon Pegg jokes.");
    index(&archive, ["--rebuild"]);
    assert!(archive.path("index").is_symlink());
    assert_eq!([total(&archive, "cruise"), total(&archive, "pegg")], [1, 1]);
    let mut command = archive.command(["index", "--rebuild", "--index", "."]);
    assert!(command.current_dir(archive.path("real")).status().unwrap().success());
    assert_eq!([total(&archive, "cruise"), total(&archive, "pegg")], [1, 1]);
}

#[cfg(unix)]
#[test]
fn named_pipes_are_read_when_named_and_told_when_found() {
    let archive = Archive::of(&[("a.txt", "Tom Cruise runs."), ("b.css", "p { color: red }")]);
    let pipe = archive.path("in/pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let run = archive.run(["index", "in", "-v", "--failures", "left.jsonl"]);
    assert!(
        run.err.contains("in/pipe: not read: named pipe") && run.err.contains("1 .css, 1 named pipe"),
        "{}",
        run.err
    );
    assert!(fs::read_to_string(archive.path("left.jsonl")).unwrap().contains("in/b.css: not read: .css"));
    let writer = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::write(pipe, "{\"text\":\"Hayley Atwell acts.\"}\n").unwrap()
    });
    index(&archive, [pipe.as_os_str()]);
    writer.join().unwrap();
    assert_eq!([total(&archive, "cruise"), total(&archive, "atwell")], [1, 1]);
}
