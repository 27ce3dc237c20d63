//! JSON Feed, versions 1 and 1.1.

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::item::{FeedFacts, Item};
use super::vocabulary::Part;

/// A feed with its items as they are written.
#[derive(Deserialize)]
pub(super) struct JsonFeed<'t> {
    #[serde(default)]
    pub(super) version: Value,
    #[serde(default)]
    title: Value,
    #[serde(default)]
    home_page_url: Value,
    #[serde(default)]
    authors: Value,
    #[serde(default)]
    author: Value,
    #[serde(borrow, default)]
    pub(super) items: Vec<&'t RawValue>,
}

impl JsonFeed<'_> {
    pub(super) fn facts(&self) -> FeedFacts {
        let authors = names(&self.authors).chain(names(&self.author)).map(str::to_owned).collect();
        FeedFacts { title: text(&self.title), authors, site: text(&self.home_page_url) }
    }
}

/// An item; `None` if it is not an object.
pub(super) fn item(raw: &RawValue) -> Option<Item> {
    let fields: Map<String, Value> = serde_json::from_str(raw.get()).ok()?;
    let mut item = Item::default();
    let keys = [
        (Part::Id, "id"),
        (Part::Link, "url"),
        (Part::Link, "external_url"),
        (Part::Title, "title"),
        (Part::Body, "content_html"),
        (Part::Body, "content_text"),
        (Part::Body, "summary"),
        (Part::Published, "date_published"),
        (Part::Modified, "date_modified"),
    ];
    for (rank, (part, key)) in keys.into_iter().enumerate() {
        item.put(part, rank, &fields.get(key).map(text).unwrap_or_default());
    }
    for (rank, key) in ["authors", "author"].into_iter().enumerate() {
        fields.get(key).into_iter().flat_map(names).for_each(|name| item.put(Part::Author, rank, name));
    }
    for tag in fields.get("tags").and_then(Value::as_array).into_iter().flatten() {
        item.put(Part::Category, 0, &text(tag));
    }
    Some(item)
}

/// A string, or a number as one.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The names of one person or several.
fn names(value: &Value) -> impl Iterator<Item = &str> {
    let several = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    several.iter().filter_map(|person| person.get("name").unwrap_or(person).as_str())
}
