//! `index --watch`: paths are followed, whatever takes their place.

use std::fs;
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::Archive;

/// How long a change may take to be indexed.
const LIMIT: Duration = Duration::from_secs(120);

struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn paths_with(archive: &Archive, word: &str) -> Vec<String> {
    let run = archive.run(["query", word, "--format", "paths", "--duplicates", "show"]);
    let mut paths: Vec<String> = run.out.lines().map(|path| path.rsplit('/').next().unwrap().to_owned()).collect();
    paths.sort();
    paths
}

fn await_paths(archive: &Archive, word: &str, expected: &[&str]) {
    let began = Instant::now();
    while paths_with(archive, word) != expected {
        assert!(began.elapsed() < LIMIT, "{word}: {:?} instead of {expected:?}", paths_with(archive, word));
        sleep(Duration::from_millis(50));
    }
}

#[cfg(unix)]
#[test]
fn what_takes_the_place_of_a_path_is_indexed() {
    let archive = Archive::new();
    let write = |name: &str, text: &str| {
        fs::create_dir_all(archive.path(name).parent().unwrap()).unwrap();
        fs::write(archive.path(name), text).unwrap();
    };
    let rename = |from: &str, to: &str| fs::rename(archive.path(from), archive.path(to)).unwrap();
    write("note.txt", "Tom Cruise begins.");
    write("folder/in-folder.txt", "Tom Cruise begins.");
    write("one/in-one.txt", "Tom Cruise begins.");
    std::os::unix::fs::symlink("one", archive.path("link")).unwrap();
    let args = ["index", "note.txt", "folder", "link", "--watch", "-q"];
    let _watching = Watching(archive.command(args).spawn().unwrap());
    await_paths(&archive, "begins", &["in-folder.txt", "in-one.txt", "note.txt"]);
    // As editors save, and as deployments switch.
    write("note.txt~", "Tom Cruise continues.");
    rename("note.txt~", "note.txt");
    write("next/in-next.txt", "Tom Cruise continues.");
    rename("folder", "before");
    rename("next", "folder");
    write("two/in-two.txt", "Tom Cruise continues.");
    std::os::unix::fs::symlink("two", archive.path("link.new")).unwrap();
    rename("link.new", "link");
    await_paths(&archive, "continues", &["in-next.txt", "in-two.txt", "note.txt"]);
    // What is there now is followed in its turn.
    write("note.txt", "Tom Cruise ends at last.");
    write("folder/in-next.txt", "Tom Cruise ends at last.");
    write("two/in-two.txt", "Tom Cruise ends at last.");
    await_paths(&archive, "ends", &["in-next.txt", "in-two.txt", "note.txt"]);
    await_paths(&archive, "begins", &[]);
}
