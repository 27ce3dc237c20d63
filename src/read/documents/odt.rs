//! OpenDocument text: the text as it is shown. Deleted and hidden text, comments and
//! descriptions of images are left out; notes follow the text.

use std::collections::HashSet;
use std::io::{Read, Seek};

use super::date_line::date_at_top;
use super::document::Document;
use super::docx::missing;
use super::flow::Flow;
use super::package::Parts;
use super::properties::Properties;
use super::xml::{Tag, Visitor, walk};
use crate::read::error::ReadErrorKind;

/// Frames and notes within each other.
const MAX_NESTED: usize = 16;
/// Spaces that one element may stand for.
const MAX_SPACES: usize = 100;

pub(super) fn read(file: impl Read + Seek, limit: u64) -> Result<Document, ReadErrorKind> {
    let wanted = |name: &str| ["mimetype", "content.xml", "meta.xml", "META-INF/manifest.xml"].contains(&name);
    let mut parts = Parts::read(file, limit, wanted)?;
    let mimetype = parts.take("mimetype")?.unwrap_or_default();
    if !mimetype.contains("opendocument.text") {
        return Err(ReadErrorKind::UnreadKind { format: kind_of(&mimetype), instead: "save it as ODT, PDF or CSV" });
    }
    if parts.take("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(ReadErrorKind::Locked { format: "document" });
    }
    let content = parts.take("content.xml")?.ok_or_else(|| missing("content.xml"))?;
    let mut document = Document::default();
    if let Some(meta) = parts.take("meta.xml")? {
        Properties::read(&meta).describe(&mut document);
    }
    let mut text = Text::default();
    walk(&content, &mut text)?;
    document.title = text.title.take().or(document.title).or(text.heading.take());
    for note in std::mem::take(&mut text.notes) {
        text.flow.push(&note);
        text.flow.end_paragraph();
    }
    document.text = text.flow.finish();
    document.date = date_at_top(&document.text).or(document.date);
    Ok(document)
}

fn kind_of(mimetype: &str) -> &'static str {
    if mimetype.contains("spreadsheet") {
        "an OpenDocument spreadsheet"
    } else if mimetype.contains("presentation") {
        "an OpenDocument presentation"
    } else {
        "an OpenDocument file without text"
    }
}

#[derive(Default)]
struct Text {
    flow: Flow,
    title: Option<String>,
    heading: Option<String>,
    notes: Vec<String>,
    paragraphs: usize,
    /// Paragraphs that are open, with the start tag of the innermost one.
    depth: usize,
    style: String,
    is_heading: bool,
    /// Styles whose text is hidden, and the style that is being described.
    hidden: HashSet<String>,
    described: String,
    /// What is written around the frames and notes that are open.
    around: Vec<(String, usize)>,
    in_note: bool,
}

impl Text {
    fn leave_paragraph(&mut self) {
        let text = self.flow.open_paragraph().split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() && self.around.is_empty() {
            if self.style == "Title" {
                self.title.get_or_insert(text);
            } else if self.is_heading && self.paragraphs == 0 {
                self.heading = Some(text);
            }
            self.paragraphs += 1;
        }
        self.flow.end_paragraph();
    }

    fn begin_inset(&mut self) {
        if self.around.len() < MAX_NESTED {
            self.around.push((self.flow.take_paragraph(), std::mem::take(&mut self.depth)));
        }
    }

    fn end_inset(&mut self) {
        if let Some((around, depth)) = self.around.pop() {
            self.flow.push(&around);
            self.depth = depth;
        }
    }

    fn is_hidden(&self, tag: &Tag<'_>) -> bool {
        tag.attribute("style-name").is_some_and(|style| self.hidden.contains(&style))
    }
}

impl Visitor for Text {
    fn start(&mut self, tag: &Tag<'_>) -> bool {
        match tag.name() {
            "tracked-changes" | "annotation" | "note-citation" | "hidden-text" | "hidden-paragraph" | "ruby-text"
            | "forms" | "title" | "desc" | "script" | "event-listeners" => return false,
            "style" => self.described = tag.attribute("name").unwrap_or_default(),
            "text-properties" if tag.attribute("display").as_deref() == Some("none") => {
                self.hidden.insert(std::mem::take(&mut self.described));
            }
            "p" | "h" => {
                if self.is_hidden(tag) {
                    return false;
                }
                self.depth += 1;
                self.is_heading = tag.name() == "h";
                self.style = tag.attribute("style-name").unwrap_or_default();
            }
            "span" if self.is_hidden(tag) => return false,
            "s" => {
                let count = tag.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.flow.push(&" ".repeat(usize::min(count, MAX_SPACES)));
            }
            "tab" => self.flow.push("\t"),
            "line-break" => self.flow.push("\n"),
            "table-row" => self.flow.begin_row(),
            "note" => self.in_note = true,
            "text-box" | "note-body" => self.begin_inset(),
            _ => {}
        }
        true
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                self.depth = self.depth.saturating_sub(1);
                if self.in_note {
                    self.notes.push(self.flow.take_paragraph());
                } else {
                    self.leave_paragraph();
                }
            }
            "table-cell" => self.flow.end_cell(),
            "table-row" => self.flow.end_row(),
            "note-body" | "text-box" => self.end_inset(),
            "note" => self.in_note = false,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.depth > 0 {
            // A line end in the file is a space.
            self.flow.push(&text.replace(['\n', '\r', '\t'], " "));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::zip;
    use super::*;

    const MIMETYPE: &str = "application/vnd.oasis.opendocument.text";

    fn document(styles: &str, body: &str, meta: &str) -> Document {
        let content = format!(
            "<d><office:automatic-styles>{styles}</office:automatic-styles><office:text>{body}</office:text></d>"
        );
        let files = [("mimetype", MIMETYPE), ("content.xml", content.as_str()), ("meta.xml", meta)];
        read(zip(&files), 1 << 20).expect("a document")
    }

    fn check(body: &str, expected: &str) {
        assert_eq!(document("", body, "<m/>").text, expected, "{body}");
    }

    #[test]
    fn text_as_it_is_shown() {
        check(
            "<text:h>Low Tide</text:h>\n<text:p>It <text:span>opens</text:span>\nsoon.</text:p>",
            "Low Tide\n\nIt opens soon.",
        );
        check("<text:p>a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d</text:p>", "a b\tc\nd");
        check(
            "<text:list><text:list-item><text:p>One</text:p></text:list-item><text:list-item><text:p>Two</text:p></text:list-item></text:list>",
            "One\n\nTwo",
        );
        check(
            "<table:table><table:table-row><table:table-cell><text:p>Film</text:p></table:table-cell><table:table-cell><text:p>Star</text:p></table:table-cell></table:table-row></table:table>",
            "Film\tStar",
        );
    }

    #[test]
    fn what_is_not_shown_is_left_out() {
        check(
            "<text:tracked-changes><text:p>old</text:p></text:tracked-changes><text:p>new<office:annotation><text:p>why?</text:p></office:annotation></text:p>",
            "new",
        );
        let styles = "<style:style style:name='T1'><style:text-properties text:display='none'/></style:style>";
        let body = "<text:p><text:span text:style-name='T1'>no</text:span>yes</text:p>";
        assert_eq!(document(styles, body, "<m/>").text, "yes");
    }

    #[test]
    fn frames_and_notes_do_not_break_a_sentence() {
        check(
            "<text:p>Ada <draw:frame><draw:text-box><text:p>Box</text:p></draw:text-box><svg:desc>An image</svg:desc></draw:frame>sings.</text:p>",
            "Box\n\nAda sings.",
        );
        check(
            "<text:p>Ada<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note> sings.</text:p><text:p>End.</text:p>",
            "Ada sings.\n\nEnd.\n\nA note.",
        );
    }

    #[test]
    fn other_kinds_and_passwords_are_named() {
        let error = |files: &[(&str, &str)]| read(zip(files), 1 << 20).expect_err("an error").to_string();
        let sheet = error(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<a/>")]);
        assert!(sheet.contains("spreadsheet"), "{sheet}");
        let locked =
            error(&[("mimetype", MIMETYPE), ("content.xml", "x"), ("META-INF/manifest.xml", "<m:encryption-data/>")]);
        assert!(locked.contains("password"), "{locked}");
    }
}
