//! What can be wrong with a file, said so that it can be mended.

use std::fmt;
use std::io;

use super::MAX_RECORD_BYTES;

/// A file or record that could not be read.
#[derive(Debug, thiserror::Error)]
pub struct ReadError {
    /// The file, as the user named it.
    pub path: String,
    /// 1-based line or item, where the file holds many records.
    pub place: Option<usize>,
    /// What is wrong.
    #[source]
    pub kind: ReadErrorKind,
}

/// What is wrong with a file or record.
#[derive(Debug, thiserror::Error)]
pub enum ReadErrorKind {
    /// The system refused.
    #[error("{}", io_reason(.0))]
    Io(#[from] io::Error),
    /// Nothing but white space.
    #[error("empty: expected an article")]
    Empty,
    /// NUL bytes: no text.
    #[error("binary: byte {at} is NUL; expected text in UTF-8, UTF-16 or Windows-1252")]
    Binary {
        /// Offset of the first NUL byte.
        at: usize,
    },
    /// UTF-8 with damage in it.
    #[error("undecodable: byte {at} is not UTF-8 though the text before it is; convert the file")]
    Undecodable {
        /// Offset of the first bad byte.
        at: usize,
    },
    /// Larger than [`MAX_RECORD_BYTES`].
    #[error("oversized: {bytes} bytes or more, the limit is {MAX_RECORD_BYTES}; split it")]
    Oversized {
        /// Its size, or what was read of it before giving up.
        bytes: u64,
    },
    /// No JSON.
    #[error("malformed JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl ReadErrorKind {
    /// One word for the closing summary.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Io(e) if e.kind() == io::ErrorKind::NotFound => "not found",
            Self::Io(e) if e.kind() == io::ErrorKind::PermissionDenied => "no permission",
            Self::Io(_) => "unreadable",
            Self::Empty => "empty",
            Self::Binary { .. } => "binary",
            Self::Undecodable { .. } => "undecodable",
            Self::Oversized { .. } => "oversized",
            Self::Json(_) => "malformed",
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some(place) => write!(f, "{}:{place}: {}", self.path, self.kind),
            None => write!(f, "{}: {}", self.path, self.kind),
        }
    }
}

fn io_reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "not found: check the spelling of the path".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        _ => format!("unreadable: {error}"),
    }
}
