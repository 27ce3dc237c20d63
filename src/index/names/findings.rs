//! `findings.toml`: which names linking found to be one, for people to read.
//!
//! Rewritten at every commit, in the order of the names, so that two
//! versions can be compared. Decisions are made in the ledger, not here.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::files::write_whole;
use crate::index::error::IndexError;
use crate::link::archive::{ArchiveNames, Findings, Link, NameNumber, Rule};

/// The head of the file.
const HEAD: &str = "\
# What this archive shows of its names: [[link]] names that it takes for one,
# [[candidate]] names that may be. Written anew by every `newsearch index`;
# decide otherwise with `newsearch entities`, or in aliases.toml.
";

/// Before the CRC-32 of what follows the blank line.
const CHECKSUM: &str = "# checksum ";

/// The most candidates that are listed: more than anyone decides about.
const CANDIDATES: usize = 10_000;

/// A link between two names of the archive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The name, with its kind: `person:Tom Cruise`.
    pub name: String,
    /// The name it is, or may be.
    pub is: String,
    /// The rule that linked them.
    pub rule: Rule,
    /// Confidence, 0 to 1.
    pub score: f32,
    /// The evidence in the archive.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub evidence: String,
}

/// The content of `findings.toml`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FindingsFile {
    /// Names that are one.
    #[serde(default)]
    pub link: Vec<Finding>,
    /// Names that may be one, likeliest first.
    #[serde(default)]
    pub candidate: Vec<Finding>,
}

impl FindingsFile {
    /// Reads the findings of an index; none where there are none.
    ///
    /// # Errors
    /// [`IndexError::Io`] and [`IndexError::Damaged`].
    pub fn read(folder: &Path) -> Result<Self, IndexError> {
        let path = path(folder);
        match std::fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).map_err(|error| IndexError::damaged(&path, error.message())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(IndexError::io(path)(error)),
        }
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join("findings.toml")
}

pub(super) fn write(folder: &Path, names: &ArchiveNames, findings: &Findings) -> Result<(), IndexError> {
    let called = |id: NameNumber| {
        let facts = &names.names[id as usize];
        format!("{}:{}", facts.kind, facts.name)
    };
    let finding = |link: &Link| Finding {
        name: called(link.from),
        is: called(link.to),
        rule: link.rule,
        score: (link.score * 100.0).round() / 100.0,
        evidence: link.evidence.clone(),
    };
    let mut link: Vec<Finding> = findings.links.iter().map(finding).collect();
    link.sort_by(|a, b| (&a.is, &a.name).cmp(&(&b.is, &b.name)));
    let file = FindingsFile { link, candidate: findings.candidates.iter().take(CANDIDATES).map(finding).collect() };
    let path = path(folder);
    let body = toml::to_string(&file).map_err(|error| IndexError::io(&path)(std::io::Error::other(error)))?;
    let sum = crc32fast::hash(body.as_bytes());
    let text = format!("{HEAD}{CHECKSUM}{sum:08x}\n\n{body}");
    write_whole(&path, text.as_bytes()).map_err(IndexError::io(&path))
}

/// Whether the file is as it was written. It holds its own checksum, since it is
/// replaced apart from commits.
pub(in crate::index) fn is_sound(folder: &Path) -> Result<bool, IndexError> {
    let path = path(folder);
    let text = match std::fs::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(IndexError::io(path)(error)),
    };
    let Some(rest) = text.strip_prefix(HEAD.as_bytes()).and_then(|rest| rest.strip_prefix(CHECKSUM.as_bytes())) else {
        return Ok(false);
    };
    let Some((sum, body)) = rest.split_at_checked(8) else { return Ok(false) };
    let Some(body) = body.strip_prefix(b"\n\n") else { return Ok(false) };
    Ok(format!("{:08x}", crc32fast::hash(body)).as_bytes() == sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::EntityKind;
    use crate::link::archive::NameFacts;

    #[test]
    fn findings_come_back_and_damage_is_seen() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(FindingsFile::read(folder.path()).expect("no file"), FindingsFile::default());
        assert!(is_sound(folder.path()).expect("no file"));
        let facts = ["Ye", "Kanye West"].map(|name| NameFacts::named(EntityKind::Person, name.to_owned()));
        let names = ArchiveNames::new(facts.into(), Default::default());
        let link = Link { from: 0, to: 1, rule: Rule::Known, score: 0.987, evidence: "a list".to_owned() };
        let findings = Findings { links: vec![link], candidates: Vec::new(), fragments: Vec::new() };
        write(folder.path(), &names, &findings).expect("written");
        let read = FindingsFile::read(folder.path()).expect("read");
        let [finding] = &read.link[..] else { panic!("{read:?}") };
        assert_eq!((&*finding.name, &*finding.is, finding.score), ("person:Ye", "person:Kanye West", 0.99));
        assert!(is_sound(folder.path()).expect("read"));
        let text = std::fs::read_to_string(path(folder.path())).expect("read");
        for damaged in [text.replace("0.99", "0.98"), text[1..].to_owned(), String::new()] {
            std::fs::write(path(folder.path()), damaged).expect("written");
            assert!(!is_sound(folder.path()).expect("read"));
        }
    }
}
