//! A parsed web page, and the elements of it that say what it is.

use trafilatura::dom::{Document, NodeId};

use crate::extract::markup;

/// Pages nested deeper than this are read as plain text: extraction works on
/// the stack.
const DEEPEST: usize = 300;

/// A page with the elements that tell its title, date, authors and address.
pub(super) struct Page {
    pub(super) doc: Document,
    /// `name`, `property` or `itemprop` in lower case, and `content`.
    metas: Vec<(String, String)>,
    pub(super) elements: Vec<Element>,
    pub(super) is_deep: bool,
}

/// An element that may tell something.
pub(super) struct Element {
    pub(super) id: NodeId,
    pub(super) tag: String,
    /// Class, id, `itemprop`, `rel` and `data-*` names in lower case.
    pub(super) label: String,
}

impl Page {
    pub(super) fn parse(html: &str) -> Self {
        let doc = Document::parse(html);
        let mut page = Self { doc, metas: Vec::new(), elements: Vec::new(), is_deep: false };
        page.gather();
        page
    }

    /// Walks the whole tree once, without recursion.
    fn gather(&mut self) {
        let mut waiting = vec![(self.doc.root(), 0)];
        while let Some((id, depth)) = waiting.pop() {
            self.is_deep |= depth > DEEPEST;
            if self.is_deep {
                return;
            }
            waiting.extend(self.doc.children(id).into_iter().rev().map(|child| (child, depth + 1)));
            self.look_at(id);
        }
    }

    fn look_at(&mut self, id: NodeId) {
        let tag = self.doc.tag_name(id).to_owned();
        let attribute = |name: &str| self.doc.get_attribute(id, name).unwrap_or_default();
        if tag == "meta" {
            // Some tools that save pages write `value` for `content`.
            let content =
                Some(attribute("content")).filter(|text| !text.is_empty()).unwrap_or_else(|| attribute("value"));
            for name in ["name", "property", "itemprop"] {
                let name = attribute(name).trim().to_ascii_lowercase();
                if !name.is_empty() && !content.trim().is_empty() {
                    self.metas.push((name, content.clone()));
                }
            }
            return;
        }
        let label = ["class", "id", "itemprop", "rel", "data-testid"].map(attribute).join(" ");
        self.elements.push(Element { id, tag, label: label.to_ascii_lowercase() });
    }

    /// The first value of the first of these names that the page has.
    pub(super) fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.metas.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim()))
    }

    /// All values of a name, in page order.
    pub(super) fn metas_named<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        self.metas.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.trim())
    }

    pub(super) fn tagged<'p>(&'p self, tag: &'p str) -> impl Iterator<Item = &'p Element> {
        self.elements.iter().filter(move |element| element.tag == tag)
    }

    /// The text of an element on one line.
    pub(super) fn text(&self, element: &Element) -> String {
        one_line(&markup::text_of(&self.doc, element.id))
    }

    pub(super) fn attribute(&self, element: &Element, name: &str) -> Option<String> {
        self.doc.get_attribute(element.id, name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }
}

/// A text with single spaces.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `&amp;` and the like, as some pages escape twice.
pub(super) fn unescaped(text: &str) -> String {
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
