//! HTML within the fields of feeds, content systems and newsletters, reduced to
//! plain text.

/// Elements that are paragraphs of their own.
const BLOCK_ELEMENTS: &[&str] = &[
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

/// Whether a text is HTML rather than plain: it has closing or line-break tags.
pub(super) fn is_markup(text: &str) -> bool {
    let tags =
        ["</p>", "<br", "</a>", "</div>", "</em>", "</strong>", "</i>", "</b>", "</li>", "</h2>", "</span>", "</td>"];
    text.contains('<') && tags.iter().any(|tag| text.contains(tag) || text.contains(&tag.to_uppercase()))
}

/// The text of an HTML fragment with a blank line between blocks, by its tags
/// alone: for builds without an HTML parser.
#[cfg(any(test, not(feature = "pages")))]
pub(super) fn plain_text(html: &str) -> String {
    unescape(&without_tags(html, break_at))
}

/// The text between all tags, each of them taken as a paragraph break.
#[cfg(feature = "pages")]
pub(super) fn strip_tags(html: &str) -> String {
    without_tags(html, |_| "\n\n")
}

/// The text between the tags; `break_of` gives the break for a tag name.
fn without_tags(html: &str, break_of: impl Fn(&str) -> &'static str) -> String {
    let mut out = TextBuilder::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push(&rest[..at]);
        let tag = rest[at + 1..].trim_start_matches('/');
        let name = tag.find(|c: char| !c.is_ascii_alphanumeric()).map_or(tag, |end| &tag[..end]);
        let with = break_of(&name.to_ascii_lowercase());
        if !with.is_empty() {
            out.end(with);
        }
        rest = rest[at..].find('>').map_or("", |end| &rest[at + end + 1..]);
    }
    out.push(rest);
    out.finish()
}

/// The break before and after an element: nothing, a space, a line end or a
/// blank line.
pub(super) fn break_at(tag: &str) -> &'static str {
    match tag {
        "br" | "li" | "dt" | "dd" => "\n",
        "td" | "th" => " ",
        tag if BLOCK_ELEMENTS.contains(&tag) => "\n\n",
        _ => "",
    }
}

/// Replaces the most common character references.
pub(super) fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let pairs = [
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&apos;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
        ("&nbsp;", " "),
    ];
    pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// Joins pieces of text with single spaces within a line and the widest of the
/// breaks between two pieces.
#[derive(Default)]
pub(super) struct TextBuilder {
    text: String,
    /// The break before the next piece.
    pending: &'static str,
}

impl TextBuilder {
    /// Requests a break before the next piece; a wider one may replace it.
    pub(super) fn end(&mut self, with: &'static str) {
        if with.len() > self.pending.len() || self.pending == " " && with != " " {
            self.pending = with;
        }
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
        for (text, expected) in
            [("<p>A</p>", true), ("A<BR>B", true), ("a < b and c > d", false), ("</p", false), ("</EM>", true)]
        {
            assert_eq!(is_markup(text), expected, "{text}");
        }
    }

    #[test]
    fn fragments_become_text() {
        for (html, expected) in [
            ("<p>Tom &amp; <b>Hayley</b>\n run.</p><p>They stop.</p>", "Tom & Hayley run.\n\nThey stop."),
            ("One<br>two<ul><li>Three<li>Four</ul>", "One\ntwo\n\nThree\nFour"),
            ("<table><tr><td>A</td><td>B</td></tr></table>", "A B"),
            ("plain", "plain"),
        ] {
            assert_eq!(plain_text(html), expected, "{html}");
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

    #[test]
    fn references() {
        for (text, expected) in [("a &lt;b&gt;", "a <b>"), ("&#39;a&#039; &amp;", "'a' &"), ("&eacute;", "&eacute;")] {
            assert_eq!(unescape(text), expected);
        }
    }
}
