//! Who may read an index: the modes of its files, and readers that may not write.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{Archive, Run};

/// Commands that only read, with what each prints.
const READERS: [(&[&str], &str); 5] = [
    (&["query", "cruise", "--format", "paths"], "in/a.txt\n"),
    (&["alert", "list"], "paris  {\"query\":\"paris\"}\n"),
    (&["stats"], "articles       1\n"),
    (&["entities", "tom"], "Tom Cruise"),
    (&["verify"], "sound: "),
];

/// An index that has had several commits, decisions and alerts.
fn lived_in() -> Archive {
    let archive = Archive::of(&[("a.txt", "Tom Cruise runs in Paris."), ("b.txt", "Hayley Atwell acts.")]);
    archive.remove("b.txt");
    for args in [&["index", "in"][..], &["alert", "add", "paris", "paris"], &["entities", "hide", "place:Paris"]] {
        let run = archive.run(args);
        assert_eq!(run.code, 0, "{args:?}: {}", run.err);
    }
    archive
}

fn files_of(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn mode_of(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

/// Runs a command of an archive through another program, which gets it behind
/// its own arguments.
fn run_through(archive: &Archive, program: &str, before: &[&str], args: &[&str]) -> Run {
    let command = archive.command(args);
    let mut outer = Command::new(program);
    outer.args(before).arg(command.get_program()).args(command.get_args());
    outer.current_dir(command.get_current_dir().unwrap()).env("XDG_CONFIG_HOME", archive.path("settings"));
    let output = outer.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

fn check_readers(run: impl Fn(&[&str]) -> Run) {
    for (args, printed) in READERS {
        let run = run(args);
        assert!(run.code == 0 && run.out.contains(printed), "{args:?}: {}{}", run.out, run.err);
    }
}

#[test]
fn files_get_the_modes_that_the_umask_says() {
    for (umask, expected) in [("022", 0o644), ("027", 0o640)] {
        let archive = Archive::new();
        archive.write("a.txt", b"Tom Cruise runs in Paris.");
        let under_umask = format!("umask {umask}; exec \"$0\" \"$@\"");
        let run = |args: &[&str]| assert_eq!(run_through(&archive, "sh", &["-c", &under_umask], args).code, 0);
        run(&["index", "in"]);
        archive.write("b.txt", b"Hayley Atwell acts.");
        run(&["index", "in"]);
        run(&["alert", "add", "paris", "paris"]);
        run(&["entities", "hide", "place:Paris"]);
        run(&["query", "cruise"]);
        for path in files_of(&archive.path("index")) {
            assert_eq!(mode_of(&path), expected, "{}", path.display());
        }
    }
}

#[test]
fn reading_needs_no_lock_file() {
    let archive = lived_in();
    let lock = archive.path("index/.tantivy-meta.lock");
    fs::remove_file(&lock).unwrap();
    // A folder of that name refuses even the superuser.
    fs::create_dir(&lock).unwrap();
    check_readers(|args| archive.run(args));
}

#[test]
fn reading_leaves_no_trace() {
    let archive = lived_in();
    let lock = archive.path("index/.tantivy-meta.lock");
    let state = || {
        let mut files: Vec<(PathBuf, Vec<u8>)> =
            files_of(&archive.path("index")).into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect();
        files.sort();
        files
    };
    assert!(lock.is_file());
    let before = state();
    check_readers(|args| archive.run(args));
    assert!(state() == before, "a reader changed the folder");
}

#[test]
#[ignore = "needs the right to become another user: setpriv"]
fn another_user_reads_an_index() {
    let archive = lived_in();
    fs::set_permissions(archive.path(""), fs::Permissions::from_mode(0o755)).unwrap();
    let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    let as_nobody = |args: &[&str]| run_through(&archive, "setpriv", &nobody, args);
    check_readers(as_nobody);
    // A folder that never had a lock file, as on a read-only medium.
    fs::remove_file(archive.path("index/.tantivy-meta.lock")).unwrap();
    check_readers(as_nobody);
    assert!(!archive.path("index/.tantivy-meta.lock").exists());
    let run = as_nobody(&["alert", "add", "more", "cruise"]);
    assert!(run.code == 2 && run.err.contains("cannot lock"), "{}", run.err);
    // What may not be read is not called damaged.
    fs::set_permissions(archive.path("index/meta.json"), fs::Permissions::from_mode(0o600)).unwrap();
    let run = as_nobody(&["query", "cruise"]);
    assert!(run.code == 2 && run.err.contains("meta.json") && run.err.contains("denied"), "{}", run.err);
    assert!(!run.err.contains("rebuild"), "{}", run.err);
}
