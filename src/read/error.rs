//! What can be wrong with a file, said so that it can be mended.

use std::fmt;
use std::io;

use super::limits::ExpandsTooFar;

/// A file or record that could not be read.
#[derive(Debug, thiserror::Error)]
pub struct ReadError {
    /// The file, as the user named it, and the member of it:
    /// `archive.zip!/a.html`.
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
    /// The system refused, or compressed data is damaged.
    #[error("{}", io_reason(.0))]
    Io(io::Error),
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
    /// A record larger than [`Limits::record`](super::Limits::record).
    #[error("oversized: {bytes} bytes or more, the limit is {limit}; split it, or raise --max-record")]
    Oversized {
        /// Its size, or what was read of it before giving up.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// More than [`Limits::expanded`](super::Limits::expanded).
    #[error("expands to more than {limit} bytes; what follows is left out; unpack it, or raise --max-expanded")]
    Expanded {
        /// The limit.
        limit: u64,
    },
    /// Deeper than [`Limits::nesting`](super::Limits::nesting).
    #[error("packed {limit} times over, the limit; unpack it, or raise --max-nesting")]
    Nested {
        /// The limit.
        limit: usize,
    },
    /// No JSON.
    #[error("malformed JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A damaged archive or a member that cannot be opened.
    #[error("damaged archive: {0}; unpack it with a tool that repairs it")]
    Archive(String),
    /// Another format than the name says.
    #[error("unreadable: its name says {expected}, its content does not; rename it, or make it anew")]
    NotAsNamed {
        /// What the name says.
        expected: &'static str,
    },
    /// A table whose header names no field of an article.
    #[error("no article in it: its first line is no header with a title or text; name the columns with --map")]
    NoHeader,
    /// A record of a table, feed, e-mail or web archive that is not as the
    /// format wants it.
    #[error("malformed {format}: {what}")]
    Malformed {
        /// The format.
        format: &'static str,
        /// What is wrong.
        what: String,
    },
}

impl From<io::Error> for ReadErrorKind {
    fn from(error: io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<ExpandsTooFar>()) {
            Some(ExpandsTooFar(limit)) => Self::Expanded { limit: *limit },
            None => Self::Io(error),
        }
    }
}

impl ReadErrorKind {
    /// One word for the closing summary.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Io(e) if e.kind() == io::ErrorKind::NotFound => "not found",
            Self::Io(e) if e.kind() == io::ErrorKind::PermissionDenied => "no permission",
            Self::Io(_) | Self::Archive(_) | Self::NotAsNamed { .. } => "unreadable",
            Self::Empty => "empty",
            Self::Binary { .. } => "binary",
            Self::Undecodable { .. } => "undecodable",
            Self::Oversized { .. } | Self::Expanded { .. } | Self::Nested { .. } => "oversized",
            Self::Json(_) | Self::Malformed { .. } | Self::NoHeader => "malformed",
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
