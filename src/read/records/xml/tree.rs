//! One record of an XML file as a tree. It is built by a pull parser, leniently: names
//! without prefix and in lower case, tags that match nothing ignored, entities other
//! than those of XML and HTML left as they are written.

use quick_xml::escape::{resolve_html5_entity, resolve_predefined_entity, unescape_with};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use crate::read::error::ReadErrorKind;

/// The deepest element that is kept as such; the text of deeper ones is its text.
const MAX_DEPTH: usize = 200;
/// Elements and attributes of a record: each takes many times its bytes in the file.
const MAX_ELEMENTS: usize = 1_000_000;

/// Elements and texts in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    /// The index behind the last node within this one.
    end: usize,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Element { name: String, prefix: String, attributes: Vec<(String, String)>, has_text: bool },
    Text(String),
}

/// An element of a tree, or the tree as a whole.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'t> {
    tree: &'t Tree,
    at: usize,
}

/// What an element holds.
pub(super) enum Child<'t> {
    Element(Element<'t>),
    Text(&'t str),
}

impl Tree {
    /// # Errors
    /// [`ReadErrorKind::Malformed`] with the byte, and [`ReadErrorKind::TooMany`].
    pub(super) fn parse(text: &str) -> Result<Self, ReadErrorKind> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        let mut builder = Builder::new();
        loop {
            match reader.read_event() {
                Ok(Event::Eof) => return Ok(builder.finish()),
                Ok(event) => builder.add(event)?,
                Err(error) => {
                    let what = format!("{error}, at byte {} of its record", reader.error_position());
                    return Err(ReadErrorKind::Malformed { format: "XML", what });
                }
            }
        }
    }

    /// An element without a name that holds all others.
    pub(super) fn root(&self) -> Element<'_> {
        Element { tree: self, at: 0 }
    }
}

struct Builder {
    nodes: Vec<Node>,
    /// The open elements, outermost first.
    open: Vec<usize>,
    /// Open elements that are too deep to be kept.
    hidden: usize,
    count: usize,
    /// Whether the last node is a text that goes on.
    joins: bool,
}

impl Builder {
    fn new() -> Self {
        let mut builder = Self { nodes: Vec::new(), open: Vec::new(), hidden: 0, count: 0, joins: false };
        builder.push(String::new(), String::new(), Vec::new());
        builder
    }

    fn add(&mut self, event: Event<'_>) -> Result<(), ReadErrorKind> {
        match event {
            Event::Start(tag) => self.start(&tag)?,
            Event::Empty(tag) => {
                self.start(&tag)?;
                self.end_last();
            }
            Event::End(tag) => self.end(&local_name(tag.name().0)),
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(reference) => self.reference(&reference),
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadErrorKind> {
        self.count += 1;
        if self.hidden > 0 || self.open.len() > MAX_DEPTH {
            self.hidden += 1;
            return Ok(());
        }
        let mut attributes = Vec::new();
        let mut found = tag.html_attributes();
        for attribute in found.with_checks(false).filter_map(Result::ok) {
            self.count += 1;
            if self.count > MAX_ELEMENTS {
                break;
            }
            // `xmlns:wp` stays whole: it says what the prefix means.
            let key = attribute.key.0.to_ascii_lowercase();
            let key = if key.starts_with("xmlns") { key } else { local_name(&key) };
            attributes.push((key, unescaped(&attribute.value)));
        }
        if self.count > MAX_ELEMENTS {
            return Err(ReadErrorKind::TooMany { what: "elements", limit: MAX_ELEMENTS });
        }
        let name = tag.name().0;
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix).to_ascii_lowercase();
        self.push(local_name(name), prefix, attributes);
        Ok(())
    }

    fn push(&mut self, name: String, prefix: String, attributes: Vec<(String, String)>) {
        self.joins = false;
        self.open.push(self.nodes.len());
        let kind = Kind::Element { name, prefix, attributes, has_text: false };
        self.nodes.push(Node { end: 0, kind });
    }

    /// Closes the innermost open element of a name, and those within it.
    fn end(&mut self, name: &str) {
        if self.hidden > 0 {
            self.hidden -= 1;
            return;
        }
        let is_named = |at: &usize| matches!(&self.nodes[*at].kind, Kind::Element { name: open, .. } if open == name);
        if let Some(depth) = self.open.iter().skip(1).rposition(is_named) {
            while self.open.len() > depth + 1 {
                self.end_last();
            }
        }
    }

    fn end_last(&mut self) {
        if self.hidden > 0 {
            self.hidden -= 1;
        } else if let Some(at) = self.open.pop() {
            self.nodes[at].end = self.nodes.len();
            self.joins = false;
        }
    }

    fn text(&mut self, text: &str) {
        let is_control = |c: char| c < ' ' && !c.is_whitespace();
        if text.is_empty() {
            return;
        }
        // XML has none; old wires do.
        if text.contains(is_control) {
            return self.text(&text.replace(is_control, " "));
        }
        if let Some(parent) = self.open.last()
            && let Kind::Element { has_text, .. } = &mut self.nodes[*parent].kind
            && !text.trim().is_empty()
        {
            *has_text = true;
        }
        match self.nodes.last_mut() {
            Some(Node { kind: Kind::Text(before), .. }) if self.joins => before.push_str(text),
            _ => self.nodes.push(Node { end: self.nodes.len() + 1, kind: Kind::Text(text.to_owned()) }),
        }
        self.joins = true;
    }

    fn reference(&mut self, reference: &BytesRef<'_>) {
        match reference.resolve_char_ref() {
            Ok(Some(found)) => self.text(shown(found).encode_utf8(&mut [0; 4])),
            _ => match entity(reference) {
                Some(text) => self.text(text),
                None => self.text(&format!("&{};", &**reference)),
            },
        }
    }

    fn finish(mut self) -> Tree {
        self.hidden = 0;
        while !self.open.is_empty() {
            self.end_last();
        }
        Tree { nodes: self.nodes }
    }
}

fn entity(name: &str) -> Option<&'static str> {
    resolve_predefined_entity(name).or_else(|| resolve_html5_entity(name))
}

/// The character that a numeric reference is meant for: in browsers as in old wires,
/// 128 to 159 are those of Windows-1252.
fn shown(found: char) -> char {
    match u8::try_from(found) {
        Ok(byte @ 0x80..=0x9f) => {
            let bytes = [byte];
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
            text.chars().next().unwrap_or(found)
        }
        Ok(byte) if byte < b' ' && !byte.is_ascii_whitespace() => ' ',
        _ => found,
    }
}

fn unescaped(value: &str) -> String {
    let text = unescape_with(value, entity).map_or_else(|_| value.to_owned(), |text| text.into_owned());
    text.trim().to_owned()
}

fn local_name(name: &str) -> String {
    name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase()
}

impl<'t> Element<'t> {
    /// The name, without prefix and in lower case.
    pub(super) fn name(self) -> &'t str {
        match &self.tree.nodes[self.at].kind {
            Kind::Element { name, .. } => name,
            Kind::Text(_) => "",
        }
    }

    pub(super) fn prefix(self) -> &'t str {
        match &self.tree.nodes[self.at].kind {
            Kind::Element { prefix, .. } => prefix,
            Kind::Text(_) => "",
        }
    }

    pub(super) fn attributes(self) -> &'t [(String, String)] {
        match &self.tree.nodes[self.at].kind {
            Kind::Element { attributes, .. } => attributes,
            Kind::Text(_) => &[],
        }
    }

    /// The value of an attribute, unless it is blank.
    pub(super) fn attr(self, name: &str) -> Option<&'t str> {
        let found = self.attributes().iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Whether text stands directly in it.
    pub(super) fn has_text(self) -> bool {
        matches!(&self.tree.nodes[self.at].kind, Kind::Element { has_text: true, .. })
    }

    /// What is directly in it.
    pub(super) fn contents(self) -> impl Iterator<Item = Child<'t>> {
        let nodes = &self.tree.nodes;
        let end = nodes[self.at].end;
        let mut at = self.at + 1;
        std::iter::from_fn(move || {
            let node = nodes.get(at).filter(|_| at < end)?;
            let child = match &node.kind {
                Kind::Text(text) => Child::Text(text),
                Kind::Element { .. } => Child::Element(Element { tree: self.tree, at }),
            };
            at = node.end.max(at + 1);
            Some(child)
        })
    }

    pub(super) fn children(self) -> impl Iterator<Item = Element<'t>> {
        self.contents().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    pub(super) fn child(self, name: &str) -> Option<Element<'t>> {
        self.children().find(|child| child.name() == name)
    }

    /// All elements within, at any depth, in the order of the file.
    pub(super) fn descendants(self) -> impl Iterator<Item = Element<'t>> {
        let nodes = &self.tree.nodes;
        let end = nodes[self.at].end.min(nodes.len());
        let elements = (self.at + 1..end).filter(|at| matches!(nodes[*at].kind, Kind::Element { .. }));
        elements.map(move |at| Element { tree: self.tree, at })
    }

    pub(super) fn all(self, name: &'static str) -> impl Iterator<Item = Element<'t>> {
        self.descendants().filter(move |element| element.name() == name)
    }

    /// The first element of a name within, at any depth.
    pub(super) fn find(self, name: &'static str) -> Option<Element<'t>> {
        self.all(name).next()
    }

    /// Whether it stands within another one, at any depth.
    pub(super) fn is_within(self, other: Element<'t>) -> bool {
        other.at < self.at && self.at < other.tree.nodes[other.at].end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree as text: `a[n=1](text,b())`.
    fn shown_tree(element: Element<'_>) -> String {
        let parts: Vec<String> = element
            .contents()
            .map(|child| match child {
                Child::Text(text) => text.to_owned(),
                Child::Element(child) => {
                    let attributes: Vec<String> =
                        child.attributes().iter().map(|(key, value)| format!("[{key}={value}]")).collect();
                    format!("{}{}({})", child.name(), attributes.concat(), shown_tree(child))
                }
            })
            .collect();
        parts.join(",")
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(shown_tree(Tree::parse(text).expect("a tree").root()), expected, "{text}");
    }

    #[test]
    fn names_attributes_and_references() {
        check("<x:A n='1' M=\"&amp;\"><b/>T &amp; C</x:A>", "a[n=1][m=&](b(),T & C)");
        check("<a>caf&eacute; &#8217;&#x41;&#146;&studio; &</a>", "a(café ’A’&studio; &)");
        check("<a>1<![CDATA[<b>&amp;]]>2</a>", "a(1<b>&amp;2)");
        check("<a>1<!-- no --><?no?>2</a>", "a(12)");
        check("<a>1<b/>2</a>", "a(1,b(),2)");
        check("<a xml:lang='en' xmlns:w='u'/>", "a[lang=en][xmlns:w=u]()");
        check("<a><b>1</b>2</a>", "a(b(1),2)");
    }

    #[test]
    fn ill_formed_text_is_read_as_far_as_it_goes() {
        check("<a><b>1</a>2", "a(b(1)),2");
        check("<a>1</c>2</a>", "a(12)");
        check("<a><b><i>1</b></i>2</a>", "a(b(i(1)),2)");
        check("<a n=1 m>1</a>", "a[n=1][m=](1)");
        check("", "");
        check("<a>1\u{2}\u{3}2\n</a>", "a(1  2\n)");
        assert!(matches!(Tree::parse("<a><![CDATA["), Err(ReadErrorKind::Malformed { .. })));
    }

    #[test]
    fn depth_and_number_of_elements_are_limited() {
        let deep = format!("{}x{}<c/>", "<b>".repeat(100_000), "</b>".repeat(100_000));
        let tree = Tree::parse(&deep).expect("a tree");
        assert_eq!(tree.root().descendants().count(), MAX_DEPTH + 1);
        assert!(tree.root().child("c").is_some());
        let many = "<a/>".repeat(MAX_ELEMENTS + 1);
        assert!(matches!(Tree::parse(&many), Err(ReadErrorKind::TooMany { .. })));
        let many = format!("<a {}>", "b='' ".repeat(MAX_ELEMENTS + 1));
        assert!(matches!(Tree::parse(&many), Err(ReadErrorKind::TooMany { .. })));
    }
}
