//! Paths → raw records: lists folders, unpacks archives, decodes text and
//! splits files that hold several articles.
//!
//! An unreadable file, member or line becomes an error in its place; the others
//! are still read. Feeds, mail, tables, web archives, zip, tar and compressed
//! files need the feature `formats`.

mod date_order;
mod format;
mod record;
mod error;
mod limits;
mod sink;
mod sniff;
mod xml_root;
mod charset;
mod repair;
mod transcode;
mod decode;
mod member;
mod records;
#[cfg(any(feature = "formats", feature = "pdf"))]
mod documents;
#[cfg(feature = "formats")]
mod budget;
#[cfg(feature = "formats")]
mod compression;
#[cfg(feature = "formats")]
mod gzip;
#[cfg(feature = "formats")]
mod archive;
#[cfg(feature = "formats")]
mod tar_archive;
#[cfg(feature = "formats")]
mod zip_archive;
mod unpack;
mod corpus_files;
mod content_hash;
pub(crate) mod file_name;

pub use content_hash::content_hash;
pub use corpus_files::{CorpusFiles, Root, SkippedFile, SourceFile};
pub use date_order::DateOrder;
pub use decode::{decode, decode_page};
pub use error::{LimitKind, ReadError, ReadErrorKind};
pub use format::Format;
pub use limits::Limits;
pub use record::RawRecord;

pub(crate) use file_name::{absolute_name, bytes_of_name, path_of_name, shown, shown_name, working_folder};

use std::fs::File;
use std::io::BufRead;
use std::path::{Path, PathBuf};

use member::Member;
use unpack::Unpacker;

/// Reads the articles under a list of files and folders.
///
/// ```
/// use newsearch::internals::read::CorpusReader;
/// let reader = CorpusReader::new(["corpus"]);
/// let corpus = reader.list_files();
/// assert!(corpus.errors.is_empty());
/// let mut records = 0;
/// for file in &corpus.files {
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
    /// A reader of these files and folders. Opens nothing yet.
    pub fn new(paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        Self { paths: paths.into_iter().map(Into::into).collect(), limits: Limits::default() }
    }

    /// The same reader with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Lists the files to read in name order, with an error for each path that
    /// cannot be listed. Folders that hold an index are left out.
    pub fn list_files(&self) -> CorpusFiles {
        corpus_files::list(&self.paths, None)
    }

    /// The same without a folder: that of an index which may not exist yet.
    pub fn list_files_without(&self, folder: &Path) -> CorpusFiles {
        corpus_files::list(&self.paths, Some(folder))
    }

    /// Passes every record of a file to `sink`, in file order, with errors in
    /// their place. Holds one record in memory at a time.
    pub fn read(&self, file: &SourceFile, sink: &mut dyn FnMut(Result<RawRecord, ReadError>)) {
        match File::open(&file.path) {
            Ok(open) => Unpacker::new(self.limits, sink).read_file(&file.name, file.explicit, open),
            Err(error) => sink(Err(ReadError { path: file.name.clone(), place: None, kind: error.into() })),
        }
    }

    /// Passes every record of a named pipe, or of another file that can be read once
    /// only, to `sink`, as what comes on standard input.
    pub fn read_pipe(&self, path: &Path, sink: &mut dyn FnMut(Result<RawRecord, ReadError>)) {
        match File::open(path) {
            Ok(open) => Unpacker::new(self.limits, sink).read_file("-", true, open),
            Err(error) => sink(Err(ReadError { path: absolute_name(path), place: None, kind: error.into() })),
        }
    }

    /// Passes every record of an open input to `sink`. The format is detected
    /// from the extension of `name` and the first bytes.
    pub fn read_input(&self, name: &str, input: impl BufRead, sink: &mut dyn FnMut(Result<RawRecord, ReadError>)) {
        let mut unpacker = Unpacker::new(self.limits, sink);
        unpacker.read(Member::new(name, true, input));
    }
}
