//! A parsed web page with lists of its metadata and elements.

use std::collections::HashSet;

use trafilatura::dom::{Document, NodeId};

use super::text::one_line;
use crate::extract::dom::{short_line, text_of};

/// The deepest page to extract the main text from: extraction is recursive.
const MAX_DEPTH: usize = 300;

/// A parsed page. The lists are in page order.
pub(super) struct Page {
    pub(super) doc: Document,
    /// `meta` elements: `name`, `property` or `itemprop` in lower case, and
    /// `content`.
    metas: Vec<(String, String)>,
    /// All other elements.
    pub(super) elements: Vec<Element>,
    /// Whether the page is too deep to extract from. The lists are incomplete
    /// then.
    pub(super) is_deep: bool,
}

/// An element and what identifies its role.
pub(super) struct Element {
    pub(super) id: NodeId,
    pub(super) tag: String,
    /// `class`, `id`, `itemprop`, `rel` and `data-testid`, joined by spaces, in
    /// lower case.
    pub(super) label: String,
    /// Whether it is in a part of the page that is not the article: comments,
    /// navigation, a sidebar, the footer.
    pub(super) is_apart: bool,
    /// Whether it is in the comments of readers.
    pub(super) is_comment: bool,
}

/// Elements that are not part of an article.
const APART_ELEMENTS: &[&str] = &["nav", "footer", "form", "aside", "dialog", "button"];
/// What the labels of such parts contain.
const APART_LABELS: &[&str] = &[
    "sidebar",
    "widget",
    "footer",
    "related",
    "recommend",
    "newsletter",
    "cookie",
    "consent",
    "popular",
    "trending",
    "teaser-list",
];

/// What the labels of readers' comments contain.
const COMMENT_LABELS: &[&str] = &["comment", "respond", "reply", "kommentar"];

/// The parts of a page that an element is in.
#[derive(Clone, Copy, Default)]
struct Parts {
    is_apart: bool,
    is_comment: bool,
}

impl Page {
    pub(super) fn parse(html: &str) -> Self {
        let doc = Document::parse(html);
        let mut page = Self { doc, metas: Vec::new(), elements: Vec::new(), is_deep: false };
        page.collect_elements();
        page
    }

    /// Makes the list of elements anew after some were removed.
    pub(super) fn forget_removed(&mut self) {
        self.elements.clear();
        self.metas.clear();
        self.collect_elements();
    }

    /// The headline and the elements around it, which are part of the article
    /// whatever they are called.
    fn around_headline(&self) -> HashSet<NodeId> {
        let headings = self.doc.get_elements_by_tag_name(self.doc.root(), "h1");
        let mut around = HashSet::new();
        for heading in headings {
            let mut next = Some(heading);
            while let Some(id) = next.filter(|id| around.insert(*id)) {
                next = self.doc.parent(id);
            }
        }
        around
    }

    /// Visits the whole tree once, without recursion.
    fn collect_elements(&mut self) {
        let around = self.around_headline();
        let mut waiting = vec![(self.doc.root(), 0, Parts::default())];
        while let Some((id, depth, outer)) = waiting.pop() {
            self.is_deep |= depth > MAX_DEPTH;
            if self.is_deep {
                return;
            }
            let parts = self.add_element(id, outer);
            let parts = if around.contains(&id) { Parts::default() } else { parts };
            waiting.extend(self.doc.children(id).into_iter().rev().map(|child| (child, depth + 1, parts)));
        }
    }

    /// Adds an element that is in the parts `outer`; returns those that it is itself.
    fn add_element(&mut self, id: NodeId, outer: Parts) -> Parts {
        let tag = self.doc.tag_name(id).to_owned();
        let attribute = |name: &str| self.doc.get_attribute(id, name).unwrap_or_default();
        if tag == "meta" {
            // Some tools that save pages write `value` instead of `content`.
            let content =
                Some(attribute("content")).filter(|text| !text.is_empty()).unwrap_or_else(|| attribute("value"));
            for name in ["name", "property", "itemprop"] {
                // A property may have several names.
                for name in attribute(name).to_ascii_lowercase().split_whitespace() {
                    if !content.trim().is_empty() {
                        self.metas.push((name.to_owned(), content.clone()));
                    }
                }
            }
            return outer;
        }
        let label = ["class", "id", "itemprop", "rel", "data-testid"].map(attribute).join(" ");
        let label = label.to_ascii_lowercase();
        let is_whole = matches!(tag.as_str(), "html" | "body" | "main" | "article");
        let labeled = |labels: &[&str]| !is_whole && labels.iter().any(|part| label.contains(part));
        let is_comment = outer.is_comment || labeled(COMMENT_LABELS);
        let is_apart = outer.is_apart || is_comment || APART_ELEMENTS.contains(&tag.as_str()) || labeled(APART_LABELS);
        self.elements.push(Element { id, tag, label, is_apart, is_comment });
        Parts { is_apart, is_comment }
    }

    /// The first `meta` value of the first of these names that the page has.
    pub(super) fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.metas.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim()))
    }

    /// All `meta` values of a name.
    pub(super) fn metas_named<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        self.metas.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.trim())
    }

    /// All `meta` names and values.
    pub(super) fn metas(&self) -> impl Iterator<Item = (&str, &str)> {
        self.metas.iter().map(|(key, value)| (key.as_str(), value.trim()))
    }

    /// All elements of a tag.
    pub(super) fn tagged<'p>(&'p self, tag: &'p str) -> impl Iterator<Item = &'p Element> {
        self.elements.iter().filter(move |element| element.tag == tag)
    }

    /// The text of an element on one line.
    pub(super) fn text(&self, element: &Element) -> String {
        one_line(&text_of(&self.doc, element.id))
    }

    /// The text of an element on one line, if it has at most `most` bytes.
    pub(super) fn short_text(&self, element: &Element, most: usize) -> Option<String> {
        short_line(&self.doc, element.id, most)
    }

    /// An attribute that is not blank.
    pub(super) fn attribute(&self, element: &Element, name: &str) -> Option<String> {
        self.doc.get_attribute(element.id, name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_and_elements() {
        let page = Page::parse(
            "<meta name=' OG:Title ' content=' A '><meta property=b value=B><meta name=c content=''><h1 class='Head Line' id=X>A <b>film</b></h1>",
        );
        for (names, expected) in
            [(&["og:title"][..], Some("A")), (&["none", "b"], Some("B")), (&["c"], None), (&["B"], None)]
        {
            assert_eq!(page.meta(names), expected, "{names:?}");
        }
        let heading = page.tagged("h1").next().expect("a heading");
        assert_eq!((heading.label.trim(), page.text(heading).as_str()), ("head line x", "A film"));
        assert_eq!((page.attribute(heading, "id").as_deref(), page.attribute(heading, "rel")), (Some("X"), None));
    }

    #[test]
    fn parts_that_are_not_the_article() {
        let page = Page::parse(
            "<body class=has-comments><div class=sidebar-left><h1>A</h1><p>a</div><div id=comments><p>b</div><footer><p>c</footer>",
        );
        let found: Vec<_> = page.tagged("p").map(|p| (page.text(p), p.is_apart, p.is_comment)).collect();
        let expected = [("a", false, false), ("b", true, true), ("c", true, false)];
        assert_eq!(found, expected.map(|(text, apart, comment)| (text.to_owned(), apart, comment)));
    }

    #[test]
    fn deep_pages_are_detected() {
        let nested = |depth: usize| Page::parse(&"<div>".repeat(depth)).is_deep;
        assert!(nested(MAX_DEPTH + 1) && !nested(MAX_DEPTH - 10));
    }
}
