//! DOCX: the text as it is shown. Deleted text, hidden text and comments are left out;
//! notes follow the text.

use std::io::{Read, Seek};

use super::date_line::date_at_top;
use super::document::Document;
use super::flow::Flow;
use super::package::Parts;
use super::properties::Properties;
use super::xml::{Tag, Visitor, walk};
use crate::read::error::ReadErrorKind;

/// Text boxes within text boxes.
const MAX_BOXES: usize = 16;

pub(super) fn read(file: impl Read + Seek, limit: u64) -> Result<Document, ReadErrorKind> {
    let wanted = |name: &str| {
        name.starts_with("word/document") && name.ends_with(".xml")
            || ["word/footnotes.xml", "word/endnotes.xml", "docProps/core.xml"].contains(&name)
    };
    let mut parts = Parts::read(file, limit, wanted)?;
    let main = parts.names().filter(|name| name.starts_with("word/document")).min().map(str::to_owned);
    let main = match main {
        Some(name) => parts.take(&name)?,
        None => None,
    };
    let main = main.ok_or_else(|| missing("word/document.xml"))?;
    let mut document = Document::default();
    if let Some(core) = parts.take("docProps/core.xml")? {
        Properties::read(&core).describe(&mut document);
    }
    let mut text = Text::default();
    walk(&main, &mut text)?;
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(notes) = parts.take(notes)? {
            text.leave_paragraph();
            walk(&notes, &mut text)?;
        }
    }
    document.title = text.title.take().or(document.title).or(text.heading.take());
    document.text = text.flow.finish();
    document.date = date_at_top(&document.text).or(document.date);
    Ok(document)
}

pub(super) fn missing(part: &'static str) -> ReadErrorKind {
    ReadErrorKind::Malformed { format: "document", what: format!("it has no {part}; open it and save it anew") }
}

/// The text of a part under construction.
#[derive(Default)]
struct Text {
    flow: Flow,
    /// A paragraph in the style of a title.
    title: Option<String>,
    /// A heading in front of all other text.
    heading: Option<String>,
    style: String,
    paragraphs: usize,
    in_run: bool,
    in_text: bool,
    is_hidden: bool,
    /// The paragraphs around the text boxes that are open.
    around: Vec<String>,
}

impl Text {
    fn leave_paragraph(&mut self) {
        let text = self.flow.open_paragraph().split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            let style = std::mem::take(&mut self.style).to_lowercase();
            let is = |names: &[&str]| names.iter().any(|name| style.starts_with(name));
            if is(&["title", "titel", "titre"]) {
                self.title.get_or_insert(text);
            } else if is(&["heading1", "berschrift1", "titre1"]) && self.paragraphs == 0 {
                self.heading = Some(text);
            }
            self.paragraphs += 1;
        }
        self.flow.end_paragraph();
    }
}

impl Visitor for Text {
    fn start(&mut self, tag: &Tag<'_>) -> bool {
        match tag.name() {
            // Deleted and moved away; what stands for a text box in old programs.
            "del" | "moveFrom" | "Fallback" | "sectPr" | "pPrChange" | "rPrChange" => return false,
            "footnote" | "endnote"
                if tag.attribute("type").is_some_and(|kind| kind.to_lowercase().contains("separator")) =>
            {
                return false;
            }
            "p" => self.style.clear(),
            "pStyle" => self.style = tag.attribute("val").unwrap_or_default(),
            "r" => (self.in_run, self.is_hidden) = (true, false),
            "vanish" if self.in_run => self.is_hidden = is_on(tag),
            "t" => self.in_text = true,
            "tab" if self.in_run && !self.is_hidden => self.flow.push("\t"),
            "br" | "cr" if !self.is_hidden => self.flow.push("\n"),
            "noBreakHyphen" if !self.is_hidden => self.flow.push("-"),
            "tr" => self.flow.begin_row(),
            "txbxContent" if self.around.len() < MAX_BOXES => {
                self.around.push(self.flow.take_paragraph());
                (self.in_run, self.is_hidden) = (false, false);
            }
            _ => {}
        }
        true
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "r" => (self.in_run, self.is_hidden) = (false, false),
            "p" => self.leave_paragraph(),
            "tc" => self.flow.end_cell(),
            "tr" => self.flow.end_row(),
            "txbxContent" => {
                self.leave_paragraph();
                if let Some(around) = self.around.pop() {
                    self.flow.push(&around);
                }
                self.in_run = true;
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text && !self.is_hidden {
            self.flow.push(text);
        }
    }
}

/// Whether a property that is on by itself is not turned off.
fn is_on(tag: &Tag<'_>) -> bool {
    !matches!(tag.attribute("val").as_deref(), Some("0" | "false" | "off"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::zip;
    use super::*;

    fn document(body: &str, others: &[(&str, &str)]) -> Document {
        let main = format!("<w:document><w:body>{body}</w:body></w:document>");
        let mut files = vec![("[Content_Types].xml", "<Types/>"), ("word/document.xml", main.as_str())];
        files.extend(others);
        read(zip(&files), 1 << 20).expect("a document")
    }

    fn check(body: &str, expected: &str) {
        assert_eq!(document(body, &[]).text, expected, "{body}");
    }

    #[test]
    fn text_as_it_is_shown() {
        check(
            "<w:p><w:r><w:t>Low </w:t></w:r><w:r><w:t>Tide</w:t></w:r></w:p><w:p><w:r><w:t>It opens.</w:t></w:r></w:p>",
            "Low Tide\n\nIt opens.",
        );
        check(
            "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>",
            "a\tb\nc",
        );
        check("<w:p><w:hyperlink r:id='r1'><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p>", "link");
        check("<w:p><w:r><w:instrText>HYPERLINK x</w:instrText></w:r><w:r><w:t>shown</w:t></w:r></w:p>", "shown");
        check("<w:p><w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>star</w:t><w:softHyphen/></w:r></w:p>", "co-star");
    }

    #[test]
    fn what_is_deleted_hidden_or_given_twice() {
        check(
            "<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>",
            "new",
        );
        check(
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>yes</w:t></w:r></w:p>",
            "yes",
        );
        check(
            "<w:p><w:r><w:t>Before </w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
             <mc:Fallback><w:p><w:r><w:t>Box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>after.</w:t></w:r></w:p>",
            "Box\n\nBefore after.",
        );
    }

    #[test]
    fn tables_and_notes() {
        let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
        check(
            &format!(
                "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
                cell("Film"),
                cell("Star"),
                cell("Low Tide"),
                cell("Ada Lind")
            ),
            "Film\tStar\nLow Tide\tAda Lind",
        );
        let notes = "<w:footnotes><w:footnote w:type='separator'><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote><w:footnote w:id='1'><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>";
        assert_eq!(
            document("<w:p><w:r><w:t>Text.</w:t></w:r></w:p>", &[("word/footnotes.xml", notes)]).text,
            "Text.\n\nA note."
        );
    }

    #[test]
    fn titles_come_from_the_page_then_from_the_properties() {
        let core = ("docProps/core.xml", "<c><dc:title>Stated</dc:title></c>");
        let styled =
            |style: &str| format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>Shown</w:t></w:r></w:p>");
        for (body, others, expected) in [
            (styled("Title"), &[core][..], Some("Shown")),
            (styled("Heading1"), &[core], Some("Stated")),
            (styled("Heading1"), &[], Some("Shown")),
            (styled("Normal"), &[], None),
        ] {
            assert_eq!(document(&body, others).title.as_deref(), expected, "{body}");
        }
    }
}
