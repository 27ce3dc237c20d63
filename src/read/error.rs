//! Errors of reading: each names the file, what is wrong and a remedy.

use std::fmt;
use std::io;

/// A file or record that could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub struct ReadError {
    /// The file, as the user named it, and the member within an archive:
    /// `archive.zip!/a.html`.
    pub path: String,
    /// 1-based line or item, if the file holds several records.
    pub place: Option<usize>,
    /// What is wrong.
    #[source]
    pub kind: ReadErrorKind,
}

/// What is wrong with a file or record.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// The operating system reported an error, or compressed data is damaged.
    #[error("{}", io_reason(.0))]
    Io(io::Error),
    /// Nothing but white space.
    #[error("empty: expected an article")]
    Empty,
    /// Not text: it contains too many NUL bytes or control characters.
    #[error("binary: byte {at} is no text, nor are others; expected UTF-8, UTF-16 or an older encoding")]
    Binary {
        /// Byte offset of the first of them.
        at: usize,
    },
    /// A record larger than [`Limits::record`](super::Limits::record).
    #[error("oversized: {bytes} bytes or more, the limit is {limit}; split it")]
    Oversized {
        /// Its size, or how many bytes were read before giving up.
        bytes: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// A file that expands beyond [`Limits::expanded`](super::Limits::expanded).
    #[error("expands to more than {limit} bytes; what follows is left out; unpack it")]
    Expanded {
        /// The limit in bytes.
        limit: u64,
    },
    /// A part of an archive or web archive that describes an article, such as its
    /// name, beyond the limit.
    #[error(
        "oversized: its {what} has {bytes} bytes or more, the limit is {limit}; make the file anew with a shorter one"
    )]
    OversizedHeader {
        /// Which part: `name`, `header`.
        what: &'static str,
        /// Its size, or how many bytes were read before giving up.
        bytes: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// More parts than are held in memory at once.
    #[error("oversized: more than {limit} {what}, the limit; split it")]
    TooMany {
        /// What there are too many of: `members`, `items`, `columns`.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// Archives nested deeper than [`Limits::nesting`](super::Limits::nesting).
    #[error("packed {limit} times over, the limit; unpack it")]
    Nested {
        /// The limit.
        limit: usize,
    },
    /// Not valid JSON.
    #[error("malformed JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A damaged archive, or a member that cannot be opened.
    #[error("damaged archive: {0}; unpack it with a tool that repairs it")]
    Archive(String),
    /// The content is not of the format that the file name states.
    #[error("unreadable: its name says {expected}, its content does not; rename it, or make it anew")]
    NotAsNamed {
        /// The format that the name states.
        expected: &'static str,
    },
    /// A file whose structure is not valid for its format.
    #[error("malformed {format}: {what}")]
    Malformed {
        /// The format.
        format: &'static str,
        /// What is wrong.
        what: String,
    },
    /// A text with NULs, or bytes that are not of its encoding. A warning: it is read,
    /// with U+FFFD in their place, or what they are in Windows-1252 if that fits.
    #[error("{count} bytes are not {encoding}, the first at {at}; read as Windows-1252 where that fits, else U+FFFD")]
    Replaced {
        /// How many of them.
        count: usize,
        /// The encoding of the rest.
        encoding: &'static str,
        /// Byte offset of the first.
        at: usize,
    },
    /// A member of an archive that holds no article by its name and content. A warning.
    #[error("not read: {what}")]
    NotRead {
        /// Its extension, or what it is.
        what: String,
    },
    /// Parts of a file that are no published articles, such as drafts, redirects and
    /// attached pictures. A warning: the others are read.
    #[error("left out: {what}")]
    LeftOut {
        /// Which, or how many of each kind: `draft: 3, redirect: 1`.
        what: String,
    },
    /// XML of no format that is known. A warning unless the user named the file: such
    /// a file may be anything.
    #[error("not read: XML {}, which is no known format of news; docs/formats.md has those", root_text(root))]
    UnknownXml {
        /// The name of the root element; empty if there is none.
        root: String,
        /// Whether the user named the file itself.
        is_named: bool,
    },
    /// An object with several lists, not all of which are of articles. A warning: the
    /// articles are read.
    #[error("of its lists {} is read; not taken for articles: {}", read.join(" and "), left_out.join(", "))]
    ListsLeftOut {
        /// The lists whose items are read, with dots for keys within objects.
        read: Vec<String>,
        /// The others.
        left_out: Vec<String>,
    },
    /// A feed without items.
    #[error("empty: {version} without items; expected an article in each <item> or <entry>")]
    NoItems {
        /// The kind of feed and its version: `RSS 0.93`.
        version: String,
    },
    /// A file or record whose end is missing. A warning: what there is of it is read.
    #[error("cut off: the {format} ends before it is closed; read up to there, get the file anew")]
    Truncated {
        /// The format.
        format: &'static str,
    },
    /// Signs of a PDF whose fonts do not say which characters they are. A warning: the
    /// rest is read.
    #[error("{count} signs are left out: their fonts do not say which characters they are; recognize its text (OCR)")]
    UnknownSigns {
        /// How many signs.
        count: usize,
    },
    /// A document that a password protects.
    #[error("locked: the {format} needs a password; save it without one")]
    Locked {
        /// The format.
        format: &'static str,
    },
    /// A document of a kind that is not read.
    #[error("unsupported: {format} is not read; {instead}")]
    UnreadKind {
        /// The kind.
        format: &'static str,
        /// What to do.
        instead: &'static str,
    },
    /// A PDF whose pages show text that is not in it as text.
    #[error("no text layer: {why}; recognize its text (OCR), as with `ocrmypdf --force-ocr IN OUT`")]
    NoTextLayer {
        /// Why there is none.
        why: &'static str,
    },
    /// A format whose reader is not compiled in.
    #[error("unsupported: {format} needs the feature `{feature}`, which this build lacks")]
    NeedsFeature {
        /// The format.
        format: &'static str,
        /// The cargo feature that adds its reader.
        feature: &'static str,
    },
}

/// The limit that an error ran into. Programs can name their setting for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LimitKind {
    /// [`Limits::record`](super::Limits::record).
    Record,
    /// [`Limits::text`](super::Limits::text).
    Text,
    /// [`Limits::expanded`](super::Limits::expanded).
    Expanded,
    /// [`Limits::nesting`](super::Limits::nesting).
    Nesting,
}

impl From<io::Error> for ReadErrorKind {
    /// Readers that can only return [`io::Error`] wrap a kind in one.
    fn from(error: io::Error) -> Self {
        error.downcast::<Self>().unwrap_or_else(Self::Io)
    }
}

impl ReadErrorKind {
    /// One or two words to count errors by.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Io(e) if e.kind() == io::ErrorKind::NotFound => "not found",
            Self::Io(e) if e.kind() == io::ErrorKind::PermissionDenied => "no permission",
            Self::Io(_) | Self::Archive(_) | Self::NotAsNamed { .. } => "unreadable",
            Self::Empty | Self::NoItems { .. } => "empty",
            Self::Binary { .. } => "binary",
            Self::Oversized { .. }
            | Self::OversizedHeader { .. }
            | Self::TooMany { .. }
            | Self::Expanded { .. }
            | Self::Nested { .. } => "oversized",
            Self::Json(_) | Self::Malformed { .. } => "malformed",
            Self::Replaced { .. } => "bad bytes",
            Self::LeftOut { .. } => "parts left out",
            Self::NotRead { .. } | Self::UnknownXml { .. } => "not read",
            Self::ListsLeftOut { .. } => "lists left out",
            Self::Truncated { .. } => "cut off",
            Self::NeedsFeature { .. } | Self::UnreadKind { .. } => "unsupported",
            Self::Locked { .. } => "locked",
            Self::NoTextLayer { .. } => "no text layer",
            Self::UnknownSigns { .. } => "unknown signs",
        }
    }

    /// Whether it is about something that is read all the same.
    pub fn is_warning(&self) -> bool {
        matches!(
            self,
            Self::Replaced { .. }
                | Self::NotRead { .. }
                | Self::LeftOut { .. }
                | Self::UnknownXml { is_named: false, .. }
                | Self::ListsLeftOut { .. }
                | Self::Truncated { .. }
                | Self::UnknownSigns { .. }
        )
    }

    /// The limit that would have to be raised, if that is what is wrong.
    pub fn limit(&self) -> Option<LimitKind> {
        match self {
            Self::Oversized { .. } => Some(LimitKind::Record),
            Self::Expanded { .. } => Some(LimitKind::Expanded),
            Self::Nested { .. } => Some(LimitKind::Nesting),
            _ => None,
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(&self.path))
    }
}

impl ReadError {
    /// The message, with the file under another name.
    pub(crate) fn message(&self, path: &str) -> String {
        match self.place {
            Some(place) => format!("{path}:{place}: {}", self.kind),
            None => format!("{path}: {}", self.kind),
        }
    }
}

fn root_text(root: &str) -> String {
    if root.is_empty() {
        "without a root element at its start".to_owned()
    } else {
        format!("with the root element <{root}>")
    }
}

fn io_reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "not found: check the spelling of the path".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        _ => format!("unreadable: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: ReadErrorKind, message: &str, reason: &str, limit: Option<LimitKind>) {
        assert_eq!((kind.reason(), kind.limit()), (reason, limit), "{kind}");
        let error = ReadError { path: "a.txt".into(), place: Some(3), kind };
        assert_eq!(error.to_string(), format!("a.txt:3: {message}"));
    }

    #[test]
    fn messages_reasons_and_limits() {
        let missing = io::Error::from(io::ErrorKind::NotFound).into();
        check(missing, "not found: check the spelling of the path", "not found", None);
        check(ReadErrorKind::Empty, "empty: expected an article", "empty", None);
        let oversized = ReadErrorKind::Oversized { bytes: 9, limit: 8 };
        let message = "oversized: 9 bytes or more, the limit is 8; split it";
        check(oversized, message, "oversized", Some(LimitKind::Record));
        let name = ReadErrorKind::OversizedHeader { what: "name", bytes: 9, limit: 8 };
        let message = "oversized: its name has 9 bytes or more, the limit is 8; make the file anew with a shorter one";
        check(name, message, "oversized", None);
        let nested = ReadErrorKind::Nested { limit: 4 };
        check(nested, "packed 4 times over, the limit; unpack it", "oversized", Some(LimitKind::Nesting));
        let unsupported = ReadErrorKind::NeedsFeature { format: "zip", feature: "formats" };
        let message = "unsupported: zip needs the feature `formats`, which this build lacks";
        check(unsupported, message, "unsupported", None);
    }

    #[test]
    fn a_kind_survives_an_io_error() {
        let wrapped = io::Error::other(ReadErrorKind::Expanded { limit: 7 });
        assert!(matches!(ReadErrorKind::from(wrapped), ReadErrorKind::Expanded { limit: 7 }));
        assert!(matches!(ReadErrorKind::from(io::Error::other("disk")), ReadErrorKind::Io(_)));
    }
}
