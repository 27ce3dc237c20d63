//! PDF: the text layer in reading order. What draws a page is interpreted by a library;
//! words, lines, columns and paragraphs are found here, from where each character is.

mod bounds;
mod glyphs;
mod layout;
mod metadata;
mod nesting;
mod paragraphs;

use std::sync::Arc;
use std::time::{Duration, Instant};

use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use kurbo::Rect;

use super::document::Document;
use crate::panic_guard::guarded;
use crate::read::error::ReadErrorKind;
use glyphs::Collector;
use layout::Line;

/// Drawing operations of one file. A book of 1,000 pages has some three million.
const MAX_OPERATIONS: u64 = 20_000_000;
/// How long one file may take, whatever it does: parts of a page that are drawn again
/// and again are unpacked again each time.
const MAX_TIME: Duration = Duration::from_secs(30);
/// Pages of one file.
const MAX_PAGES: usize = 20_000;
/// Bytes of stack for what a file nests.
const STACK: usize = 64 << 20;

/// Reads a document. Streams may expand to `limit` bytes each.
pub(super) fn read(mut bytes: Vec<u8>, limit: u64) -> Result<Document, ReadErrorKind> {
    let streams = bounds::check(&mut bytes, limit)?;
    // The library recurses into what a file nests.
    let reader = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        let images = streams.images > 0;
        let mut collector = Collector::new(MAX_OPERATIONS, Instant::now() + MAX_TIME);
        match guarded(|| interpreted(bytes, images, &mut collector)) {
            Ok(document) => document,
            Err(_) if collector.left == 0 => Err(endless()),
            Err(panic) => Err(malformed(&format!("the library for PDF failed: {panic}"))),
        }
    });
    match reader.map(std::thread::JoinHandle::join) {
        Ok(Ok(document)) => document,
        Ok(Err(_)) => Err(malformed("the library for PDF failed")),
        Err(error) => Err(error.into()),
    }
}

fn endless() -> ReadErrorKind {
    let limit = usize::try_from(MAX_OPERATIONS).unwrap_or(usize::MAX);
    ReadErrorKind::TooMany { what: "drawing operations, or they take more than half a minute", limit }
}

fn malformed(what: &str) -> ReadErrorKind {
    ReadErrorKind::Malformed { format: "PDF", what: format!("{what}; open it in a viewer and save it anew") }
}

fn interpreted(bytes: Vec<u8>, images: bool, collector: &mut Collector) -> Result<Document, ReadErrorKind> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => ReadErrorKind::Locked { format: "PDF" },
        LoadPdfError::Invalid => malformed("no pages are found in it"),
    })?;
    let pages = lines_of_pages(&pdf, collector)?;
    if pages.iter().all(Vec::is_empty) {
        return Err(without_text(&pdf, images || collector.images, collector.unknown));
    }
    // Some letters without a meaning are signs of lists; many are an unknown font.
    if collector.unknown > collector.known {
        return Err(ReadErrorKind::NoTextLayer { why: "its fonts do not say what their signs mean" });
    }
    let pages = paragraphs::without_running_lines(pages);
    let text = paragraphs::text(&pages);
    let document = metadata::with_metadata(pdf.metadata(), &pages, text);
    Ok(Document { unknown: collector.unknown, ..document })
}

fn without_text(pdf: &Pdf, images: bool, unknown: usize) -> ReadErrorKind {
    if pdf.pages().is_empty() {
        malformed("it has no pages")
    } else if unknown > 0 {
        ReadErrorKind::NoTextLayer { why: "its fonts do not say what their signs mean" }
    } else if images {
        ReadErrorKind::NoTextLayer { why: "its pages are images" }
    } else {
        ReadErrorKind::Empty
    }
}

fn lines_of_pages(pdf: &Pdf, collector: &mut Collector) -> Result<Vec<Vec<Line>>, ReadErrorKind> {
    let cache = InterpreterCache::new();
    let mut settings = InterpreterSettings { render_annotations: false, ..InterpreterSettings::default() };
    settings.warning_sink = Arc::new(|_| {});
    if pdf.pages().len() > MAX_PAGES {
        return Err(ReadErrorKind::TooMany { what: "pages", limit: MAX_PAGES });
    }
    let mut pages = Vec::new();
    for page in pdf.pages().iter() {
        if collector.is_late() {
            return Err(endless());
        }
        let (width, height) = page.render_dimensions();
        let shown = Rect::new(0.0, 0.0, width.into(), height.into());
        let transform = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(transform, shown, &cache, pdf.xref(), settings.clone());
        interpret_page(page, &mut context, collector);
        let mut glyphs = collector.take();
        // What is beside the page is not printed.
        let margin = 0.5 * f64::from(width.max(height));
        glyphs.retain(|glyph| glyph.x.abs() < f64::from(width.max(height)) + margin);
        pages.push(layout::lines(&glyphs));
    }
    Ok(pages)
}
