//! Parsed HTML to plain text, at any depth of nesting.

use trafilatura::dom::{Document, NodeId};

use super::markup::{HIDDEN_ELEMENTS, TextBuilder, break_at, strip_tags};

/// The text of an HTML fragment with a blank line between blocks, at any depth
/// of nesting.
pub(super) fn plain_text(html: &str) -> String {
    if is_too_deep(html) {
        return strip_tags(html);
    }
    let doc = Document::parse(html);
    text_of(&doc, doc.root())
}

/// The most nested elements of a page to parse. At every tag the parser looks
/// through all open elements.
const MAX_NESTING: usize = 2000;

/// Elements that need no end tag and so do not nest by themselves.
const UNCLOSED_ELEMENTS: &[&str] = &[
    "p", "li", "td", "th", "tr", "tbody", "thead", "dt", "dd", "option", "br", "img", "input", "meta", "link", "hr",
    "source", "area", "base", "col", "embed", "param", "track", "wbr", "!doctype", "!--",
];

/// Whether elements are nested too deeply for parsing, judged by the tags.
pub(super) fn is_too_deep(html: &str) -> bool {
    let mut depth = 0_usize;
    memchr::memchr_iter(b'<', html.as_bytes()).any(|at| {
        let tag = &html[at + 1..];
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = tag.bytes().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(tag.len());
            let name = tag[..end.min(10)].to_ascii_lowercase();
            depth += usize::from(!UNCLOSED_ELEMENTS.contains(&name.as_str()));
        }
        depth > MAX_NESTING
    })
}

/// What is left to visit.
enum Step {
    Enter(NodeId),
    Break(&'static str),
}

/// The text of an element, without recursion.
pub(super) fn text_of(doc: &Document, root: NodeId) -> String {
    let mut out = TextBuilder::default();
    let mut waiting = vec![Step::Enter(root)];
    while let Some(step) = waiting.pop() {
        match step {
            Step::Break(with) => out.end(with),
            Step::Enter(id) if doc.is_text(id) => out.push(&doc.text_content(id)),
            Step::Enter(id) => {
                let tag = doc.tag_name(id);
                if HIDDEN_ELEMENTS.contains(&tag) {
                    continue;
                }
                let with = break_at(tag);
                if !with.is_empty() && tag != "td" && tag != "th" {
                    out.end(with);
                }
                if !with.is_empty() && tag != "br" {
                    waiting.push(Step::Break(with));
                }
                let children = doc.child_nodes(id);
                if children.is_empty() && !matches!(tag, "" | "wbr") {
                    out.part();
                }
                waiting.extend(children.into_iter().rev().map(Step::Enter));
            }
        }
    }
    out.finish()
}

/// The shown text of an element on one line, with a space between its parts;
/// `None` if it is longer than `most` bytes.
pub(super) fn short_line(doc: &Document, root: NodeId, most: usize) -> Option<String> {
    let mut line = String::new();
    let mut waiting = vec![root];
    while let Some(id) = waiting.pop() {
        if doc.is_text(id) {
            for word in doc.text_content(id).split_whitespace() {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
            }
            if line.len() > most {
                return None;
            }
        } else if !HIDDEN_ELEMENTS.contains(&doc.tag_name(id)) {
            waiting.extend(doc.child_nodes(id).into_iter().rev());
        }
    }
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        let start: String = html.chars().take(60).collect();
        assert_eq!(plain_text(html), expected, "{start}");
    }

    #[test]
    fn blocks_become_paragraphs() {
        check(
            "<p>Tom &amp; <b>Hayley</b>\n run.</p><p>They <i>stop</i>.<br>Then go.<ul><li>One<li>Two</ul><script>x</script>",
            "Tom & Hayley run.\n\nThey stop.\nThen go.\n\nOne\nTwo",
        );
        check("<div>A<style>p {}</style></div><blockquote>B&eacute;</blockquote>", "A\n\nBé");
        check("", "");
    }

    #[test]
    fn short_lines() {
        let doc = Document::parse("<p>By<b>Ann Lee</b><script>x()</script>,\n editor</p>");
        assert_eq!(short_line(&doc, doc.root(), 100).as_deref(), Some("By Ann Lee , editor"));
        assert_eq!(short_line(&doc, doc.root(), 10), None);
    }

    #[test]
    fn any_depth_of_nesting() {
        check(&format!("{}Deep{}", "<div>".repeat(50_000), "</div>".repeat(50_000)), "Deep");
        check(&format!("{}Deep</li>", "<ul><li>".repeat(50_000)), "Deep");
        check(&"<p>a".repeat(MAX_NESTING + 1), vec!["a"; MAX_NESTING + 1].join("\n\n").as_str());
        assert!(is_too_deep(&"<b>".repeat(MAX_NESTING + 1)) && !is_too_deep(&"<b></b>".repeat(MAX_NESTING + 1)));
    }
}
