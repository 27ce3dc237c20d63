//! Documents of word processors, books and print: DOCX, OpenDocument, EPUB, RTF and, with
//! the feature `pdf`, PDF.

mod date_line;
mod document;
#[cfg(feature = "formats")]
mod docx;
#[cfg(feature = "formats")]
mod epub;
#[cfg(feature = "formats")]
mod flow;
#[cfg(feature = "formats")]
mod odt;
#[cfg(feature = "formats")]
mod package;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "formats")]
mod properties;
#[cfg(feature = "formats")]
mod rtf;
#[cfg(feature = "formats")]
mod xml;
#[cfg(all(test, feature = "formats"))]
mod testing;

#[cfg(feature = "formats")]
use std::io::{Read, Seek};

use super::error::ReadErrorKind;
use super::member::Member;
use super::sink::RecordSink;

use document::Document;
#[cfg(feature = "formats")]
pub(super) use package::{Package, package_of};

/// Signs without a known character, such as those of lists, that are not worth a
/// warning.
const MAX_UNKNOWN: usize = 20;

/// Reads an RTF file.
#[cfg(feature = "formats")]
pub(super) fn read_rtf(sink: &mut RecordSink<'_>, member: Member<'_>) -> Result<(), ReadErrorKind> {
    let path = member.path.clone();
    let bytes = member.read_whole(sink.limits.record)?;
    deliver(sink, &path, None, rtf::read(&bytes)?)
}

/// Reads a PDF file.
#[cfg(feature = "pdf")]
pub(super) fn read_pdf(sink: &mut RecordSink<'_>, member: Member<'_>) -> Result<(), ReadErrorKind> {
    let path = member.path.clone();
    let bytes = member.read_whole(sink.limits.record)?;
    let limit = sink.limits.record;
    deliver(sink, &path, None, pdf::read(bytes, limit)?)
}

/// Reads a document that is a zip archive.
#[cfg(feature = "formats")]
pub(super) fn read_package(
    sink: &mut RecordSink<'_>,
    path: &str,
    package: Package,
    file: impl Read + Seek,
) -> Result<(), ReadErrorKind> {
    let limit = sink.limits.record;
    sink.read_as = package.name();
    match package {
        Package::Docx => deliver(sink, path, None, docx::read(file, limit)?),
        Package::OpenDocument => deliver(sink, path, None, odt::read(file, limit)?),
        Package::Epub => read_book(sink, path, epub::read(file, limit)?),
        Package::Other(format) => Err(ReadErrorKind::UnreadKind { format, instead: "save it as PDF, text or CSV" }),
    }
}

#[cfg(feature = "formats")]
fn read_book(
    sink: &mut RecordSink<'_>,
    path: &str,
    chapters: Vec<Result<Document, ReadErrorKind>>,
) -> Result<(), ReadErrorKind> {
    if chapters.is_empty() {
        return Err(ReadErrorKind::Empty);
    }
    let several = chapters.len() > 1;
    for (index, chapter) in chapters.into_iter().enumerate() {
        let place = several.then_some(index + 1);
        if let Err(kind) = chapter.and_then(|chapter| deliver(sink, path, place, chapter)) {
            sink.error(path, place, kind);
        }
    }
    Ok(())
}

/// Passes a document on as a record. Every document goes through here.
fn deliver(
    sink: &mut RecordSink<'_>,
    path: &str,
    place: Option<usize>,
    document: Document,
) -> Result<(), ReadErrorKind> {
    if document.text.trim().is_empty() {
        return Err(ReadErrorKind::Empty);
    }
    let count = document.unknown;
    if count > MAX_UNKNOWN && count * 100 > document.text.len() {
        sink.error(path, place, ReadErrorKind::UnknownSigns { count });
    }
    #[cfg(feature = "formats")]
    if place.is_none() && super::records::pass_on_export(sink, path, &document.text) {
        return Ok(());
    }
    sink.record(document.into_record(path, place));
    Ok(())
}
