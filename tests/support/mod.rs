//! Shared by the test binaries: a folder and a command for each test.

#![allow(dead_code, reason = "no test binary uses all of it")]

mod nodes;
mod numbers;

pub use nodes::nodes;
pub use numbers::Numbers;

use std::cell::RefCell;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

use serde_json::Value;
use tempfile::TempDir;

/// A temporary folder with files, their index, and the command that runs there.
pub struct Archive {
    dir: TempDir,
    /// Address of the cluster that is used instead of the index folder.
    engine: Option<String>,
}

thread_local! {
    static ENGINE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs a test whose archives are kept in a cluster, each under its own name.
pub fn in_cluster(nodes: &str, test: impl FnOnce()) {
    ENGINE.replace(Some(nodes.to_owned()));
    test();
    ENGINE.replace(None);
}

/// Exit code and output of a command.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}{}", self.out, self.err))
    }

    pub fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl Archive {
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("t{}-{}", std::process::id(), COUNT.fetch_add(1, Relaxed));
        let engine = ENGINE.with_borrow(|nodes| nodes.as_ref().map(|nodes| format!("{nodes}/{name}")));
        Self { dir: tempfile::tempdir().unwrap(), engine }
    }

    /// The same archive in the cluster, used from another folder.
    pub fn elsewhere(&self) -> Self {
        Self { dir: tempfile::tempdir().unwrap(), engine: self.engine.clone() }
    }

    /// The name of the archive in its cluster.
    pub fn engine_name(&self) -> &str {
        self.engine.as_ref().unwrap().rsplit('/').next().unwrap()
    }

    /// An indexed archive of these files: names and contents.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let archive = Self::new();
        for (name, text) in files {
            archive.write(name, text.as_bytes());
        }
        let run = archive.run(["index", "in"]);
        assert_eq!(run.code, 0, "{}", run.err);
        archive
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file under `in/`.
    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.path("in").join(name)).unwrap();
    }

    pub fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Run {
        self.run_with(args, "")
    }

    pub fn run_with<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>, input: &str) -> Run {
        let mut child =
            self.command(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let output = std::thread::scope(|scope| {
            // A command that does not read its input closes the pipe.
            scope.spawn(move || {
                let _ = stdin.write_all(input.as_bytes());
            });
            child.wait_with_output().unwrap()
        });
        let Output { status, stdout, stderr } = output;
        Run {
            code: status.code().unwrap_or(-1),
            out: String::from_utf8(stdout).unwrap(),
            err: String::from_utf8(stderr).unwrap(),
        }
    }

    pub fn command<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newsearch"));
        // The settings and terminal width of the user must not matter.
        for name in [
            "INDEX",
            "CONFIG",
            "COLOR",
            "THREADS",
            "LIMIT",
            "SNIPPETS",
            "FACETS",
            "FACET_ORDER",
            "SORT",
            "DUPLICATES",
            "MEANING",
            "PAGER",
            "ADDRESS",
            "TOKEN",
            "ENGINE",
            "ENGINE_USER",
            "ENGINE_PASSWORD",
            "ENGINE_CA",
            "ENGINE_PATIENCE",
        ] {
            command.env_remove(format!("NEWSEARCH_{name}"));
        }
        command.env_remove("NO_COLOR").env_remove("COLUMNS").env("XDG_CONFIG_HOME", self.path("settings"));
        let args: Vec<OsString> = args.into_iter().map(|arg| arg.as_ref().to_owned()).collect();
        if let Some(engine) = &self.engine {
            command.env("NEWSEARCH_ENGINE", engine);
            let has_replicas = args.iter().any(|arg| arg == "--replicas");
            if args.first().is_some_and(|first| first == "index") && !has_replicas {
                command.args(["index", "--shards", "3", "--replicas", "1"]);
                command.current_dir(self.dir.path()).args(&args[1..]);
                return command;
            }
        }
        command.current_dir(self.dir.path()).args(args);
        command
    }

    /// The answer to a query, as JSON.
    pub fn query(&self, args: &[&str]) -> Value {
        let run = self.run(["query", "--format", "json"].iter().chain(args));
        assert!(run.code < 2, "{args:?}: {}", run.err);
        run.json()
    }
}

/// The ids, titles or paths of the hits of an answer.
pub fn field_of_hits(answer: &Value, field: &str) -> Vec<String> {
    answer["hits"].as_array().unwrap().iter().map(|hit| hit[field].as_str().unwrap_or("").to_owned()).collect()
}

/// The names of a facet with their counts.
pub fn facet(answer: &Value, kind: &str) -> Vec<(String, u64)> {
    let counts = answer["facets"][kind].as_array().unwrap();
    counts.iter().map(|c| (c["name"].as_str().unwrap().to_owned(), c["docs"].as_u64().unwrap())).collect()
}

/// The highlighted texts of a hit's first snippet.
pub fn highlighted(hit: &Value) -> Vec<String> {
    let snippet = &hit["snippets"][0];
    let text = snippet["text"].as_str().unwrap();
    let ranges = snippet["highlights"].as_array().unwrap();
    ranges.iter().map(|r| text[r[0].as_u64().unwrap() as usize..r[1].as_u64().unwrap() as usize].to_owned()).collect()
}

/// A file or folder of the test data beside the checkout. Tests that need it are
/// ignored by default, and fail where it is absent.
pub fn shared(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    assert!(path.exists(), "{} is missing; this test needs it", path.display());
    path
}

/// The sample articles of the repository.
pub fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}
