//! What was left out, kept in a file: `index --failures` and `--retry`.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use newsearch::pipeline::Failure;
use newsearch::read::LimitKind;
use serde::{Deserialize, Serialize};

/// The message of a failure, with the flag that raises the limit it ran into.
pub(super) fn failure_message(failure: &Failure) -> String {
    match failure.limit.and_then(flag_for) {
        Some(flag) => format!("{}, or raise {flag}", failure.message),
        None => failure.message.clone(),
    }
}

/// The flag of [`LimitFlags`](super::limits::LimitFlags) for a limit.
fn flag_for(limit: LimitKind) -> Option<&'static str> {
    let flags = [
        (LimitKind::Record, "--max-record"),
        (LimitKind::Expanded, "--max-expanded"),
        (LimitKind::Nesting, "--max-nesting"),
    ];
    flags.into_iter().find(|(kind, _)| *kind == limit).map(|(_, flag)| flag)
}

/// A line of the file.
#[derive(Debug, Serialize, Deserialize)]
struct Line<'a> {
    /// The file, as it was named.
    path: &'a str,
    /// The member of it, where it is an archive.
    member: Option<&'a str>,
    /// 1-based line or item.
    line: Option<usize>,
    /// One or two words.
    reason: &'a str,
    /// The whole message.
    message: &'a str,
}

/// The part of a line that `--retry` needs.
#[derive(Debug, Deserialize)]
struct Retried {
    path: String,
}

/// A file of failures under way; written beside its place and put there when
/// it is whole.
pub(super) struct FailureLog {
    path: PathBuf,
    beside: PathBuf,
    out: BufWriter<File>,
    failed: Option<std::io::Error>,
}

impl FailureLog {
    pub(super) fn create(path: &Path) -> anyhow::Result<Self> {
        let beside = path.with_extension("partial");
        let file = File::create(&beside).with_context(|| format!("cannot write {}", beside.display()))?;
        Ok(Self { path: path.into(), beside, out: BufWriter::new(file), failed: None })
    }

    pub(super) fn add(&mut self, failure: &Failure) {
        let (path, member) = match failure.path.split_once("!/") {
            Some((path, member)) => (path, Some(member)),
            None => (failure.path.as_str(), None),
        };
        let message = &failure_message(failure);
        let line = Line { path, member, line: failure.place, reason: failure.reason, message };
        let written = serde_json::to_writer(&mut self.out, &line).map_err(std::io::Error::from);
        if let Err(error) = written.and_then(|()| self.out.write_all(b"\n")) {
            self.failed.get_or_insert(error);
        }
    }

    pub(super) fn finish(mut self) -> anyhow::Result<()> {
        let written = match self.failed.take() {
            Some(error) => Err(error),
            None => self.out.flush().and_then(|()| std::fs::rename(&self.beside, &self.path)),
        };
        written.with_context(|| format!("cannot write {}", self.path.display()))
    }
}

/// The files that a list of failures names.
pub(super) fn files_to_retry(path: &Path) -> anyhow::Result<BTreeSet<String>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut files = BTreeSet::new();
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let place = || format!("{}:{}: expected a line that --failures wrote", path.display(), number + 1);
        let line = line.with_context(place)?;
        files.insert(serde_json::from_str::<Retried>(&line).with_context(place)?.path);
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_name_the_flag_of_their_limit() {
        for (limit, expected) in [
            (None, "a: bad"),
            (Some(LimitKind::Record), "a: bad, or raise --max-record"),
            (Some(LimitKind::Nesting), "a: bad, or raise --max-nesting"),
        ] {
            let message = "a: bad".to_owned();
            let failure = Failure { reason: "bad", path: "a".into(), place: None, message, limit, may_pass: false };
            assert_eq!(failure_message(&failure), expected);
        }
    }
}
