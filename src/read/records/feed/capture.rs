//! The value of one element of a feed, while it is read.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::references::Entities;
use super::tokens::{attribute, local};
use super::vocabulary::Part;

/// The value of an element under construction.
#[derive(Debug)]
pub(super) struct Capture {
    pub(super) part: Part,
    pub(super) rank: usize,
    /// How many elements are open within it, itself included.
    pub(super) depth: usize,
    /// Whether an id in it is an address too.
    pub(super) is_address: bool,
    value: String,
    coding: Coding,
}

/// How text is written in an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    /// References are resolved once; what results may be HTML.
    Escaped,
    /// Elements of HTML, whose text keeps its references.
    Inline,
    /// Text, in which `<b>` is no tag.
    Plain,
    Base64,
}

/// Elements of HTML without content.
const VOID: &[&str] = &["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];

impl Capture {
    pub(super) fn new(part: Part, rank: usize, depth: usize, attributes: &str) -> Self {
        let coding = if part.has_markup() { coding(attributes) } else { Coding::Plain };
        let is_address = !attribute(attributes, "isPermaLink").is_some_and(|value| value.eq_ignore_ascii_case("false"));
        Self { part, rank, depth, is_address, value: String::new(), coding }
    }

    /// Adds text; `depth` elements are open.
    pub(super) fn push_text(&mut self, text: &str, depth: usize, entities: &mut Entities<'_>) {
        if self.part.has_markup() && self.coding == Coding::Inline {
            self.value.push_str(text);
        } else if self.part.has_markup() || depth == self.depth {
            self.value.push_str(&entities.resolve(text));
        }
    }

    /// Adds text that has no references.
    pub(super) fn push_literal(&mut self, text: &str, depth: usize) {
        if self.coding == Coding::Inline {
            self.value.push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
        } else if self.part.has_markup() || depth == self.depth {
            self.value.push_str(text);
        }
    }

    /// Adds a start tag within, and says whether an end tag belongs to it.
    pub(super) fn open(&mut self, name: &str, empty: bool) -> bool {
        let name = local(name);
        let void = VOID.iter().any(|known| known.eq_ignore_ascii_case(name));
        if self.part.has_markup() {
            if self.coding == Coding::Escaped && !self.value.contains('<') {
                self.coding = Coding::Inline;
            }
            self.push_tag("<", name);
            if empty && !void {
                self.push_tag("</", name);
            }
        }
        !(empty || void && self.part.has_markup())
    }

    /// Adds an end tag.
    pub(super) fn close(&mut self, name: &str) {
        if self.part.has_markup() {
            self.push_tag("</", local(name));
        }
    }

    fn push_tag(&mut self, open: &str, name: &str) {
        self.value.push_str(open);
        self.value.push_str(name);
        self.value.push('>');
    }

    /// The whole value, without the control characters that XML forbids.
    pub(super) fn finish(mut self) -> String {
        self.value.retain(|c| c >= ' ' || c.is_ascii_whitespace());
        match self.coding {
            Coding::Base64 => from_base64(&self.value).unwrap_or_default(),
            Coding::Plain if self.part.has_markup() && !looks_like_html(&self.value) => self.value.replace('<', "&lt;"),
            _ => self.value,
        }
    }
}

/// How an element is coded, by its attributes `mode` and `type`.
fn coding(attributes: &str) -> Coding {
    if attributes.is_empty() {
        return Coding::Escaped;
    }
    let mode = attribute(attributes, "mode").unwrap_or("").trim().to_ascii_lowercase();
    let kind = attribute(attributes, "type").unwrap_or("").trim().to_ascii_lowercase();
    let is_text = !kind.contains('/') || kind.starts_with("text/") || kind.contains("xml") || kind.contains("html");
    if mode == "base64" || mode.is_empty() && !is_text {
        Coding::Base64
    } else if kind.contains("xhtml") && mode != "escaped" {
        Coding::Inline
    } else if matches!(kind.as_str(), "text" | "plain" | "text/plain") {
        Coding::Plain
    } else {
        Coding::Escaped
    }
}

fn from_base64(text: &str) -> Option<String> {
    let digits: String = text.split_whitespace().collect();
    String::from_utf8(BASE64_STANDARD.decode(digits).ok()?).ok()
}

/// Whether a text has tags, though it is said to be plain.
fn looks_like_html(text: &str) -> bool {
    ["</", "<p>", "<br", "<BR", "<P>", "<img ", "/>"].iter().any(|tag| text.contains(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(attributes: &str, fill: impl Fn(&mut Capture), expected: &str) {
        let mut capture = Capture::new(Part::Body, 0, 1, attributes);
        fill(&mut capture);
        assert_eq!(capture.finish(), expected, "{attributes}");
    }

    fn text(text: &str) -> impl Fn(&mut Capture) {
        move |capture| capture.push_text(text, 1, &mut Entities::default())
    }

    #[test]
    fn text_by_mode_and_type() {
        check("", text("&lt;b&gt;A &amp;amp; B&lt;/b&gt;\u{1}"), "<b>A &amp; B</b>");
        check(" type='text'", text("a &lt;b&gt; tag"), "a &lt;b> tag");
        check(" type='text/plain'", text("&lt;p&gt;A&lt;/p&gt;"), "<p>A</p>");
        check(" mode='base64'", text(" PHA+QTwv\n cD4= "), "<p>A</p>");
        check(" type='application/octet-stream'", text("QQ=="), "A");
        check(" type='image/png'", text("/////w=="), "");
        check(" type='application/xml'", text("A"), "A");
        check(" mode='base64'", text("no base64!"), "");
    }

    #[test]
    fn elements_of_html() {
        let inline = |capture: &mut Capture| {
            text("A &lt; B ")(capture);
            assert!(capture.open("x:em", false) && !capture.open("br", false) && !capture.open("i", true));
            text("&amp;")(capture);
            capture.push_literal("<&", 2);
            capture.close("x:em");
        };
        check(" type='xhtml'", inline, "A &lt; B <em><br><i></i>&amp;&lt;&amp;</em>");
        let unescaped = |capture: &mut Capture| {
            text("&lt;p&gt;A")(capture);
            capture.open("br", true);
            text("&lt;/p&gt;")(capture);
        };
        check("", unescaped, "<p>A<br></p>");
    }

    #[test]
    fn only_own_text_is_a_name_or_date() {
        let mut capture = Capture::new(Part::Published, 0, 2, "");
        capture.push_text("2020", 2, &mut Entities::default());
        assert!(capture.open("b", false));
        capture.push_text("x", 3, &mut Entities::default());
        capture.close("b");
        assert_eq!(capture.finish(), "2020");
    }
}
