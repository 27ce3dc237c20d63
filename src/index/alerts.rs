//! Standing queries, and the articles that each has reported.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::files::{BOM, read_kept, write_output};

/// The file of standing queries in an index folder; like the ledger it
/// outlives the index.
pub(super) const FILE: &str = "alerts.json";

/// The standing queries of an index.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Alerts {
    /// In the order they were added.
    pub alerts: Vec<Alert>,
}

/// A standing query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// Its name, unique within the index.
    pub name: String,
    /// The query, as a line of a batch.
    pub query: serde_json::Value,
    /// The articles that it has reported, by their key and by the hash of what they say.
    #[serde(default, rename = "told")]
    pub reported: Vec<u64>,
    /// The index and the number of the commit that it was last run on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_run: Option<(u64, u64)>,
}

impl Alerts {
    /// Where the file is.
    pub fn path(folder: &Path) -> PathBuf {
        folder.join(FILE)
    }

    /// Keeps others from changing the alerts for as long as the file is open.
    ///
    /// # Errors
    /// What the system says.
    pub fn lock(folder: &Path) -> io::Result<File> {
        let file = File::create(folder.join(".alerts.lock"))?;
        file.lock()?;
        Ok(file)
    }

    /// Reads the file; there are no alerts where there is none.
    ///
    /// # Errors
    /// What the system says, or where the file does not parse or has a checksum
    /// that is wrong. One without a checksum, as earlier versions and people write
    /// it, is taken as it is.
    pub fn read(folder: &Path) -> io::Result<Self> {
        match read_kept(&Self::path(folder))? {
            Some(bytes) => parse(bytes.strip_prefix(BOM).unwrap_or(&bytes)),
            None => Ok(Self::default()),
        }
    }

    /// Replaces the file at once; where it is a symbolic link, the file that this
    /// leads to.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        write_output(&Self::path(folder), &with_sum(serde_json::to_vec(self)?))
    }

    /// The place of the alert of a name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.alerts.iter().position(|alert| alert.name == name)
    }
}

/// How the file ends without a checksum, and what is before and behind it.
const END: &[u8] = b"}";
const SUM: (&[u8], &[u8]) = (b",\"sum\":\"", b"\"}");

/// The file as it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AlertsFile {
    alerts: Vec<Alert>,
    #[serde(default)]
    sum: Option<String>,
}

/// Adds the CRC-32 (IEEE) of the file without it, as its last key.
fn with_sum(json: Vec<u8>) -> Vec<u8> {
    let sum = format!("{:08x}", crc32fast::hash(&json));
    let body = json.strip_suffix(END).unwrap_or(&json);
    [body, SUM.0, sum.as_bytes(), SUM.1].concat()
}

fn parse(bytes: &[u8]) -> io::Result<Alerts> {
    let AlertsFile { alerts, sum } = serde_json::from_slice(bytes)?;
    let alerts = Alerts { alerts };
    let Some(sum) = sum else { return Ok(alerts) };
    let ending = [SUM.0, sum.as_bytes(), SUM.1].concat();
    let body = bytes.strip_suffix(&ending[..]).map(|body| [body, END].concat());
    if body.is_some_and(|body| format!("{:08x}", crc32fast::hash(&body)) == sum) {
        return Ok(alerts);
    }
    Err(io::Error::new(io::ErrorKind::InvalidData, "it is not as newsearch wrote it: its \"sum\" is wrong"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alerts_come_back() {
        let to = tempfile::tempdir().expect("a folder");
        assert_eq!(Alerts::read(to.path()).expect("no file"), Alerts::default());
        let alert =
            |name: &str| Alert { name: name.to_owned(), query: "dune".into(), reported: vec![7], last_run: None };
        let alerts = Alerts { alerts: vec![alert("a"), alert("b")] };
        alerts.write(to.path()).expect("written");
        let read = Alerts::read(to.path()).expect("read");
        assert_eq!((read.find("b"), read.find("c"), &read), (Some(1), None, &alerts));
        let text = std::fs::read_to_string(Alerts::path(to.path())).expect("read");
        let unsummed = serde_json::to_string(&read).expect("JSON");
        assert_eq!(
            text,
            r#"{"alerts":[{"name":"a","query":"dune","told":[7]},{"name":"b","query":"dune","told":[7]}],"sum":"SUM"}"#
                .replace("SUM", &format!("{:08x}", crc32fast::hash(unsummed.as_bytes())))
        );
        std::fs::write(Alerts::path(to.path()), format!("\u{feff}{text}")).expect("written");
        assert_eq!(Alerts::read(to.path()).expect("read").find("b"), Some(1));
        std::fs::write(Alerts::path(to.path()), "[").expect("written");
        assert!(Alerts::read(to.path()).is_err());
    }

    #[test]
    fn no_byte_changes_unseen() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = Alerts::path(folder.path());
        let alert = Alert {
            name: "a".to_owned(),
            query: serde_json::json!({"q": "dune", "min": 0.1}),
            reported: vec![7],
            last_run: None,
        };
        Alerts { alerts: vec![alert] }.write(folder.path()).expect("written");
        let written = std::fs::read(&path).expect("read");
        let check = |bytes: &[u8]| {
            std::fs::write(&path, bytes).expect("written");
            Alerts::read(folder.path())
        };
        for at in 0..written.len() {
            for changed in [written[at] ^ 1, b'0', b' '] {
                let mut damaged = written.clone();
                damaged[at] = changed;
                assert!(damaged == written || check(&damaged).is_err(), "{at}: {changed}");
            }
            assert!(check(&written[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn files_without_a_checksum_are_taken_as_they_are() {
        let check = |text: &str, expected: Option<usize>| {
            let parsed = parse(text.as_bytes());
            assert_eq!(parsed.as_ref().ok().map(|alerts| alerts.alerts.len()), expected, "{text}: {parsed:?}");
        };
        check(r#"{"alerts":[]}"#, Some(0));
        check("{\n  \"alerts\": [\n    {\"name\": \"a\", \"query\": \"dune\"}\n  ]\n}\n", Some(1));
        // Edited, but for the checksum.
        check(r#"{"alerts":[],"sum":"00000000"}"#, None);
        check("{\n  \"alerts\": [],\n  \"sum\": \"00000000\"\n}\n", None);
        check(r#"{"alerts":[],"sun":"00000000"}"#, None);
    }
}
