//! Consistency of the index: killed writers, full disks, damaged files, and
//! readers beside a writer.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use newsearch::Duplicates;
use newsearch::verify;
use newsearch::{Query, Searcher};

use crate::support::{Archive, Numbers};

/// Files in each test archive.
const FILES: usize = 12;

/// The titles of all articles of an index; empty if there is no index yet.
fn titles(index: &Path) -> BTreeSet<String> {
    let Ok(searcher) = Searcher::open(index) else { return BTreeSet::new() };
    let answer = searcher.search(&Query::new("everyone").limit(1000).duplicates(Duplicates::Show)).unwrap();
    assert_eq!(answer.total, answer.hits.len());
    answer.hits.into_iter().map(|hit| hit.title).collect()
}

fn check_consistent(index: &Path, when: &str) {
    if index.join("meta.json").exists() {
        let problems = verify(index).unwrap().problems;
        assert!(problems.is_empty(), "{when}: {problems:?}");
    }
}

/// Writes, changes or deletes a few files; returns the resulting titles.
fn change(archive: &Archive, numbers: &mut Numbers, round: usize) -> BTreeSet<String> {
    for _ in 0..=numbers.below(4) {
        let name = format!("{}.txt", numbers.below(FILES));
        if numbers.below(4) == 0 {
            let _ = fs::remove_file(archive.path("in").join(&name));
        } else {
            let body = "Tom Cruise and Hayley Atwell met everyone in Paris. ".repeat(1 + numbers.below(40));
            archive.write(&name, format!("Title: File {name} of round {round}\n\n{body}\n").as_bytes());
        }
    }
    let files = fs::read_dir(archive.path("in")).unwrap();
    let title = |text: String| text.lines().next().unwrap().trim_start_matches("Title: ").to_owned();
    files.map(|file| title(fs::read_to_string(file.unwrap().path()).unwrap())).collect()
}

/// Kills `index` at random moments. After each, the index must be consistent and
/// have the articles of the commit before or after.
fn kill(rounds: usize, args: &[&str], seed: u64) {
    let archive = Archive::new();
    let index = archive.path("index");
    let mut numbers = Numbers(seed);
    let mut committed = BTreeSet::new();
    let mut longest = Duration::from_millis(120);
    let mut after = 0;
    for round in 0..rounds {
        archive.write("always.txt", b"Title: Always\n\nPom Klementieff met everyone.\n");
        let wanted = change(&archive, &mut numbers, round);
        let started = Instant::now();
        let errors = fs::File::create(archive.path("errors")).unwrap();
        let mut child = archive.command(args).stderr(errors).stdout(Stdio::null()).spawn().unwrap();
        let pause = longest.mul_f64(numbers.below(1000) as f64 / 1000.0);
        let killed = loop {
            match child.try_wait().unwrap() {
                Some(_) => break false,
                None if started.elapsed() >= pause => {
                    child.kill().unwrap();
                    child.wait().unwrap();
                    break true;
                }
                None => std::thread::sleep(Duration::from_micros(300)),
            }
        };
        if !killed {
            longest = started.elapsed().mul_f64(1.1);
        }
        check_consistent(&index, &format!("round {round}, killed {killed} after {pause:?}"));
        let found = titles(&index);
        assert!(
            found == wanted || found == committed,
            "round {round}: {found:?}, neither {committed:?} nor {wanted:?}"
        );
        let errors = || fs::read_to_string(archive.path("errors")).unwrap();
        assert!(killed || found == wanted, "round {round}: a run that ended did not commit: {}", errors());
        after += usize::from(killed && found == wanted);
        committed = found;
    }
    eprintln!("{rounds} rounds, {after} killed after the commit");
    let last = archive.run(args);
    assert_eq!(last.code, 0, "{}", last.err);
    assert_eq!(titles(&index).len(), fs::read_dir(archive.path("in")).unwrap().count());
}

#[test]
fn a_killed_writer_leaves_a_committed_state() {
    kill(40, &["index", "in"], 1);
}

#[test]
#[ignore = "slow: two hundred killed runs"]
fn a_writer_killed_two_hundred_times_leaves_a_committed_state() {
    kill(200, &["index", "in"], 2);
    kill(60, &["index", "--rebuild", "in"], 3);
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_an_error_and_the_last_commit_stays() {
    let archive = Archive::of(&[("a.txt", "Title: First\n\nEveryone met Tom Cruise.")]);
    let index = archive.path("index");
    for number in 0..60 {
        let words: String = (0..3000).map(|word| format!("w{} ", word * 7 + number)).collect();
        archive.write(&format!("more/{number}.txt"), format!("Title: More {number}\n\neveryone {words}").as_bytes());
    }
    let mut refused = 0;
    for blocks in [0, 1, 8, 16, 64, 128, 256, 400] {
        // Larger files cannot be written, as on a full disk.
        let limited = format!("ulimit -f {blocks}; trap '' XFSZ; exec \"$0\" index in");
        let mut shell = std::process::Command::new("sh");
        let run = shell.arg("-c").arg(limited).arg(env!("CARGO_BIN_EXE_newsearch")).current_dir(archive.path("."));
        let output = run.output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        check_consistent(&index, &format!("{blocks} blocks"));
        if output.status.code() == Some(0) {
            assert_eq!(titles(&index).len(), 61);
            break;
        }
        refused += 1;
        assert_eq!(output.status.code(), Some(2), "{blocks} blocks: {errors}");
        assert!(errors.contains("newsearch: ") && !errors.contains("panicked"), "{blocks} blocks: {errors}");
        assert_eq!(titles(&index), BTreeSet::from(["First".to_owned()]), "{blocks} blocks");
    }
    assert!(refused > 2, "the limit was never hit");
    assert_eq!(archive.run(["index", "in"]).code, 0);
    assert_eq!(titles(&index).len(), 61);
}

#[test]
fn a_flipped_byte_in_any_file_is_found() {
    let archive = Archive::new();
    for number in 0..30 {
        let text =
            format!("Title: Story {number}\n\nTom Cruise and Hayley Atwell met everyone in Paris {number} times.");
        archive.write(&format!("{number}.txt"), text.as_bytes());
    }
    assert_eq!(archive.run(["index", "in"]).code, 0);
    archive.remove("3.txt");
    fs::rename(archive.path("in/4.txt"), archive.path("in/moved.txt")).unwrap();
    assert_eq!(archive.run(["index", "in"]).code, 0);
    assert_eq!(archive.run(["entities", "merge", "person:Tom Cruise", "person:Hayley Atwell"]).code, 0);
    let index = archive.path("index");
    // Files of the previous commit are kept for open readers; they are not verified.
    let old = |name: &str| name.contains("-1.");
    let mut files = 0;
    for entry in fs::read_dir(&index).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let bytes = fs::read(&path).unwrap();
        if name.ends_with("lock") || old(&name) || bytes.is_empty() {
            continue;
        }
        files += 1;
        for at in [0, bytes.len() / 3, bytes.len() / 2, bytes.len() - 1] {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x15;
            fs::write(&path, &damaged).unwrap();
            let run = archive.run(["verify"]);
            // Users edit the ledger; a byte changed in a comment is not damage, but told.
            let is_noted = name.contains("aliases") && run.err.contains("was changed by hand");
            assert!(run.code == 2 || is_noted, "{name}, byte {at}: {}{}", run.out, run.err);
            for args in [&["query", "cruise"][..], &["entities"], &["stats"], &["query", "\"met everyone\" OR par*"]] {
                let run = archive.run(args);
                // A small index is verified whenever it is opened.
                let is_read = !name.starts_with('.') && !["aliases.toml", "findings.toml"].contains(&name.as_str());
                assert!(run.code == 2 || !is_read, "{name}, byte {at}, {args:?}: {}{}", run.out, run.err);
                assert!(!run.err.contains("panicked"), "{name}, byte {at}: {}", run.err);
            }
        }
        fs::write(&path, &bytes).unwrap();
    }
    assert!(files >= 14, "{files} files");
    assert_eq!(archive.run(["verify"]).code, 0);
}

/// One writer and eight readers; every answer must come from a single commit.
fn read_beside_a_writer(time: Duration) {
    let archive = Archive::new();
    let write = |version: usize| {
        for number in 0..FILES {
            let text = format!("Title: Version {version}\n\nEveryone met Tom Cruise and Person{number} Atwell.");
            archive.write(&format!("{number}.txt"), text.as_bytes());
        }
        let run = archive.run(["index", "in", "-q"]);
        assert_eq!(run.code, 0, "{}", run.err);
    };
    write(0);
    let index = archive.path("index");
    let done = AtomicBool::new(false);
    let (commits, answers) = std::thread::scope(|scope| {
        let readers: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    let mut answers = 0;
                    while !done.load(Ordering::Relaxed) {
                        let searcher = Searcher::open(&index).unwrap();
                        let answer =
                            searcher.search(&Query::new("everyone").limit(100).duplicates(Duplicates::Show)).unwrap();
                        let titles: BTreeSet<_> = answer.hits.iter().map(|hit| hit.title.as_str()).collect();
                        assert_eq!((answer.total, titles.len()), (FILES, 1), "{titles:?}");
                        let cruise = searcher.search(&Query::new("\"Tom Cruise\"")).unwrap();
                        assert_eq!(cruise.total, FILES);
                        answers += 1;
                    }
                    answers
                })
            })
            .collect();
        let started = Instant::now();
        let mut version = 0;
        while started.elapsed() < time {
            version += 1;
            write(version);
        }
        done.store(true, Ordering::Relaxed);
        (version, readers.into_iter().map(|reader| reader.join().unwrap()).sum::<u64>())
    });
    eprintln!("{commits} commits, {answers} answers");
    assert!(commits > 2 && answers > 100);
}

#[test]
fn readers_see_whole_commits() {
    read_beside_a_writer(Duration::from_secs(4));
}

#[test]
#[ignore = "slow: a minute"]
fn readers_see_whole_commits_for_a_minute() {
    read_beside_a_writer(Duration::from_secs(60));
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_commits_what_it_has_read() {
    use std::io::Write;
    let archive = Archive::new();
    let record =
        |n: usize| format!("{{\"id\":\"{n}\",\"title\":\"Number {n}\",\"text\":\"Met everyone in Paris.\"}}\n");
    let mut child = archive.command(["index", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    (0..40).for_each(|n| input.write_all(record(n).as_bytes()).unwrap());
    input.flush().unwrap();
    // The lock file shows that the run has started; then it needs a moment to read.
    while !archive.path("index/.writer.lock").exists() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(5));
    }
    std::thread::sleep(Duration::from_millis(500));
    let interrupt = || std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupt().success());
    std::thread::sleep(Duration::from_millis(200));
    (40..80).for_each(|n| input.write_all(record(n).as_bytes()).unwrap());
    drop(input);
    let ended = child.wait_with_output().unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(ended.status.code() == Some(2) && said.contains("interrupted"), "{said}");
    assert_eq!(titles(&archive.path("index")).len(), 40, "{said}");
    check_consistent(&archive.path("index"), "after an interrupt");
}
