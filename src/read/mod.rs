//! Paths to raw records: walks folders, unpacks archives, decodes, splits
//! files that hold many articles. A bad file, member or line becomes an error
//! beside the good ones; it never ends the run.

mod decode;
mod error;
mod format;
mod hash;
mod limits;
mod records;
mod sniff;
mod unpack;
mod walk;

pub use decode::{decode, decode_page};
pub use error::{ReadError, ReadErrorKind};
pub use format::Format;
pub use hash::content_hash;
pub use limits::Limits;
pub use walk::{SourceFile, Walked};

use std::fs::File;
use std::io::BufRead;
use std::path::PathBuf;

use unpack::{Member, Unpacker};

/// One article as it came, decoded but not yet taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRecord {
    /// The file, as the user named it, and the member of it:
    /// `archive.zip!/a.html`.
    pub path: String,
    /// 1-based line or item within the file, where it holds many records.
    pub place: Option<usize>,
    /// How to take it apart.
    pub format: Format,
    /// The address it was saved from, where the file keeps it.
    pub url: Option<String>,
    /// The decoded record.
    pub text: String,
}

/// Reads the articles under a list of files and folders.
///
/// ```
/// use newsearch::read::CorpusReader;
/// let reader = CorpusReader::new(["corpus"]);
/// let walked = reader.walk();
/// assert!(walked.errors.is_empty());
/// let mut records = 0;
/// for file in &walked.files {
///     reader.read(file, &mut |record| records += usize::from(record.is_ok()));
/// }
/// assert!(records >= 80);
/// ```
#[derive(Debug, Clone)]
pub struct CorpusReader {
    paths: Vec<PathBuf>,
    limits: Limits,
}

impl CorpusReader {
    /// A reader of these files and folders; nothing is opened yet.
    pub fn new(paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        Self { paths: paths.into_iter().map(Into::into).collect(), limits: Limits::default() }
    }

    /// The same reader with other bounds on what is read.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Lists the files to read, in path order, with what could not be listed.
    pub fn walk(&self) -> Walked {
        walk::walk(&self.paths)
    }

    /// Hands every record of one file to `sink`, in file order, one in memory
    /// at a time. Errors go to the same sink in their place.
    pub fn read(&self, file: &SourceFile, sink: &mut dyn FnMut(Result<RawRecord, ReadError>)) {
        match File::open(&file.path) {
            Ok(open) => Unpacker::new(self.limits, sink).read_file(&file.name, file.named, open),
            Err(error) => sink(Err(ReadError { path: file.name.clone(), place: None, kind: error.into() })),
        }
    }

    /// Hands every record of an input that is no file to `sink`: JSON lines,
    /// or any other format whose first bytes tell it.
    pub fn read_input(&self, name: &str, input: impl BufRead, sink: &mut dyn FnMut(Result<RawRecord, ReadError>)) {
        let mut unpacker = Unpacker::new(self.limits, sink);
        unpacker.read(Member::new(name, true, input));
    }
}
