//! Paths to raw records: walks folders, unpacks, decodes, splits files that
//! hold many articles. A bad file or line becomes an error beside the good
//! ones; it never ends the run.

mod decode;
mod error;
mod format;
mod records;
mod walk;

pub use decode::decode;
pub use error::{ReadError, ReadErrorKind};
pub use format::Format;
pub use walk::{SourceFile, Walked};

use std::path::PathBuf;

/// The largest record taken, in bytes; larger ones are reported and left out.
pub const MAX_RECORD_BYTES: u64 = 64 << 20;

/// One article as it came, decoded but not yet taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRecord {
    /// The file, as the user named it.
    pub path: String,
    /// 1-based line or item within the file, where it holds many records.
    pub place: Option<usize>,
    /// How to take it apart.
    pub format: Format,
    /// The decoded record.
    pub text: String,
}

/// Reads the articles under a list of files and folders.
///
/// ```
/// use newsearch::read::CorpusReader;
/// let walked = CorpusReader::new(["corpus"]).walk();
/// assert!(walked.errors.is_empty());
/// let mut records = 0;
/// for file in &walked.files {
///     CorpusReader::read(file, &mut |record| records += usize::from(record.is_ok()));
/// }
/// assert!(records >= 80);
/// ```
#[derive(Debug, Clone)]
pub struct CorpusReader {
    paths: Vec<PathBuf>,
}

impl CorpusReader {
    /// A reader of these files and folders; nothing is opened yet.
    pub fn new(paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        Self { paths: paths.into_iter().map(Into::into).collect() }
    }

    /// Lists the files to read, in path order, with what could not be listed.
    pub fn walk(&self) -> Walked {
        walk::walk(&self.paths)
    }

    /// Hands every record of one file to `sink`, in file order, one in memory
    /// at a time. Errors go to the same sink in their place.
    pub fn read(file: &SourceFile, sink: &mut dyn FnMut(Result<RawRecord, ReadError>)) {
        records::read(file, sink);
    }
}
