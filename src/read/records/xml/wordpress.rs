//! WordPress exports (WXR): RSS with posts, pages, pictures, menus and settings.

use std::collections::HashMap;

use super::blogger::verbatim;
use super::dialect::{Dialect, Outcome};
use super::post_body::post_html;
use super::story::Story;
use super::text::line;
use super::tree::Element;

/// What holds for all items.
#[derive(Debug, Default)]
pub(super) struct WordPress {
    title: Option<String>,
    /// Names to show, by login.
    authors: HashMap<String, String>,
    /// The namespace prefix of excerpts.
    excerpt: Option<String>,
}

/// Kinds of items that WordPress itself keeps beside posts and pages.
const INTERNAL: &[&str] = &[
    "attachment",
    "nav_menu_item",
    "revision",
    "custom_css",
    "customize_changeset",
    "oembed_cache",
    "user_request",
    "feedback",
    "elementor_library",
    "wpcf7_contact_form",
    "jp_pay_order",
    "jp_pay_product",
];

impl Dialect for WordPress {
    fn records(&self) -> Vec<&str> {
        vec!["item"]
    }

    fn start(&mut self, head: Element<'_>) {
        self.title = head.find("channel").and_then(|channel| channel.child("title")).and_then(line);
        for author in head.all("author") {
            let field = |name: &str| author.child(name).and_then(line);
            let full = || Some(format!("{} {}", field("author_first_name")?, field("author_last_name")?));
            if let (Some(login), Some(name)) = (field("author_login"), field("author_display_name").or_else(full)) {
                self.authors.insert(login, name);
            }
        }
        let namespaces = head.find("rss").map(Element::attributes).unwrap_or_default();
        let excerpt = namespaces.iter().find(|(_, address)| address.contains("/excerpt"));
        self.excerpt = excerpt.and_then(|(key, _)| key.strip_prefix("xmlns:")).map(str::to_owned);
    }

    fn record(&self, item: Element<'_>) -> Outcome {
        let child = |name: &str| item.child(name).and_then(line);
        let kind = child("post_type").unwrap_or_else(|| "post".to_owned());
        if INTERNAL.contains(&kind.as_str()) || kind.starts_with("wp_") || kind.starts_with("acf-") {
            return Outcome::LeftOut(kind);
        }
        match child("status") {
            Some(status) if status != "publish" => return Outcome::LeftOut(status),
            _ => {}
        }
        let (sections, tags) = terms(item);
        let creators = item.children().filter(|child| child.name() == "creator").filter_map(line);
        let story = Story {
            id: child("post_id").or_else(|| child("guid")),
            title: child("title"),
            text: self.text(item).map(|text| post_html(&text)),
            // `0000-00-00` where none is set.
            date: child("post_date").filter(|date| !date.starts_with("0000")).or_else(|| child("pubdate")),
            modified: child("post_modified").filter(|date| !date.starts_with("0000")),
            source: self.title.clone(),
            url: child("link"),
            authors: creators.map(|login| self.authors.get(&login).cloned().unwrap_or(login)).collect(),
            section: sections.into_iter().next(),
            tags,
            ..Story::default()
        };
        Outcome::Record(story.into_fields())
    }
}

impl WordPress {
    /// The content of an item, else its excerpt.
    fn text(&self, item: Element<'_>) -> Option<String> {
        let prefix = self.excerpt.as_deref().unwrap_or("excerpt");
        let encoded = |excerpt: bool| {
            let found =
                item.children().find(|child| child.name() == "encoded" && (child.prefix() == prefix) == excerpt);
            found.map(verbatim).filter(|text| !text.trim().is_empty())
        };
        encoded(false).or_else(|| encoded(true)).or_else(|| item.child("description").map(verbatim))
    }
}

/// Categories and tags of an item. A post without a category has one that says so.
fn terms(item: Element<'_>) -> (Vec<String>, Vec<String>) {
    let (mut sections, mut tags) = (Vec::new(), Vec::new());
    for category in item.children().filter(|child| child.name() == "category") {
        let Some(name) = line(category) else { continue };
        match category.attr("domain").unwrap_or("category") {
            "category" if category.attr("nicename") != Some("uncategorized") && name != "Uncategorized" => {
                sections.push(name)
            }
            "post_tag" | "tag" => tags.push(name),
            _ => {}
        }
    }
    // Categories beyond the first one are tags too.
    tags.extend(sections.iter().skip(1).cloned());
    (sections, tags)
}
