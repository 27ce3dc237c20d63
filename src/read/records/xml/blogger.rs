//! Blogger exports: an Atom feed of posts, pages, comments, settings and templates.

use super::dialect::{Dialect, Outcome};
use super::story::Story;
use super::text::line;
use super::tree::{Child, Element};

/// What holds for all entries.
#[derive(Debug, Default)]
pub(super) struct Blogger {
    title: Option<String>,
}

/// What precedes the kind in the term of a category.
const KIND: &str = "kind#";

impl Dialect for Blogger {
    fn records(&self) -> Vec<&str> {
        vec!["entry"]
    }

    fn start(&mut self, head: Element<'_>) {
        self.title = head.find("feed").and_then(|feed| feed.child("title")).and_then(line);
    }

    fn record(&self, entry: Element<'_>) -> Outcome {
        let kind = kind(entry);
        if !matches!(kind.as_str(), "post" | "page") {
            return Outcome::left_out(&kind);
        }
        if let Some(status) = status(entry) {
            return Outcome::left_out(&status);
        }
        let child = |name: &str| entry.child(name).and_then(line);
        let names = entry.children().filter(|child| child.name() == "author").filter_map(|author| author.child("name"));
        let link = entry.children().find(|link| link.name() == "link" && link.attr("rel") == Some("alternate"));
        let story = Story {
            id: child("id"),
            title: child("title"),
            text: entry.child("content").or_else(|| entry.child("summary")).map(verbatim),
            date: child("published").or_else(|| child("created")),
            modified: child("updated"),
            source: self.title.clone(),
            url: link.and_then(|link| link.attr("href")).map(str::to_owned),
            // What Blogger calls those who do not show their name.
            authors: names.filter_map(line).filter(|name| name != "Unknown" && name != "Anonymous").collect(),
            tags: labels(entry),
            ..Story::default()
        };
        Outcome::Record(story.into_fields())
    }
}

/// What an entry is: stated by a category, or by an element in newer exports.
fn kind(entry: Element<'_>) -> String {
    let terms =
        entry.children().filter(|child| child.name() == "category").filter_map(|category| category.attr("term"));
    let by_category = terms.filter_map(|term| term.split_once(KIND)).map(|(_, kind)| kind.to_lowercase()).next();
    let by_type = || entry.child("type").and_then(line).map(|kind| kind.to_lowercase());
    by_category.or_else(by_type).unwrap_or_else(|| "post".to_owned())
}

/// Why an entry is not published.
fn status(entry: Element<'_>) -> Option<String> {
    if entry.find("draft").and_then(line).is_some_and(|draft| draft.eq_ignore_ascii_case("yes")) {
        return Some("draft".to_owned());
    }
    let status = entry.child("status").and_then(line).map(|status| status.to_lowercase().replace('_', " "));
    status.filter(|status| status != "live")
}

/// The labels of an entry: categories that do not say its kind.
fn labels(entry: Element<'_>) -> Vec<String> {
    let categories = entry.children().filter(|child| child.name() == "category");
    categories
        .filter_map(|category| category.attr("term"))
        .filter(|term| !term.contains(KIND))
        .map(str::to_owned)
        .collect()
}

/// The content as it is written, which is HTML.
pub(super) fn verbatim(element: Element<'_>) -> String {
    let mut out = String::new();
    for child in element.contents() {
        match child {
            Child::Text(text) => out.push_str(text),
            // XHTML within the feed itself.
            Child::Element(inner) => {
                out.push_str(&super::text::paragraphs(inner));
                out.push_str("\n\n");
            }
        }
    }
    out
}
