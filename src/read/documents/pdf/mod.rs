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

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: [&str; 2] = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"];
    const PAGE: &str = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R \
                        /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>";
    const FONT: &str = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

    /// A file of these objects.
    fn file(objects: &[String], trailer: &str) -> Vec<u8> {
        let (mut file, mut places) = (String::from("%PDF-1.4\n"), String::new());
        for (index, object) in objects.iter().enumerate() {
            places += &format!("{:010} 00000 n \n", file.len());
            file += &format!("{} 0 obj\n{object}\nendobj\n", index + 1);
        }
        let count = objects.len() + 1;
        let start = file.len();
        file += &format!(
            "xref\n0 {count}\n0000000000 65535 f \n{places}trailer << /Size {count} /Root 1 0 R {trailer} >>\n"
        );
        file += &format!("startxref\n{start}\n%%EOF");
        file.into_bytes()
    }

    fn stream(entries: &str, data: &str) -> String {
        format!("<< /Length {} {entries} >>\nstream\n{data}\nendstream", data.len())
    }

    /// A file of one page.
    fn page(content: &str, others: &[String], trailer: &str) -> Vec<u8> {
        let mut objects: Vec<String> = HEAD.iter().chain(&[PAGE]).map(|object| (*object).to_owned()).collect();
        objects.extend([stream("", content), FONT.to_owned()]);
        objects.extend_from_slice(others);
        file(&objects, trailer)
    }

    fn text_at(text: &str, size: u32, y: u32) -> String {
        format!("BT /F {size} Tf 50 {y} Td ({text}) Tj ET\n")
    }

    #[test]
    fn a_page_becomes_title_date_and_paragraphs() {
        let lines = [
            ("Low Tide opens in June", 24, 700),
            ("March 5, 2019", 10, 670),
            ("The film opens in every thea-", 10, 640),
            ("ter of the town.", 10, 628),
        ];
        let content: String = lines.iter().map(|(text, size, y)| text_at(text, *size, *y)).collect();
        let document = read(page(&content, &[], ""), 1 << 20).expect("a document");
        assert_eq!(document.title.as_deref(), Some("Low Tide opens in June"));
        assert_eq!(document.date.as_deref(), Some("2019-03-05"));
        assert_eq!(
            document.text,
            "Low Tide opens in June\n\nMarch 5, 2019\n\nThe film opens in every theater of the town."
        );
    }

    fn check_error(bytes: Vec<u8>, expected: &str) {
        let error = read(bytes, 1 << 20).expect_err("an error").to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn what_has_no_text_is_named() {
        let image = stream(
            "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
            "x",
        );
        check_error(page("/X Do", &[image], ""), "its pages are images");
        check_error(page("q Q", &[], ""), "empty");
        check_error(b"%PDF-1.4\n1 0 obj << >> endobj".to_vec(), "no pages");
        let locked = "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O (00000000000000000000000000000000) /U (00000000000000000000000000000000) >> /ID [(a) (a)]";
        check_error(page(&text_at("Secret", 10, 700), &[], locked), "needs a password");
    }

    #[test]
    fn what_never_ends_is_bounded() {
        check_error(page(&"[".repeat(100_000), &[], ""), "nested too deep");
        let many = text_at("a", 10, 700).repeat(60_000);
        check_error(page(&many, &[], ""), "oversized");
        let resources = "/Resources << /XObject << /X 6 0 R >> >>";
        let form = stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] {resources}"), "/X Do");
        check_error(page("/X Do", &[form], ""), "empty");
    }
}
