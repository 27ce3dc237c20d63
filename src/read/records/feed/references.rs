//! Character and entity references in XML.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

/// The most entities that a document may declare, and the most bytes of one.
const MAX_ENTITIES: usize = 1000;
const MAX_VALUE: usize = 1000;
/// The longest reference, without `&` and `;`.
const MAX_NAME: usize = 32;

/// The entities that a document declares, and how much they may still add to it, so
/// that a few bytes cannot become many.
#[derive(Debug, Default)]
pub(super) struct Entities<'t> {
    declared: FxHashMap<&'t str, String>,
    budget: usize,
}

impl<'t> Entities<'t> {
    /// Reads `<!ENTITY name "value">` from a document type.
    pub(super) fn declare(&mut self, doctype: &'t str, budget: usize) {
        self.budget = budget;
        for declaration in doctype.split("<!ENTITY").skip(1).take(MAX_ENTITIES) {
            let Some((name, rest)) = declaration.trim_start().split_once(char::is_whitespace) else { continue };
            let rest = rest.trim_start();
            let Some(mark) = rest.chars().next().filter(|c| *c == '"' || *c == '\'') else { continue };
            let Some((value, _)) = rest[1..].split_once(mark) else { continue };
            if value.len() <= MAX_VALUE {
                // References within are resolved once, those to other entities are not.
                let value = Entities::default().resolve(value).into_owned();
                self.declared.entry(name).or_insert(value);
            }
        }
    }

    /// The text with its references replaced. Those that nothing declares stay: most
    /// are of HTML, and are resolved with those of the text.
    pub(super) fn resolve<'a>(&mut self, text: &'a str) -> Cow<'a, str> {
        if !text.contains('&') {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('&') {
            out.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            let head = rest.as_bytes();
            match memchr::memchr(b';', &head[..head.len().min(MAX_NAME + 1)]) {
                Some(end) if self.push(&rest[..end], &mut out) => rest = &rest[end + 1..],
                _ => out.push('&'),
            }
        }
        out.push_str(rest);
        Cow::Owned(out)
    }

    /// Adds what a reference stands for, if that is known.
    fn push(&mut self, name: &str, out: &mut String) -> bool {
        let known = match name {
            "lt" | "LT" => Some('<'),
            "gt" | "GT" => Some('>'),
            "amp" | "AMP" => Some('&'),
            "quot" | "QUOT" => Some('"'),
            "apos" => Some('\''),
            _ => name.strip_prefix('#').and_then(character),
        };
        if let Some(character) = known {
            out.push(character);
            return true;
        }
        let Some(value) = self.declared.get(name) else { return false };
        if value.len() > self.budget {
            return false;
        }
        self.budget -= value.len();
        out.push_str(value);
        true
    }
}

/// The character of a number. 128 to 159 are meant as Windows-1252, as in HTML.
fn character(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    match u8::try_from(code) {
        Ok(byte @ 0x80..=0x9f) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next(),
        _ => char::from_u32(code).filter(|c| *c != '\0'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(doctype: &str, text: &str, expected: &str) {
        let mut entities = Entities::default();
        entities.declare(doctype, 100);
        assert_eq!(entities.resolve(text), expected, "{text}");
    }

    #[test]
    fn references_are_resolved_once() {
        check("", "Tom &amp; Jerry &#8217;s &#x201C;A&#148;", "Tom & Jerry ’s “A”");
        check("", "&amp;amp; &amp;lt;", "&amp; &lt;");
        check(
            "",
            "A & B &; &nbsp; &rsquo; &#xD800; &#0; &#99999999999;",
            "A & B &; &nbsp; &rsquo; &#xD800; &#0; &#99999999999;",
        );
        check("", "R&D; é&é; &", "R&D; é&é; &");
    }

    #[test]
    fn declared_entities_are_bounded() {
        let doctype = "[<!ENTITY film \"The &#8220;Film&#8221;\"> <!ENTITY a '&film;&film;'> <!ENTITY x SYSTEM \"file:///etc/passwd\"> <!ENTITY open \"";
        check(doctype, "&film; &a; &x; &open;", "The “Film” &film;&film; &x; &open;");
        let long = format!("[<!ENTITY l \"{}\">]", "x".repeat(60));
        check(&long, "&l;&l;", &format!("{}&l;", "x".repeat(60)));
        check(&format!("[<!ENTITY l \"{}\">]", "x".repeat(2000)), "&l;", "&l;");
    }
}
