//! HTML within the fields of feeds, content systems and newsletters, reduced to
//! plain text.

use std::borrow::Cow;

#[cfg(feature = "pages")]
use super::dom::plain_text;
use super::entities::{unescape_again, unescape_twice};

/// Elements that are paragraphs of their own.
#[rustfmt::skip]
const BLOCK_ELEMENTS: &[&str] = &[
    "p", "div", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "table",
    "tr", "figure", "figcaption", "caption", "header", "footer", "main", "aside", "nav", "address", "form", "fieldset",
    "details", "summary", "center", "dl", "hr",
];

/// Other elements of HTML, which are part of a line.
#[rustfmt::skip]
const INLINE_ELEMENTS: &[&str] = &[
    "a", "abbr", "acronym", "audio", "b", "bdi", "bdo", "big", "body", "br", "button", "canvas", "cite", "code", "col",
    "colgroup", "dd", "del", "dfn", "dt", "em", "embed", "font", "h", "html", "i", "img", "input", "ins", "kbd",
    "label", "li", "link", "mark", "meta", "nobr", "object", "option", "param", "picture", "q", "s", "samp", "select",
    "small", "source", "span", "strike", "strong", "sub", "sup", "tbody", "td", "textarea", "tfoot", "th", "thead",
    "time", "title", "tt", "u", "var", "video", "wbr",
];

/// Elements whose text is not shown.
pub(super) const HIDDEN_ELEMENTS: &[&str] = &["script", "style", "noscript", "template", "head", "svg", "iframe"];

/// The text of a field that may be plain or HTML. References are replaced in both;
/// `<` in plain text stays, and so do its blank lines if some words of it have tags.
pub(super) fn field_text(text: &str) -> Cow<'_, str> {
    let inner = text.trim().strip_prefix("<![CDATA[").and_then(|text| text.strip_suffix("]]>"));
    let text = inner.unwrap_or(text);
    if !is_markup(text) {
        return unescape_twice(text);
    }
    let is_html = known_tags(text).any(|name| name == "!--" || is_hidden(&name) || !break_at(&name).is_empty());
    let found = if is_html {
        plain_text(text)
    } else {
        let text = text.replace("\r\n", "\n");
        let paragraphs = text.split("\n\n").map(plain_text).filter(|paragraph| !paragraph.is_empty());
        paragraphs.collect::<Vec<_>>().join("\n\n")
    };
    unescape_again(&found).into_owned().into()
}

/// Whether a text is HTML rather than plain: it has a tag of a known element, or a
/// comment.
pub(super) fn is_markup(text: &str) -> bool {
    known_tags(text).next().is_some()
}

/// The names of the tags of known elements in a text; of comments `!--`.
fn known_tags(text: &str) -> impl Iterator<Item = String> + '_ {
    let last = memchr::memrchr(b'>', text.as_bytes()).unwrap_or(0);
    memchr::memchr_iter(b'<', &text.as_bytes()[..last]).filter_map(|at| {
        let tag = &text[at + 1..];
        if tag.starts_with("!--") {
            return Some("!--".to_owned());
        }
        let end = tag.starts_with('/');
        let tag = if end { &tag[1..] } else { tag };
        let name = tag_name(tag);
        let inside = &tag[name.len()..];
        let close = memchr::memchr2(b'>', b'<', inside.as_bytes())?;
        if inside.as_bytes()[close] == b'<' {
            return None;
        }
        let inside = &inside[..close];
        // `a <b and c> d` has no attributes.
        let is_tag = inside.trim_matches(['/', ' ', '\n', '\r', '\t']).is_empty()
            || !end && inside.starts_with(char::is_whitespace) && inside.contains('=');
        let name = name.to_ascii_lowercase();
        (is_tag && is_element(&name)).then_some(name)
    })
}

fn is_hidden(name: &str) -> bool {
    HIDDEN_ELEMENTS.contains(&name)
}

fn is_element(name: &str) -> bool {
    [BLOCK_ELEMENTS, INLINE_ELEMENTS, HIDDEN_ELEMENTS].iter().any(|names| names.contains(&name))
}

/// The name that a tag starts with, of bounded length.
fn tag_name(tag: &str) -> &str {
    let end = tag.bytes().take(24).position(|byte| !byte.is_ascii_alphanumeric());
    &tag[..end.unwrap_or(0)]
}

/// The text of an HTML fragment with a blank line between blocks, by its tags
/// alone: for builds without an HTML parser.
#[cfg(any(test, not(feature = "pages")))]
mod by_tags {
    use crate::extract::entities::unescape;

    pub(in crate::extract) fn plain_text(html: &str) -> String {
        unescape(&super::without_tags(html, super::break_at)).into_owned()
    }
}
#[cfg(not(feature = "pages"))]
pub(super) use by_tags::plain_text;

/// The text between all tags, each of them taken as a paragraph break.
#[cfg(feature = "pages")]
pub(super) fn strip_tags(html: &str) -> String {
    without_tags(html, |_| "\n\n")
}

/// The text between the tags; `break_of` gives the break for a tag name.
fn without_tags(html: &str, break_of: impl Fn(&str) -> &'static str) -> String {
    let mut out = TextBuilder::default();
    let last = memchr::memrchr(b'>', html.as_bytes()).unwrap_or(0);
    let mut at = 0;
    // The element that was opened just before.
    let mut opened = String::new();
    while let Some(found) = html[at..].find('<').map(|found| at + found).filter(|found| *found < last) {
        out.push(&html[at..found]);
        if found > at {
            opened.clear();
        }
        let tag = &html[found + 1..];
        if !tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            out.push("<");
            at = found + 1;
            continue;
        }
        let name = tag_name(tag.trim_start_matches('/')).to_ascii_lowercase();
        at = found + 1 + tag_end(tag);
        let is_end = tag.starts_with('/');
        if !is_end && is_hidden(&name) {
            at = after_end_tag(html, at, &name);
        }
        let with = break_of(&name);
        if !with.is_empty() {
            out.end(with);
        } else if matches!(name.as_str(), "img" | "input") || is_end && opened == name {
            out.part();
        }
        opened = if is_end { String::new() } else { name };
    }
    out.push(&html[at..]);
    out.finish()
}

/// Where a tag or comment ends, from behind its `<`. A `>` within quotation marks does
/// not end it.
fn tag_end(tag: &str) -> usize {
    let bytes = tag.as_bytes();
    if tag.starts_with("!--") {
        return tag.find("-->").map_or(bytes.len(), |at| at + 3);
    }
    let mut at = 0;
    while let Some(found) = memchr::memchr3(b'>', b'"', b'\'', &bytes[at..]).map(|found| at + found) {
        if bytes[found] == b'>' {
            return found + 1;
        }
        let is_value = bytes[..found].trim_ascii_end().ends_with(b"=");
        let close = memchr::memchr(bytes[found], &bytes[found + 1..]).filter(|_| is_value);
        at = close.map_or(found + 1, |close| found + close + 2);
    }
    bytes.len()
}

/// Behind the end tag of an element, or the end of the text.
fn after_end_tag(html: &str, start: usize, name: &str) -> usize {
    memchr::memmem::find_iter(&html.as_bytes()[start..], "</")
        .map(|at| start + at + 2)
        .find(|at| {
            html.as_bytes().get(*at..at + name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
        })
        .map_or(html.len(), |at| at + tag_end(&html[at..]))
}

/// The break before and after an element: nothing, a space, a line end or a
/// blank line.
pub(super) fn break_at(tag: &str) -> &'static str {
    match tag {
        "br" | "li" | "dt" | "dd" | "option" => "\n",
        "td" | "th" => " ",
        tag if BLOCK_ELEMENTS.contains(&tag) => "\n\n",
        _ => "",
    }
}

/// Joins pieces of text with single spaces within a line and the widest of the
/// breaks between two pieces.
#[derive(Default)]
pub(super) struct TextBuilder {
    text: String,
    /// The break before the next piece.
    pending: &'static str,
    /// Whether something without text stands before the next piece.
    parted: bool,
}

impl TextBuilder {
    /// Requests a break before the next piece; a wider one may replace it.
    pub(super) fn end(&mut self, with: &'static str) {
        if with.len() > self.pending.len() || self.pending == " " && with != " " {
            self.pending = with;
        }
    }

    /// Separates the words before and after an image or an empty element.
    pub(super) fn part(&mut self) {
        self.parted = true;
    }

    /// Appends a piece, its white space collapsed.
    pub(super) fn push(&mut self, piece: &str) {
        if piece.trim().is_empty() {
            if !piece.is_empty() {
                self.end(" ");
            }
            return;
        }
        if piece.starts_with(char::is_whitespace) {
            self.end(" ");
        }
        let between_words = self.text.ends_with(char::is_alphanumeric) && piece.starts_with(char::is_alphanumeric);
        if self.parted && between_words {
            self.end(" ");
        }
        if !self.text.is_empty() {
            self.text.push_str(self.pending);
        }
        (self.pending, self.parted) = ("", false);
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

    /// The text without white space at its ends.
    pub(super) fn finish(self) -> String {
        self.text.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_recognized() {
        for (text, expected) in [
            ("<p>A</p>", true),
            ("A<BR>B", true),
            ("A<br/>B", true),
            ("<img src=\"a.jpg\" alt='x > y'>The star", true),
            ("<script>x()</script>The star", true),
            ("<P CLASS=a>The star", true),
            ("A<!-- note -->", true),
            ("</EM>", true),
            ("a < b and c > d", false),
            ("a <b and c> d", false),
            ("I <3 it, and so > you", false),
            ("Vec<String> and <name> or <Enter>", false),
            ("</p", false),
            ("<p", false),
            ("<>", false),
        ] {
            assert_eq!(is_markup(text), expected, "{text}");
        }
    }

    /// The same with and without an HTML parser.
    fn check(html: &str, expected: &str) {
        assert_eq!(by_tags::plain_text(html), expected, "{html}");
        assert_eq!(plain_text(html), expected, "{html}");
    }

    #[cfg(not(feature = "pages"))]
    use super::plain_text;
    #[cfg(feature = "pages")]
    use crate::extract::dom::plain_text;

    #[test]
    fn fragments_become_text() {
        check("<p>Tom &amp; <b>Hayley</b>\n run.</p><p>They stop.</p>", "Tom & Hayley run.\n\nThey stop.");
        check("One<br>two<ul><li>Three<li>Four</ul>", "One\ntwo\n\nThree\nFour");
        check("<table><tr><td>A</td><td>B</td></tr></table>", "A B");
        check("<img alt='a > b' src=x>The star<script>if (a < b) x('<p>')</script> left.", "The star left.");
        check("A<!-- <p>not</p> --> film", "A film");
        check("a < b and <i>c</i> <3", "a < b and c <3");
        check("plain", "plain");
        check("<p>A film <style>p > a {}</style>opens", "A film opens");
    }

    #[test]
    fn words_are_separated() {
        check("Ving<br>Rhames", "Ving\nRhames");
        check("show<span></span>Hayley Atwell", "show Hayley Atwell");
        check("show<img src=a>Hayley<i class=x></i>, who", "show Hayley, who");
        check("<b>Hay</b>ley", "Hayley");
        check("<div>show</div>Hayley<figure><figcaption>Atwell</figcaption></figure>", "show\n\nHayley\n\nAtwell");
    }

    #[test]
    fn fields() {
        for (text, expected) in [
            ("Law &#038; Order", "Law & Order"),
            ("The &lt;b&gt; tag", "The <b> tag"),
            ("<p>Use &lt;b&gt; here.</p>", "Use <b> here."),
            ("it&amp;#8217;s", "it’s"),
            ("<b>it&amp;#8217;s</b>", "it’s"),
            ("<![CDATA[Tom &amp; Jerry]]>", "Tom & Jerry"),
            ("a <3 b\n\nc", "a <3 b\n\nc"),
            ("Ada <i>sings</i>\nhere.\r\n\r\n<b>Bo</b>.", "Ada sings here.\n\nBo."),
            ("<p>Ada\n\nsings</p>", "Ada sings"),
        ] {
            assert_eq!(field_text(text), expected, "{text}");
        }
    }

    #[test]
    fn hostile_markup_takes_linear_time() {
        for part in ["<", "<a ", "<a b=\"", "</", "<!--", "<script>", "<p>", "<a b='\">"] {
            let html = format!("{}>", part.repeat(200_000));
            let _ = (is_markup(&html), by_tags::plain_text(&html));
        }
    }

    #[test]
    fn the_widest_break_counts() {
        let mut out = TextBuilder::default();
        out.push("a ");
        out.end("\n");
        out.end("\n\n");
        out.end("\n");
        out.push("  b\n c");
        out.push("d");
        assert_eq!(out.finish(), "a\n\nb cd");
    }
}
