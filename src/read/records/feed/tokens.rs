//! Cuts XML into tags and text, and goes on where it is broken. Parsers of XML stop
//! there, as the standard asks of them.

use memchr::{memchr, memmem};

/// A piece of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    Start {
        name: &'t str,
        /// What stands between the name and the end of the tag.
        attributes: &'t str,
        empty: bool,
    },
    End(&'t str),
    /// With references as they are.
    Text(&'t str),
    /// Text in which nothing is a reference.
    Literal(&'t str),
    Doctype(&'t str),
}

/// The tokens of a document. Each step goes forward, so that all of them together
/// look at each byte a few times, whatever is not closed.
#[derive(Debug)]
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    /// Ends that were looked for in vain: they are not looked for again.
    missing: Vec<&'static str>,
    /// How many more CDATA sections may be looked through to see whether they end.
    repairs: usize,
    has_doctype: bool,
}

/// CDATA sections that are not closed, in a document.
const MAX_REPAIRS: usize = 100;

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, missing: Vec::new(), repairs: MAX_REPAIRS, has_doctype: false }
    }

    /// The range from the current place to the next `end`, which is passed.
    fn up_to(&mut self, end: &'static str) -> Option<&'t str> {
        if self.missing.contains(&end) {
            return None;
        }
        let rest = &self.text[self.at..];
        let Some(length) = memmem::find(rest.as_bytes(), end.as_bytes()) else {
            self.missing.push(end);
            return None;
        };
        self.at += length + end.len();
        Some(&rest[..length])
    }

    /// The same, or to the end of the document.
    fn up_to_or_all(&mut self, end: &'static str) -> &'t str {
        self.up_to(end).unwrap_or_else(|| {
            let rest = &self.text[self.at..];
            self.at = self.text.len();
            rest
        })
    }

    fn text_token(&mut self) -> Token<'t> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        // The first character may be a `<` that opens nothing.
        let from = start + 1;
        self.at = memchr(b'<', &bytes[from..]).map_or(bytes.len(), |length| from + length);
        Token::Text(&self.text[start..self.at])
    }

    /// What begins with `<`; `None` for what is skipped.
    fn markup(&mut self) -> Option<Token<'t>> {
        let rest = &self.text[self.at..];
        if rest.starts_with("<!--") {
            self.at += 4;
            if self.up_to("-->").is_none() {
                self.up_to_or_all(">");
            }
            None
        } else if let Some(after) = rest.strip_prefix("<![CDATA[") {
            self.at += rest.len() - after.len();
            Some(Token::Literal(self.literal()))
        } else if rest.starts_with("<?") {
            if self.up_to("?>").is_none() {
                self.up_to_or_all(">");
            }
            None
        } else if !self.has_doctype && rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!DOCTYPE")) {
            self.has_doctype = true;
            Some(Token::Doctype(self.doctype()))
        } else if rest.starts_with("<!") {
            self.up_to_or_all(">");
            None
        } else {
            Some(self.tag())
        }
    }

    /// A CDATA section. One that holds the start of another and of an item was not
    /// closed: it ends at the next end tag.
    fn literal(&mut self) -> &'t str {
        let start = self.at;
        if let Some(inner) = self.up_to("]]>") {
            let holds = |part: &str| memmem::find(inner.as_bytes(), part.as_bytes()).is_some();
            if self.repairs == 0 || !(holds("<![CDATA[") && (holds("<item") || holds("<entry"))) {
                return inner;
            }
            self.repairs -= 1;
        }
        self.at = start;
        let rest = &self.text[start..];
        let length = memmem::find(rest.as_bytes(), b"</").unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// A document type with its declarations in brackets.
    fn doctype(&mut self) -> &'t str {
        let rest = &self.text[self.at..];
        let (mut depth, mut quote) = (0, None);
        for (index, byte) in rest.bytes().enumerate() {
            match (byte, quote) {
                (_, Some(open)) if byte == open => quote = None,
                (_, Some(_)) => {}
                (b'"' | b'\'', None) => quote = Some(byte),
                (b'[', None) => depth += 1,
                (b']', None) => depth -= 1,
                (b'>', None) if depth <= 0 => {
                    self.at += index + 1;
                    return &rest[..index];
                }
                _ => {}
            }
        }
        self.up_to_or_all(">")
    }

    /// A start or end tag, or text if the `<` opens none.
    fn tag(&mut self) -> Token<'t> {
        let rest = &self.text[self.at + 1..];
        let (is_end, inner) = rest.strip_prefix('/').map_or((false, rest), |inner| (true, inner));
        if !inner.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == ':') {
            return self.text_token();
        }
        let (length, closed) = tag_length(inner.as_bytes());
        self.at = self.text.len() - inner.len() + length + usize::from(closed);
        let inner = &inner[..length];
        let name_end = inner.find(|c: char| c.is_whitespace() || c == '/' || c == '=').unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(name_end);
        if is_end {
            return Token::End(name);
        }
        let open = attributes.trim_end().strip_suffix('/');
        Token::Start { name, attributes: open.unwrap_or(attributes), empty: open.is_some() }
    }
}

/// How long a tag is, and whether `>` ends it. A tag that is not closed ends where
/// the next one begins.
fn tag_length(bytes: &[u8]) -> (usize, bool) {
    let (mut quote, mut after_equals, mut first_end) = (None, false, None);
    for (at, byte) in bytes.iter().enumerate() {
        match (byte, quote) {
            (b'<', _) => return first_end.map_or((at, false), |end| (end, true)),
            (b'>', None) => return (at, true),
            (b'>', Some(_)) => first_end = first_end.or(Some(at)),
            (_, Some(open)) if *byte == open => quote = None,
            (b'"' | b'\'', None) if after_equals => quote = Some(*byte),
            _ => {}
        }
        after_equals = *byte == b'=' || after_equals && byte.is_ascii_whitespace();
    }
    first_end.map_or((bytes.len(), false), |end| (end, true))
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        while self.at < self.text.len() {
            if self.text.as_bytes()[self.at] != b'<' {
                return Some(self.text_token());
            }
            if let Some(token) = self.markup() {
                return Some(token);
            }
        }
        None
    }
}

/// The value of an attribute, whatever its prefix and case; the first one counts.
pub(super) fn attribute<'t>(attributes: &'t str, name: &str) -> Option<&'t str> {
    each_attribute(attributes).find(|(key, _)| local(key).eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Names and values, in quotation marks or not.
pub(super) fn each_attribute(attributes: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = attributes;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/' || c == '=');
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        if end == 0 {
            return None;
        }
        let (name, after) = rest.split_at(end);
        let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
            rest = after;
            return Some((name, ""));
        };
        let quoted = value.strip_prefix('"').map(|v| (v, '"')).or(value.strip_prefix('\'').map(|v| (v, '\'')));
        let (value, after) = match quoted {
            Some((value, mark)) => value.split_once(mark).unwrap_or((value, "")),
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        rest = after;
        Some((name, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let show = |token| match token {
            Token::Start { name, attributes, empty } => {
                format!("<{name}{attributes}{}", if empty { "/>" } else { ">" })
            }
            Token::End(name) => format!("</{name}>"),
            Token::Text(text) => format!("'{text}'"),
            Token::Literal(text) => format!("\"{text}\""),
            Token::Doctype(text) => format!("!{}", text.len()),
        };
        Tokens::new(text).map(show).collect::<Vec<_>>().join(" ")
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(shown(text), expected, "{text}");
    }

    #[test]
    fn well_formed_documents() {
        check("<?xml version='1.0'?><!-- <a> --><a b=\"c>d\">t<e/></a>", "<a b=\"c>d\"> 't' <e/> </a>");
        check("<!DOCTYPE a [<!ENTITY b \"]>\">]><a>", "!30 <a>");
        check("<a><![CDATA[1 < 2 & <b>]]></a>", "<a> \"1 < 2 & <b>\" </a>");
        check("<p:a\n x = 'y' / >", "<p:a\n x = 'y' />");
    }

    #[test]
    fn broken_documents() {
        check("1 < 2 <3 <a", "'1 ' '< 2 ' '<3 ' <a>");
        check("<a b=\"c><d>e</d>", "<a b=\"c> <d> 'e' </d>");
        check("<a <b>", "<a > <b>");
        check("<a it's>t</a>", "<a it's> 't' </a>");
        check("<!-- open <a>b</a>", "'b' </a>");
        check("<![CDATA[open <b>c</b>", "\"open <b>c\" </b>");
        check("<t><![CDATA[x</t><item><t><![CDATA[y]]></t>", "<t> \"x\" </t> <item> <t> \"y\" </t>");
        check("<?open <a>", "");
        check("<!DOCTYPE open [ <a>b", "!19 'b'");
        check("<", "'<'");
        check("</", "'</'");
        check("é<é>ü</é>", "'é' <é> 'ü' </é>");
    }

    #[test]
    fn attributes() {
        let text = " a=\"1\" x:HREF = 'two' b c=3 a=4";
        let found: Vec<_> = each_attribute(text).collect();
        assert_eq!(found, [("a", "1"), ("x:HREF", "two"), ("b", ""), ("c", "3"), ("a", "4")]);
        assert_eq!(
            (attribute(text, "href"), attribute(text, "a"), attribute(text, "z")),
            (Some("two"), Some("1"), None)
        );
        assert_eq!(attribute(" a=\"open", "a"), Some("open"));
    }

    #[test]
    fn nothing_is_looked_for_twice() {
        for part in
            ["<!--", "<?", "<a \"", "<a b=\"", "<![CDATA[", "<!DOCTYPE [>", "<![CDATA[</<item>]]", "<", "</a", "<!x"]
        {
            let text = part.repeat(200_000);
            assert!(Tokens::new(&text).count() <= 800_001, "{part}");
        }
    }
}
