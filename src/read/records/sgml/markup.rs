//! Elements of a document, and the text within them.

use std::ops::Range;

use unicode_normalization::char::compose;

/// The most bytes of a tag within a document.
const MAX_TAG: usize = 4096;

/// Tags that begin or end a paragraph.
const BREAKS: &[&str] = &[
    "p", "para", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "lead", "headline", "leadpara", "summary",
];

/// A document whose elements are looked for in any case.
pub(super) struct Markup<'t> {
    text: &'t str,
    lower: String,
}

impl<'t> Markup<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, lower: text.to_ascii_lowercase() }
    }

    /// The content of the first element that has one of these names, which are tried
    /// in this order, and that is not blank.
    pub(super) fn first(&self, names: &[&str]) -> Option<&'t str> {
        names.iter().find_map(|name| self.all(name).find(|content| !content.trim().is_empty()))
    }

    /// The contents of all elements of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'t str> + 'a {
        self.elements(name).map(|element| &self.text[element.inner])
    }

    /// The text without the elements of these names.
    pub(super) fn without(&self, names: &[&str]) -> String {
        let mut elements: Vec<Range<usize>> =
            names.iter().flat_map(|name| self.elements(name)).map(|element| element.whole).collect();
        elements.sort_unstable_by_key(|element| element.start);
        let mut out = String::with_capacity(self.text.len());
        let mut at = 0;
        for element in elements {
            if element.start >= at {
                out.push_str(&self.text[at..element.start]);
            }
            at = at.max(element.end);
        }
        out.push_str(&self.text[at..]);
        out
    }

    /// The elements of a name, one after the other.
    fn elements<'a>(&'a self, name: &'a str) -> impl Iterator<Item = Element> + 'a {
        let open = format!("<{name}");
        let close = format!("</{name}>");
        // Looked for once: where many are open, none need be closed.
        let last_close = memchr::memmem::rfind(self.lower.as_bytes(), close.as_bytes());
        let mut at = 0;
        std::iter::from_fn(move || {
            let element = self.element(at, &open, close.as_bytes(), last_close)?;
            at = element.whole.end;
            Some(element)
        })
    }

    /// The next element. One that is not closed ends before the next tag.
    fn element(&self, from: usize, open: &str, close: &[u8], last_close: Option<usize>) -> Option<Element> {
        let bytes = self.lower.as_bytes();
        let mut at = from;
        loop {
            let start = at + memchr::memmem::find(&bytes[at..], open.as_bytes())?;
            let after = start + open.len();
            at = after;
            if !bytes.get(after).is_some_and(|byte| *byte == b'>' || byte.is_ascii_whitespace()) {
                continue;
            }
            let Some(inner) = end_of_tag(&bytes[after..]).map(|end| after + end) else { continue };
            let closed = last_close.filter(|last| *last >= inner);
            let found = closed.and_then(|_| memchr::memmem::find(&bytes[inner..], close));
            let next = || memchr::memchr(b'<', &bytes[inner..]).map_or(bytes.len(), |found| inner + found);
            let end = found.map_or_else(next, |found| inner + found);
            let whole = start..end + if found.is_some() { close.len() } else { 0 };
            return Some(Element { whole, inner: inner..end });
        }
    }
}

/// Where an element and its content are.
struct Element {
    whole: Range<usize>,
    inner: Range<usize>,
}

/// The length of the rest of a tag, with its `>`. No tag contains another.
fn end_of_tag(rest: &[u8]) -> Option<usize> {
    let rest = &rest[..rest.len().min(MAX_TAG)];
    let end = memchr::memchr2(b'<', b'>', rest)?;
    (rest[end] == b'>').then_some(end + 1)
}

/// The value of a quoted attribute in a start tag.
pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    ['"', '\''].iter().find_map(|quote| {
        let start = lower.find(&format!(" {name}={quote}"))? + name.len() + 3;
        tag[start..].split(*quote).next().map(plain)
    })
}

/// Text without tags and comments, with character references resolved.
pub(super) fn plain(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let (text, length) = if tail.starts_with('<') { tag(tail) } else { reference(tail) };
        out.push_str(&text);
        rest = &tail[length..];
    }
    out.push_str(rest);
    out
}

/// What stands for a tag at the start of a text, and its length. A `<` that begins no
/// tag is text.
fn tag(tail: &str) -> (String, usize) {
    if tail.starts_with("<!--") {
        // A comment that does not end ends with its line.
        let near = &tail.as_bytes()[..tail.len().min(MAX_TAG)];
        let end = memchr::memmem::find(near, b"-->").map(|end| end + 3).or_else(|| memchr::memchr(b'\n', near));
        return end.map_or_else(|| ("<".to_owned(), 1), |end| (String::new(), end));
    }
    let name = tail[1..].trim_start_matches('/');
    let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let end = if is_tag { end_of_tag(&tail.as_bytes()[1..]) } else { None };
    let Some(end) = end else { return ("<".to_owned(), 1) };
    let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let is_break = BREAKS.iter().any(|tag| tag.eq_ignore_ascii_case(&name[..length]));
    (if is_break { "\n\n".to_owned() } else { String::new() }, end + 1)
}

/// References of collections that no other standard has, and the usual ones.
const REFERENCES: &[(&str, &str)] = &[
    ("lt", "<"),
    ("gt", ">"),
    ("amp", "&"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("blank", " "),
    ("hyph", "-"),
    ("hyphen", "-"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("rsquo", "’"),
    ("lsquo", "‘"),
    ("rdquo", "”"),
    ("ldquo", "“"),
    ("bull", "•"),
    ("hellip", "…"),
    ("sect", "§"),
    ("para", "¶"),
    ("pound", "£"),
    ("euro", "€"),
    ("cent", "¢"),
    ("yen", "¥"),
    ("deg", "°"),
    ("szlig", "ß"),
    ("aelig", "æ"),
    ("AElig", "Æ"),
    ("oslash", "ø"),
    ("Oslash", "Ø"),
    ("frac12", "½"),
    ("frac14", "¼"),
    ("frac34", "¾"),
];

/// Endings of the names of letters with a mark, with the combining mark.
const MARKS: &[(&str, char)] = &[
    ("acute", '\u{301}'),
    ("grave", '\u{300}'),
    ("circ", '\u{302}'),
    ("uml", '\u{308}'),
    ("tilde", '\u{303}'),
    ("cedil", '\u{327}'),
    ("ring", '\u{30a}'),
    ("caron", '\u{30c}'),
];

/// What stands for a reference at the start of a text, and its length. An unknown one
/// is text.
fn reference(tail: &str) -> (String, usize) {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
    let length = tail.bytes().skip(1).take(12).take_while(is_part).count();
    let name = &tail[1..=length];
    let end = length + 1 + usize::from(tail.as_bytes().get(length + 1) == Some(&b';'));
    let known = if end == length + 1 { None } else { referenced(name) };
    known.map_or_else(|| ("&".to_owned(), 1), |text| (text, end))
}

fn referenced(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']).map(|hex| u32::from_str_radix(hex, 16));
        let code = hex.unwrap_or_else(|| number.parse()).ok()?;
        // Control characters stand around the texts of these collections.
        return Some(char::from_u32(code).filter(|c| !c.is_control()).map(String::from).unwrap_or_default());
    }
    if let Some((_, text)) = REFERENCES.iter().find(|(known, _)| *known == name) {
        return Some((*text).to_owned());
    }
    let mut letters = name.chars();
    let (letter, mark) = (letters.next()?, letters.as_str());
    let (_, mark) = MARKS.iter().find(|(known, _)| *known == mark)?;
    compose(letter, *mark).map(String::from)
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Joins lines to paragraphs. A blank line ends one; an indented line begins one
/// unless most lines are indented.
pub(super) fn paragraphs(text: &str) -> String {
    let is_indented = |line: &str| line.starts_with("  ") || line.starts_with('\t');
    let (mut indented, mut lines) = (0, 0);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        lines += 1;
        indented += usize::from(is_indented(line));
    }
    let by_indent = indented * 10 <= lines * 6 || lines <= 3;
    let mut out = String::with_capacity(text.len());
    let mut ended = false;
    for line in text.lines() {
        let words = line.trim();
        if words.is_empty() {
            ended = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if ended || by_indent && is_indented(line) { "\n\n" } else { " " });
        }
        out.push_str(words);
        ended = false;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_in_any_case() {
        let markup = Markup::new("<Head>One</HEAD><headline lang='en'>Two</headline><TI>Three<P>Four</P>");
        assert_eq!(markup.first(&["head"]), Some("One"));
        assert_eq!(markup.first(&["title", "headline"]), Some("Two"));
        assert_eq!(markup.first(&["ti"]), Some("Three"));
        assert_eq!(markup.first(&["hea"]), None);
        assert_eq!(markup.without(&["head", "headline", "ti"]), "<P>Four</P>");
        assert_eq!(Markup::new("<p>a</p>b<p>c</p>").all("p").collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!(
            attribute("<doc id=\"7\" URL='https://reel.example/?a&amp;b'>", "url").as_deref(),
            Some("https://reel.example/?a&b")
        );
    }

    #[test]
    fn tags_and_references() {
        for (inner, expected) in [
            ("a <b>c</b> &amp; &quot;d&quot;", "a c & \"d\""),
            ("1 < 2 &#31;&unknown;", "1 < 2 &unknown;"),
            ("an open <tag", "an open <tag"),
            ("Bj&ouml;rk &#233; &#xe9; &Eacute;", "Björk é é É"),
            ("AT&T & R&D; x", "AT&T & R&D; x"),
            ("one<P>two</P>", "one\n\ntwo\n\n"),
            ("a<!-- PJG 0012 -->b", "ab"),
            ("state&hyph;owned", "state-owned"),
            ("&", "&"),
            ("é&é;", "é&é;"),
        ] {
            assert_eq!(plain(inner), expected);
        }
    }

    #[test]
    fn time_does_not_grow_with_the_square_of_the_length() {
        for part in ["<date>", "<date <", "<!--\n", "<a", "&"] {
            let text = part.repeat(50_000);
            let markup = Markup::new(&text);
            assert!(markup.all("date").count() <= 50_000 && markup.without(&["date"]).len() <= text.len());
            assert!(plain(&text).len() <= text.len(), "{part}");
        }
    }

    #[test]
    fn lines_become_paragraphs() {
        for (text, expected) in [
            ("One\ntwo.\n   Three\nfour.", "One two.\n\nThree four."),
            ("One\n\ntwo", "One\n\ntwo"),
            ("  One\n  two\n  three\n  four\n  five", "One two three four five"),
            ("\n\n", ""),
        ] {
            assert_eq!(paragraphs(text), expected);
        }
    }
}
