//! The text of an element: a blank line between blocks, and no break where an element
//! only marks a part of a sentence.

use super::tree::{Child, Element};

/// Elements that are paragraphs of their own, in NITF, XHTML and the like.
const BLOCKS: &[&str] = &[
    "p",
    "para",
    "paragraph",
    "div",
    "block",
    "section",
    "article",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hl1",
    "hl2",
    "ul",
    "ol",
    "dl",
    "blockquote",
    "bq",
    "pre",
    "table",
    "figure",
    "hr",
    "nitf-table",
    "note",
    "body",
    "fn",
];
/// Elements that mark a part of a sentence.
const INLINE: &[&str] = &[
    "person",
    "org",
    "location",
    "city",
    "state",
    "region",
    "country",
    "sublocation",
    "money",
    "num",
    "chron",
    "event",
    "function",
    "object.title",
    "virtloc",
    "pronounce",
    "name.given",
    "name.family",
    "em",
    "q",
    "a",
    "lang",
    "sub",
    "sup",
    "frac",
    "alt-code",
    "b",
    "i",
    "u",
    "s",
    "strong",
    "span",
    "small",
    "cite",
    "abbr",
    "acronym",
    "code",
    "font",
    "mark",
    "time",
    "bold",
    "italic",
    "emphasis",
    "link",
    "quote",
    "company",
    "film",
];
/// Elements whose text belongs together, whatever its lines.
const PARAGRAPHS: &[&str] = &["p", "para", "paragraph", "h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "li", "td"];
/// Elements whose text is not that of the article: pictures with their captions,
/// programs.
const HIDDEN: &[&str] = &["media", "script", "style", "figcaption", "noscript", "head", "iframe", "object.data"];

/// The text of an element in paragraphs.
pub(super) fn paragraphs(element: Element<'_>) -> String {
    paragraphs_without(element, |_| false)
}

/// The text of an element on one line; nothing if it is blank.
pub(super) fn line(element: Element<'_>) -> Option<String> {
    let text = paragraphs(element);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// What is left to do, last first. An element is left and entered once, so that no
/// recursion is needed.
enum Step<'t> {
    Enter(Child<'t>, Element<'t>),
    Break(&'static str),
}

/// The text of an element in paragraphs, without the elements that are `skipped`.
pub(super) fn paragraphs_without<'t>(root: Element<'t>, skipped: impl Fn(Element<'t>) -> bool) -> String {
    let mut out = TextBuilder::default();
    let mut waiting = entered(root);
    while let Some(step) = waiting.pop() {
        match step {
            Step::Break(with) => out.end(with),
            Step::Enter(Child::Text(text), parent) if PARAGRAPHS.contains(&parent.name()) => out.push(text),
            Step::Enter(Child::Text(text), _) => push_lines(&mut out, text),
            Step::Enter(Child::Element(element), parent) => {
                if HIDDEN.contains(&element.name()) || skipped(element) {
                    continue;
                }
                let with = break_at(element, parent);
                if element.name() != "td" && element.name() != "th" {
                    out.end(with);
                }
                waiting.push(Step::Break(with));
                waiting.extend(entered(element));
            }
        }
    }
    out.text
}

fn entered(element: Element<'_>) -> Vec<Step<'_>> {
    let mut steps: Vec<Step<'_>> = element.contents().map(|child| Step::Enter(child, element)).collect();
    steps.reverse();
    steps
}

/// The break before and after an element. One that is not known is a part of a
/// sentence if text stands beside it.
fn break_at(element: Element<'_>, parent: Element<'_>) -> &'static str {
    match element.name() {
        "br" | "li" | "dt" | "dd" | "tr" | "row" => "\n",
        "td" | "th" | "entry" => " ",
        name if BLOCKS.contains(&name) => "\n\n",
        name if INLINE.contains(&name) || parent.has_text() => "",
        _ => "\n\n",
    }
}

/// Appends text that stands in no paragraph: blank lines separate its paragraphs.
fn push_lines(out: &mut TextBuilder, text: &str) {
    if text.trim().is_empty() {
        return out.push(text);
    }
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() && line.ends_with('\n') && out.at_line_end {
            out.end("\n\n");
        } else {
            out.push(line);
        }
        out.at_line_end = line.ends_with('\n');
    }
}

/// Joins pieces of text with single spaces within a paragraph and the widest of the
/// breaks between two pieces.
#[derive(Default)]
struct TextBuilder {
    text: String,
    /// The break before the next piece.
    pending: &'static str,
    at_line_end: bool,
}

impl TextBuilder {
    fn end(&mut self, with: &'static str) {
        if with.len() > self.pending.len() || self.pending == " " && with == "\n" {
            self.pending = with;
        }
    }

    fn push(&mut self, piece: &str) {
        if piece.starts_with(char::is_whitespace) {
            self.end(" ");
        }
        for (number, word) in piece.split_whitespace().enumerate() {
            if number > 0 {
                self.pending = " ";
            }
            if !self.text.is_empty() {
                self.text.push_str(self.pending);
            }
            self.pending = "";
            self.text.push_str(word);
        }
        if piece.ends_with(char::is_whitespace) {
            self.end(" ");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::Tree;
    use super::*;

    fn check(xml: &str, expected: &str) {
        let tree = Tree::parse(xml).expect("a tree");
        assert_eq!(paragraphs(tree.root()), expected, "{xml}");
    }

    #[test]
    fn blocks_are_paragraphs_and_inline_elements_split_no_word() {
        check(
            "<p>Ann <person>Le<em>e</em></person>’s film\n opens.</p><p>It runs.</p>",
            "Ann Lee’s film opens.\n\nIt runs.",
        );
        check("<p>One<br/>two <b>three</b>,four</p>", "One\ntwo three,four");
        check("<hl1>A</hl1><hl2>B</hl2>", "A\n\nB");
        check("<ul><li>A</li><li>B</li></ul>C", "A\nB\n\nC");
        check("<table><tr><td>A</td><td>B</td></tr><tr><td>C</td></tr></table>", "A B\nC");
        check("<p>A</p><media><media-caption>B</media-caption></media><p>C</p>", "A\n\nC");
        check("<p>A</p>\n\n\n<p>\n\nB\n\nC</p>", "A\n\nB C");
    }

    #[test]
    fn unknown_elements_are_judged_by_what_stands_beside_them() {
        check("<t>Ann <star>Lee</star>s.</t>", "Ann Lees.");
        check("<t><one>A</one><two>B</two></t>", "A\n\nB");
    }

    #[test]
    fn blank_lines_separate_the_paragraphs_of_plain_text() {
        check("<text>\n One\n two.\n\n  Three.\n \n\nFour.</text>", "One two.\n\nThree.\n\nFour.");
        check("<text>One.\r\n\r\nTwo.</text>", "One.\n\nTwo.");
    }
}
