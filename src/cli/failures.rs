//! The file of articles that were left out: `index --failures` and `--retry`.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use crate::files::WholeFile;
use crate::pipeline::{EMPTY_ROOT, Failure};
use crate::read::{LimitKind, path_of_name};
use anyhow::Context;
use serde::{Deserialize, Serialize};

/// The message of a failure, with the flag that raises the limit it ran into.
pub(super) fn failure_message(failure: &Failure) -> String {
    if failure.reason == EMPTY_ROOT {
        return format!("{}; --prune-empty removes them", failure.message);
    }
    match failure.limit.and_then(flag_for) {
        Some(flag) => format!("{}, or raise {flag}", failure.message),
        None => failure.message.clone(),
    }
}

/// The flag of [`LimitFlags`](super::limits::LimitFlags) for a limit.
pub(super) fn flag_for(limit: LimitKind) -> Option<&'static str> {
    match limit {
        LimitKind::Record => Some("--max-record"),
        LimitKind::Text => Some("--max-text"),
        LimitKind::Expanded => Some("--max-expanded"),
        LimitKind::Nesting => Some("--max-nesting"),
    }
}

/// A line of the file, as it is written.
#[derive(Debug, Serialize, Deserialize)]
struct Line<'a> {
    /// The file, as the command line named it.
    path: &'a str,
    /// The member of it, where it is an archive.
    member: Option<&'a str>,
    /// 1-based line or item.
    line: Option<usize>,
    /// `left out`, or `warning` where the article is kept.
    level: &'a str,
    /// One or two words.
    reason: &'a str,
    /// The whole message.
    message: &'a str,
}

/// The part of a line that `--retry` needs.
#[derive(Debug, Deserialize)]
struct Retried {
    path: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    level: String,
}

/// The reason of files of a kind that is not read.
const SKIPPED: &str = "not read";
/// The levels of a line.
const LEFT_OUT: &str = "left out";
const WARNING: &str = "warning";

/// A file of failures, which takes its place when it is complete.
pub(super) struct FailureLog {
    path: PathBuf,
    out: WholeFile,
    failed: Option<std::io::Error>,
}

impl FailureLog {
    pub(super) fn create(path: &Path) -> anyhow::Result<Self> {
        let out = WholeFile::create(path).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self { path: path.into(), out, failed: None })
    }

    pub(super) fn add(&mut self, failure: &Failure) {
        let (path, member) = match failure.path.split_once("!/") {
            Some((path, member)) => (path, Some(member)),
            None => (failure.path.as_str(), None),
        };
        let message = &failure_message(failure);
        let level = if failure.is_warning { WARNING } else { LEFT_OUT };
        self.write(&Line { path, member, line: failure.place, level, reason: failure.reason, message });
    }

    /// Adds a file of a kind that is not read.
    pub(super) fn add_skipped(&mut self, path: &str, kind: &str) {
        let message = &format!("{path}: not read: {kind}");
        self.write(&Line { path, member: None, line: None, level: LEFT_OUT, reason: SKIPPED, message });
    }

    fn write(&mut self, line: &Line<'_>) {
        let written = serde_json::to_writer(&mut self.out, line).map_err(std::io::Error::from);
        if let Err(error) = written.and_then(|()| self.out.write_all(b"\n")) {
            self.failed.get_or_insert(error);
        }
    }

    pub(super) fn finish(self) -> anyhow::Result<()> {
        let written = self.failed.map_or_else(|| self.out.finish(), Err);
        written.with_context(|| format!("cannot write {}", self.path.display()))
    }
}

/// The files that a file of failures names.
pub(super) fn files_to_retry(path: &Path) -> anyhow::Result<BTreeSet<PathBuf>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut files = BTreeSet::new();
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let context = || format!("{}:{}: expected a line that --failures wrote", path.display(), number + 1);
        let line = line.with_context(context)?;
        let retried: Retried = serde_json::from_str(&line).with_context(context)?;
        if retried.reason != SKIPPED && retried.level != WARNING {
            files.insert(path_of_name(&retried.path));
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(path: &str, place: Option<usize>) -> Failure {
        let (reason, message) = ("empty", format!("{path}: empty"));
        Failure { reason, path: path.to_owned(), place, message, may_pass: false, limit: None, is_warning: false }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("left.jsonl");
        let mut log = FailureLog::create(&file).expect("a file");
        for path in ["b.zip!/inner/a.html", "a.txt", "b.zip!/c.html"] {
            log.add(&failure(path, Some(3)));
        }
        log.add_skipped("a.css", ".css");
        assert!(!file.exists(), "it appears when it is complete");
        log.finish().expect("written");
        let files = files_to_retry(&file).expect("read back");
        assert_eq!(files.into_iter().collect::<Vec<_>>(), ["a.txt", "b.zip"].map(PathBuf::from));
        let text = std::fs::read_to_string(&file).expect("read");
        let first = r#"{"path":"b.zip","member":"inner/a.html","line":3,"level":"left out","reason":"empty","message":"b.zip!/inner/a.html: empty"}"#;
        assert_eq!(text.lines().next(), Some(first));
    }

    #[test]
    fn other_lines_are_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("left.jsonl");
        std::fs::write(&file, "{\"path\":\"a.txt\"}\nbroken\n").expect("written");
        let error = files_to_retry(&file).expect_err("a broken line").to_string();
        assert!(error.ends_with("left.jsonl:2: expected a line that --failures wrote"), "{error}");
    }

    #[test]
    fn failures_name_the_flag_of_their_limit() {
        for (limit, expected) in [
            (None, "a: bad"),
            (Some(LimitKind::Record), "a: bad, or raise --max-record"),
            (Some(LimitKind::Nesting), "a: bad, or raise --max-nesting"),
        ] {
            let message = "a: bad".to_owned();
            let failure = Failure {
                reason: "bad",
                path: "a".into(),
                place: None,
                message,
                limit,
                may_pass: false,
                is_warning: false,
            };
            assert_eq!(failure_message(&failure), expected);
        }
    }
}
