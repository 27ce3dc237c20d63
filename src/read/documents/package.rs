//! Documents that are zip archives: which they are, and their parts.

use std::collections::HashMap;
use std::io::{Read, Seek};
use std::ops::ControlFlow;

use crate::read::decode::decode;
use crate::read::error::ReadErrorKind;
use crate::read::zip_archive::{for_each_zip_file, zip_names};

/// Parts of a document that are kept in memory.
const MAX_PARTS: usize = 20_000;

/// What a zip archive is that is more than an archive of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Package {
    Docx,
    /// OpenDocument of any kind.
    OpenDocument,
    Epub,
    /// A document of a kind that is not read.
    Other(&'static str),
}

impl Package {
    /// What messages call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Docx => "DOCX",
            Self::OpenDocument => "OpenDocument",
            Self::Epub => "EPUB",
            Self::Other(name) => name,
        }
    }
}

/// The kind of document that a zip archive is, by the names in it; `None` for an
/// archive of files, and for one that is damaged.
pub(in crate::read) fn package_of(file: &mut (impl Read + Seek)) -> Option<Package> {
    let mut seen = Seen::default();
    zip_names(file, &mut |name| seen.note(name)).ok()?;
    seen.package()
}

#[derive(Default)]
struct Seen {
    content_types: bool,
    word: bool,
    sheet: bool,
    slides: bool,
    mimetype: bool,
    content: bool,
    container: bool,
    iwork: bool,
}

impl Seen {
    fn note(&mut self, name: &[u8]) {
        self.content_types |= name == b"[Content_Types].xml";
        self.word |= name.starts_with(b"word/");
        self.sheet |= name.starts_with(b"xl/");
        self.slides |= name.starts_with(b"ppt/");
        self.mimetype |= name == b"mimetype";
        self.content |= name == b"content.xml";
        self.container |= name == b"META-INF/container.xml";
        self.iwork |= name == b"Index/Document.iwa" || name == b"Index.zip";
    }

    fn package(&self) -> Option<Package> {
        Some(match self {
            Self { content_types: true, word: true, .. } => Package::Docx,
            Self { content_types: true, sheet: true, .. } => Package::Other("an Excel workbook"),
            Self { content_types: true, slides: true, .. } => Package::Other("a PowerPoint presentation"),
            Self { container: true, .. } => Package::Epub,
            Self { mimetype: true, content: true, .. } => Package::OpenDocument,
            Self { iwork: true, .. } => Package::Other("a document of Pages, Numbers or Keynote"),
            _ => return None,
        })
    }
}

/// The parts of a document that are needed, by their names.
pub(super) struct Parts(HashMap<String, Vec<u8>>);

impl Parts {
    /// Reads the parts whose names are wanted.
    ///
    /// # Errors
    /// [`ReadErrorKind::Oversized`] if they have more than `limit` bytes together.
    pub(super) fn read(
        file: impl Read + Seek,
        limit: u64,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<Self, ReadErrorKind> {
        let (mut parts, mut size, mut failed) = (HashMap::new(), 0_u64, None);
        for_each_zip_file(file, &mut |name, content| {
            if !wanted(name) {
                return ControlFlow::Continue(());
            }
            let mut part = Vec::new();
            let read =
                content.and_then(|input| Ok(input.take((limit + 1).saturating_sub(size)).read_to_end(&mut part)?));
            size += part.len() as u64;
            failed = match read {
                Err(kind) => Some(kind),
                Ok(_) if size > limit => Some(ReadErrorKind::Oversized { bytes: size, limit }),
                Ok(_) if parts.len() >= MAX_PARTS => Some(ReadErrorKind::TooMany { what: "parts", limit: MAX_PARTS }),
                Ok(_) => None,
            };
            if failed.is_some() {
                return ControlFlow::Break(());
            }
            parts.insert(name.to_owned(), part);
            ControlFlow::Continue(())
        })?;
        failed.map_or(Ok(Self(parts)), Err)
    }

    /// Takes a part out, as text; `None` if it is not there.
    pub(super) fn take(&mut self, name: &str) -> Result<Option<String>, ReadErrorKind> {
        self.0.remove(name).map(decode).transpose()
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}
