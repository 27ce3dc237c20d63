//! The body of a post as WordPress stores it: HTML with comments of its editor,
//! shortcodes, and blank lines as paragraphs.

/// Shortcodes whose content is no text of the article.
const HIDDEN: &[&str] = &["caption", "wp_caption", "gallery", "embed", "video", "audio", "playlist", "code"];

/// The longest shortcode with its attributes, and the longest content of one.
const MAX_SHORTCODE: usize = 2000;

/// The body as HTML with elements for paragraphs.
pub(super) fn post_html(body: &str) -> String {
    let body = without_shortcodes(&without_comments(body));
    // Without tags, blank lines say enough.
    if body.contains('<') { paragraphs(&body) } else { body }
}

fn without_comments(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find("<!--") {
        out.push_str(&rest[..at]);
        let Some(end) = rest[at..].find("-->") else { return out + &rest[at..] };
        rest = &rest[at + end + 3..];
    }
    out + rest
}

/// Removes `[gallery ids="1"]`, `[/one_half]` and `[caption …]…[/caption]`. Brackets
/// with other words in them stay: `[sic]`, `[the director]`.
fn without_shortcodes(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    let mut ends = Ends { body, found: Vec::new() };
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((name, length)) = shortcode(rest) else {
            out.push('[');
            rest = &rest[1..];
            continue;
        };
        let hidden = HIDDEN.contains(&name) && !rest[..length].starts_with("[/") && !rest[..length].ends_with("/]");
        let at = body.len() - rest.len();
        // The whole of a hidden one, if it closes before its paragraph ends.
        let closed = if hidden { ends.of(name, at + length) } else { None };
        let closed = closed.filter(|end| end - at < MAX_SHORTCODE && !body[at..*end].contains("\n\n"));
        rest = &body[closed.unwrap_or(at + length)..];
    }
    out + rest
}

/// Where shortcodes are closed, looked up once for each.
struct Ends<'b> {
    body: &'b str,
    found: Vec<(&'b str, Option<usize>)>,
}

impl<'b> Ends<'b> {
    /// The end of the first `[/name]` from a place on.
    fn of(&mut self, name: &'b str, from: usize) -> Option<usize> {
        let known = self.found.iter().position(|(known, _)| *known == name);
        let is_ahead = |end: Option<usize>| end.is_none_or(|end| end > from);
        if let Some(at) = known.filter(|at| is_ahead(self.found[*at].1)) {
            return self.found[at].1;
        }
        let close = format!("[/{name}]");
        let end = self.body[from..].find(&close).map(|at| from + at + close.len());
        match known {
            Some(at) => self.found[at].1 = end,
            None => self.found.push((name, end)),
        }
        end
    }
}

/// At most so many bytes from the start, whole characters.
fn start_of(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

/// Name and length of a shortcode at the start: it has an attribute, closes one, or is
/// known.
fn shortcode(text: &str) -> Option<(&str, usize)> {
    let end = start_of(text, MAX_SHORTCODE).find(']')?;
    let inner = &text[1..end];
    let (inner, closes) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
    let length = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(length);
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name == name.to_ascii_lowercase();
    let has_attribute = attributes.starts_with(char::is_whitespace) && attributes.contains('=');
    let is_closed = !closes && attributes.is_empty() && name.contains('_');
    let is_code = closes && attributes.is_empty() || has_attribute || is_closed || HIDDEN.contains(&name);
    (is_name && is_code).then_some((name, end + 1))
}

/// Elements that are paragraphs already.
const BLOCKS: &[&str] = &[
    "<p",
    "<div",
    "<h1",
    "<h2",
    "<h3",
    "<h4",
    "<h5",
    "<h6",
    "<ul",
    "<ol",
    "<li",
    "<table",
    "<tr",
    "<td",
    "<th",
    "<blockquote",
    "<figure",
    "<pre",
    "<section",
    "<article",
    "<hr",
    "<dl",
    "<iframe",
    "<script",
    "<style",
    "<tbody",
    "<thead",
    "</",
];

/// Encloses what stands between blank lines in `<p>`, and keeps line ends within.
fn paragraphs(body: &str) -> String {
    let body = body.replace("\r\n", "\n");
    let mut out = String::with_capacity(body.len() + 64);
    for piece in body.split("\n\n").map(str::trim).filter(|piece| !piece.is_empty()) {
        let is_block = |text: &str| BLOCKS.iter().any(|tag| starts_with_tag(text, tag));
        if is_block(piece) {
            out.push_str(piece);
        } else {
            out.push_str("<p>");
            for (number, line) in piece.lines().enumerate() {
                if number > 0 {
                    out.push_str(if is_block(line.trim_start()) { "\n" } else { "<br>" });
                }
                out.push_str(line);
            }
            out.push_str("</p>");
        }
        out.push('\n');
    }
    out
}

fn starts_with_tag(text: &str, tag: &str) -> bool {
    let starts = text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    starts && (tag == "</" || !text[tag.len()..].starts_with(|c: char| c.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, expected: &str) {
        assert_eq!(post_html(body).trim(), expected, "{body}");
    }

    #[test]
    fn blank_lines_are_paragraphs() {
        check("One.\n\nTwo\n<i>lines</i>.", "<p>One.</p>\n<p>Two<br><i>lines</i>.</p>");
        check("One.\n\nTwo\nlines & more.", "One.\n\nTwo\nlines & more.");
        check("One.\r\n\r\n<h2>Two</h2>\r\n\r\nThree.", "<p>One.</p>\n<h2>Two</h2>\n<p>Three.</p>");
        check("<!-- wp:paragraph {\"a\":1} -->\n<p>One.</p>\n<!-- /wp:paragraph -->", "<p>One.</p>");
        check("<pre>x</pre>\n\n<b>Bold</b> text", "<pre>x</pre>\n<p><b>Bold</b> text</p>");
        check("", "");
        check("open <!-- comment", "<p>open <!-- comment</p>");
    }

    #[test]
    fn shortcodes_go_and_brackets_stay() {
        check("A[gallery ids=\"1,2\"] B [sic] [the director] [1] C", "A B [sic] [the director] [1] C");
        check("[audio src=\"x\"]A [embed]b[/embed]C[embed]d[/embed][/embed]", "A C");
        check("[caption id=\"a\" width=\"3\"]<img src='x'/> Ann Lee.[/caption]It opens.", "It opens.");
        check("[embed]https://reel.example/v[/embed]It opens.", "It opens.");
        check("[one_half]Left.[/one_half]", "Left.");
        check("He said “[she] left” [", "He said “[she] left” [");
        check("[Laughs] No. [laughs]", "[Laughs] No. [laughs]");
    }
}
