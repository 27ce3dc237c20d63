//! Pieces of HTML to plain text: what feeds, content systems and newsletters
//! put into a field.

use trafilatura::dom::{Document, NodeId};

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "blockquote",
    "pre",
    "table",
    "tr",
    "figure",
    "header",
    "footer",
    "main",
    "aside",
    "dl",
    "hr",
];

/// Elements whose text is not shown.
const UNSEEN: &[&str] = &["script", "style", "noscript", "template", "head", "svg", "iframe"];

/// Whether a text is written in HTML rather than plain: it has closing tags or
/// line-break tags.
pub(super) fn is_markup(text: &str) -> bool {
    let tags =
        ["</p>", "<br", "</a>", "</div>", "</em>", "</strong>", "</i>", "</b>", "</li>", "</h2>", "</span>", "</td>"];
    text.contains('<') && tags.iter().any(|tag| text.contains(tag) || text.contains(&tag.to_uppercase()))
}

/// The text of a piece of HTML, a blank line between blocks; at any depth of
/// nesting.
pub(super) fn plain_text(html: &str) -> String {
    if is_too_deep(html) {
        return stripped(html);
    }
    let doc = Document::parse(html);
    text_of(&doc, doc.root())
}

/// Open tags within one another from which a page is not parsed: the parser
/// looks through all of them at every tag.
const DEEPEST: usize = 2000;

/// Elements that need no end tag, and so do not nest by themselves.
const UNCLOSED: &[&str] = &[
    "p", "li", "td", "th", "tr", "tbody", "thead", "dt", "dd", "option", "br", "img", "input", "meta", "link", "hr",
    "source", "area", "base", "col", "embed", "param", "track", "wbr", "!doctype", "!--",
];

/// Whether elements are nested beyond all use, by a look at the tags alone.
pub(super) fn is_too_deep(html: &str) -> bool {
    let mut depth = 0_usize;
    memchr::memchr_iter(b'<', html.as_bytes()).any(|at| {
        let tag = &html[at + 1..];
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = tag.bytes().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(tag.len());
            let name = tag[..end.min(10)].to_ascii_lowercase();
            depth += usize::from(!UNCLOSED.contains(&name.as_str()));
        }
        depth > DEEPEST
    })
}

/// What stands between the tags, without regard to what they say.
pub(super) fn stripped(html: &str) -> String {
    let mut out = Text::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push(&rest[..at]);
        out.end("\n\n");
        rest = rest[at..].find('>').map_or("", |end| &rest[at + end + 1..]);
    }
    out.push(rest);
    out.text.trim().to_owned()
}

enum Step {
    Enter(NodeId),
    Break(&'static str),
}

/// The text under an element, without recursion.
pub(super) fn text_of(doc: &Document, root: NodeId) -> String {
    let mut out = Text::default();
    let mut waiting = vec![Step::Enter(root)];
    while let Some(step) = waiting.pop() {
        match step {
            Step::Break(with) => out.end(with),
            Step::Enter(id) if doc.is_text(id) => out.push(&doc.text_content(id)),
            Step::Enter(id) => {
                let tag = doc.tag_name(id);
                if UNSEEN.contains(&tag) {
                    continue;
                }
                let with = match tag {
                    "br" | "li" | "dt" | "dd" => "\n",
                    "td" | "th" => " ",
                    tag if BLOCKS.contains(&tag) => "\n\n",
                    _ => "",
                };
                if !with.is_empty() && tag != "td" && tag != "th" {
                    out.end(with);
                }
                if !with.is_empty() && tag != "br" {
                    waiting.push(Step::Break(with));
                }
                waiting.extend(doc.child_nodes(id).into_iter().rev().map(Step::Enter));
            }
        }
    }
    out.text.trim().to_owned()
}

/// Text under way: single spaces within a line, the widest break between two.
#[derive(Default)]
struct Text {
    text: String,
    pending: &'static str,
}

impl Text {
    fn end(&mut self, with: &'static str) {
        if with.len() > self.pending.len() || self.pending == " " && with != " " {
            self.pending = with;
        }
    }

    fn push(&mut self, piece: &str) {
        if piece.trim().is_empty() {
            if !piece.is_empty() {
                self.end(" ");
            }
            return;
        }
        if piece.starts_with(char::is_whitespace) {
            self.end(" ");
        }
        if !self.text.is_empty() {
            self.text.push_str(self.pending);
        }
        self.pending = "";
        for (number, word) in piece.split_whitespace().enumerate() {
            if number > 0 {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
        if piece.ends_with(char::is_whitespace) {
            self.end(" ");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_paragraphs() {
        let html = "<p>Tom &amp; <b>Hayley</b>\n run.</p><p>They <i>stop</i>.<br>Then go.<ul><li>One<li>Two</ul><script>x</script>";
        assert_eq!(plain_text(html), "Tom & Hayley run.\n\nThey stop.\nThen go.\n\nOne\nTwo");
        assert!(is_markup(html) && !is_markup("a < b and c > d"));
    }

    #[test]
    fn depth_does_not_matter() {
        let html = format!("{}Deep{}", "<div>".repeat(50_000), "</div>".repeat(50_000));
        assert_eq!(plain_text(&html), "Deep");
        let list = format!("{}Deep</li>", "<ul><li>".repeat(50_000));
        assert_eq!(plain_text(&list), "Deep");
    }
}
