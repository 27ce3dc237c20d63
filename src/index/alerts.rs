//! Standing queries, and what each has told of already.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::link::write_whole;

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
    /// What it is called; no two are called the same.
    pub name: String,
    /// The query, as a line of a batch.
    pub query: serde_json::Value,
    /// The articles that it has told of, by the hash of their id.
    #[serde(default)]
    pub told: Vec<u64>,
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

    /// Reads the file; none is no alert.
    ///
    /// # Errors
    /// What the system says, or where the file is none of ours.
    pub fn read(folder: &Path) -> io::Result<Self> {
        match std::fs::read(Self::path(folder)) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// Writes the file, whole or not at all.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        write_whole(&Self::path(folder), &serde_json::to_string(self)?)
    }

    /// The alert of a name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.alerts.iter().position(|alert| alert.name == name)
    }

    /// Copies the file of one folder to another, if there is one.
    pub(super) fn copy(from: &Path, to: &Path) -> io::Result<()> {
        match std::fs::read_to_string(Self::path(from)) {
            Ok(text) => write_whole(&Self::path(to), &text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }
}
