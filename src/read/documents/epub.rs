//! EPUB: each chapter is a document with the metadata of the book. Magazines made of
//! news have an article in each.

use std::collections::HashMap;
use std::io::{Read, Seek};

use super::date_line::date_at_top;
use super::document::Document;
use super::docx::missing;
use super::flow::Flow;
use super::package::Parts;
use super::properties::{Properties, is_title};
use super::xml::{Tag, Visitor, walk};
use crate::read::error::ReadErrorKind;

/// A chapter of fewer words is a cover or a title page.
const MIN_WORDS: usize = 12;
/// Chapters of a book.
const MAX_CHAPTERS: usize = 20_000;

/// The chapters of a book in reading order, or why one cannot be read.
pub(super) fn read(file: impl Read + Seek, limit: u64) -> Result<Vec<Result<Document, ReadErrorKind>>, ReadErrorKind> {
    let ends = [".opf", ".xhtml", ".html", ".htm", ".xml"];
    let mut parts = Parts::read(file, limit, |name| ends.iter().any(|end| name.to_ascii_lowercase().ends_with(end)))?;
    let container = parts.take("META-INF/container.xml")?.ok_or_else(|| missing("META-INF/container.xml"))?;
    if parts.names().any(|name| name == "META-INF/encryption.xml")
        && parts.names().any(|name| name == "META-INF/rights.xml")
    {
        return Err(ReadErrorKind::Locked { format: "book" });
    }
    let mut book = Book::default();
    walk(&container, &mut book)?;
    let package = parts.take(&book.root)?.ok_or_else(|| missing("package file (.opf)"))?;
    walk(&package, &mut book)?;
    let about = about(&package);
    let folder = book.root.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let (mut chapters, mut short) = (Vec::new(), Vec::new());
    for id in book.spine.iter().take(MAX_CHAPTERS) {
        let Some(reference) = book.items.get(id) else { continue };
        let name = resolved(&folder, reference);
        match parts.take(&name).transpose() {
            Some(page) => match page.and_then(|page| chapter(&page, &about)) {
                Ok(chapter) if is_short(&chapter.text) => short.push(chapter),
                Ok(chapter) => chapters.push(Ok(chapter)),
                Err(kind) => chapters.push(Err(kind)),
            },
            None => chapters.push(Err(ReadErrorKind::Malformed {
                format: "EPUB",
                what: format!("its chapter {name} is not in it"),
            })),
        }
    }
    // A book of nothing but short pages has them as its text.
    if chapters.is_empty() && !short.is_empty() {
        let text = short.into_iter().map(|chapter| chapter.text).collect::<Vec<_>>().join("\n\n");
        chapters.push(Ok(Document { text, ..about }));
    }
    Ok(chapters)
}

fn is_short(text: &str) -> bool {
    text.split_whitespace().nth(MIN_WORDS - 1).is_none()
}

/// What the book says of itself.
fn about(package: &str) -> Document {
    let properties = Properties::read(package);
    let mut about = Document::default();
    properties.describe(&mut about);
    let creators: Vec<&str> = properties.all("creator").collect();
    about.authors = super::document::person(&creators.join("; "));
    // A program that does not know the date writes year 101.
    about.date = properties.first(&["date"]).filter(|date| !date.starts_with('0')).map(str::to_owned);
    // What an EPUB calls modified is when it was packed.
    about.modified = None;
    about.source = about.source.filter(|name| name != "calibre").or_else(|| about.title.as_deref().map(without_issue));
    about.keywords = properties.all("subject").map(str::to_owned).collect();
    about
}

/// The name of a magazine without its issue: `Reel Weekly [March 5, 2019]`.
fn without_issue(title: &str) -> String {
    title.split('[').next().filter(|name| !name.trim().is_empty()).unwrap_or(title).trim().to_owned()
}

fn chapter(page: &str, about: &Document) -> Result<Document, ReadErrorKind> {
    let mut text = Page::default();
    let walked = walk(page, &mut text);
    let flow = std::mem::take(&mut text.flow).finish();
    if flow.trim().is_empty() {
        walked?;
    }
    let own = text.heading.take().or_else(|| Some(std::mem::take(&mut text.title)));
    let tidy = own.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
    let title = tidy.filter(|title| is_title(title)).or_else(|| about.title.clone());
    let date = date_at_top(&flow).or_else(|| about.date.clone());
    // Lists of links are contents.
    let text = if text.linked * 10 > flow.len() * 8 { String::new() } else { flow };
    Ok(Document { title, date, text, ..about.clone() })
}

/// The name of a part from the reference to it.
fn resolved(folder: &str, reference: &str) -> String {
    let path = reference.split('#').next().unwrap_or_default();
    let mut parts: Vec<String> =
        if path.starts_with('/') { Vec::new() } else { folder.split('/').map(str::to_owned).collect() };
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(unescaped(part)),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

/// A part of an address with its `%20` decoded.
fn unescaped(part: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = part.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok()).filter(|_| *first == b'%');
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What the container and the package file say of the parts of a book.
#[derive(Default)]
struct Book {
    root: String,
    items: HashMap<String, String>,
    spine: Vec<String>,
}

impl Visitor for Book {
    fn start(&mut self, tag: &Tag<'_>) -> bool {
        let value = |name: &str| tag.attribute(name).unwrap_or_default();
        match tag.name() {
            "rootfile" if self.root.is_empty() => self.root = value("full-path"),
            "item" if value("properties").split(' ').any(|word| word == "nav") => {}
            "item" => drop(self.items.insert(value("id"), value("href"))),
            "itemref" => self.spine.push(value("idref")),
            _ => {}
        }
        true
    }

    fn end(&mut self, _: &str) {}
    fn text(&mut self, _: &str) {}
}

/// The text of a chapter under construction.
#[derive(Default)]
struct Page {
    flow: Flow,
    title: String,
    in_title: bool,
    heading: Option<String>,
    links: usize,
    /// Bytes of text within links.
    linked: usize,
    preformatted: usize,
}

const BLOCKS: &[&str] = &[
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "section",
    "article",
    "figure",
    "figcaption",
    "pre",
    "header",
    "footer",
    "aside",
    "table",
    "body",
    "hr",
    "address",
    "center",
];

impl Visitor for Page {
    fn start(&mut self, tag: &Tag<'_>) -> bool {
        let name = tag.name();
        match name {
            "script" | "style" | "rt" | "rp" | "svg" | "nav" => return false,
            _ if tag.attribute("class").is_some_and(|class| class.contains("navbar")) => return false,
            _ if tag.attribute("hidden").is_some() => return false,
            "title" => self.in_title = true,
            "br" => self.flow.push("\n"),
            "a" => self.links += 1,
            "tr" => self.flow.begin_row(),
            "pre" => self.preformatted += 1,
            _ => {}
        }
        if BLOCKS.contains(&name) {
            self.flow.end_paragraph();
        }
        true
    }

    fn end(&mut self, name: &str) {
        match name {
            "title" => self.in_title = false,
            "a" => self.links = self.links.saturating_sub(1),
            "td" | "th" => self.flow.end_cell(),
            "tr" => self.flow.end_row(),
            "h1" | "h2" | "h3" if self.heading.is_none() && !self.flow.open_paragraph().trim().is_empty() => {
                self.heading = Some(self.flow.open_paragraph().to_owned());
            }
            _ => {}
        }
        if name == "pre" {
            self.preformatted = self.preformatted.saturating_sub(1);
        }
        if BLOCKS.contains(&name) {
            self.flow.end_paragraph();
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_title {
            self.title.push_str(text);
            return;
        }
        if self.links > 0 {
            self.linked += text.trim().len();
        }
        if self.preformatted > 0 {
            self.flow.push(text);
        } else {
            self.flow.push(&text.replace(['\n', '\r', '\t'], " "));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::zip;
    use super::*;

    const CONTAINER: &str = "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>";

    fn book(metadata: &str, chapters: &[(&str, &str)]) -> Vec<Result<Document, ReadErrorKind>> {
        let items: String = chapters.iter().map(|(name, _)| format!("<item id='{name}' href='{name}'/>")).collect();
        let spine: String = chapters.iter().map(|(name, _)| format!("<itemref idref='{name}'/>")).collect();
        let package = format!(
            "<package><metadata>{metadata}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
        );
        let names: Vec<String> = chapters.iter().map(|(name, _)| format!("OEBPS/{name}")).collect();
        let mut files = vec![
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", CONTAINER),
            ("OEBPS/book.opf", package.as_str()),
        ];
        files.extend(names.iter().map(String::as_str).zip(chapters.iter().map(|(_, page)| *page)));
        read(zip(&files), 1 << 20).expect("a book")
    }

    const LONG: &str = "Ada Lind sings of the sea in a film that opens in every theater of the town this June.";

    #[test]
    fn each_chapter_has_the_metadata_of_the_book() {
        let metadata = "<dc:title>Reel Weekly [5 March 2019]</dc:title><dc:date opf:event='publication'>2019-03-05</dc:date><dc:creator>calibre</dc:creator><dc:publisher>calibre</dc:publisher>";
        let one = format!(
            "<html><head><title>x</title></head><body><h1>Low&nbsp;Tide</h1><p>{LONG}<br/>It<b>s</b> end.</p></body></html>"
        );
        let two = format!("<html><head><title>High Tide</title></head><body><div>{LONG}</div></body></html>");
        let cover = "<html><body><p>Reel Weekly</p></body></html>";
        let found = book(metadata, &[("cover.xhtml", cover), ("a.xhtml", &one), ("b.xhtml", &two)]);
        let documents: Vec<Document> = found.into_iter().map(|chapter| chapter.expect("a chapter")).collect();
        assert_eq!(documents.len(), 2);
        assert_eq!(documents[0].title.as_deref(), Some("Low Tide"));
        assert_eq!(documents[0].text, format!("Low\u{a0}Tide\n\n{LONG}\nIts end."));
        assert_eq!(documents[1].title.as_deref(), Some("High Tide"));
        for document in &documents {
            assert_eq!(
                (document.date.as_deref(), document.source.as_deref()),
                (Some("2019-03-05"), Some("Reel Weekly"))
            );
            assert_eq!(document.authors, None);
        }
    }

    #[test]
    fn contents_are_left_out_and_missing_chapters_are_named() {
        let links = format!("<html><body>{}</body></html>", "<p><a href='a'>Low Tide opens in June</a></p>".repeat(9));
        let page = format!("<html><body><p>{LONG}</p></body></html>");
        assert_eq!(book("", &[("toc.xhtml", &links), ("a.xhtml", &page)]).len(), 1);
        assert_eq!(resolved("OEBPS/x", "../Text/a%20b.xhtml#p"), "OEBPS/Text/a b.xhtml");
    }
}
