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
    /// What the system says, or where the file does not parse.
    pub fn read(folder: &Path) -> io::Result<Self> {
        match read_kept(&Self::path(folder))? {
            Some(bytes) => Ok(serde_json::from_slice(bytes.strip_prefix(BOM).unwrap_or(&bytes))?),
            None => Ok(Self::default()),
        }
    }

    /// Replaces the file at once; where it is a symbolic link, the file that this
    /// leads to.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        write_output(&Self::path(folder), &serde_json::to_vec(self)?)
    }

    /// The place of the alert of a name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.alerts.iter().position(|alert| alert.name == name)
    }
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
        assert_eq!((read.find("b"), read.find("c"), read), (Some(1), None, alerts));
        let text = std::fs::read_to_string(Alerts::path(to.path())).expect("read");
        assert_eq!(
            text,
            r#"{"alerts":[{"name":"a","query":"dune","told":[7]},{"name":"b","query":"dune","told":[7]}]}"#
        );
        std::fs::write(Alerts::path(to.path()), format!("\u{feff}{text}")).expect("written");
        assert_eq!(Alerts::read(to.path()).expect("read").find("b"), Some(1));
        std::fs::write(Alerts::path(to.path()), "[").expect("written");
        assert!(Alerts::read(to.path()).is_err());
    }
}
