//! RSS, Atom, RDF and JSON Feed, an item a record.

use feed_rs::model::{Entry, Feed, Text};
use feed_rs::parser;
use serde_json::Map;

use super::super::ReadErrorKind;
use super::super::unpack::Unpacker;
use super::{fields, put};

pub(super) fn read(to: &mut Unpacker<'_>, path: &str, bytes: &[u8]) -> Result<(), ReadErrorKind> {
    let parsed = parser::Builder::new().build().parse(bytes);
    let feed = parsed.map_err(|error| ReadErrorKind::Malformed { format: "feed", what: error.to_string() })?;
    if feed.entries.is_empty() {
        return Err(ReadErrorKind::Empty);
    }
    let many = feed.entries.len() > 1;
    for (index, entry) in feed.entries.iter().enumerate() {
        let mut map = Map::new();
        put(&mut map, "id", Some(&entry.id));
        put(&mut map, "title", text_of(entry.title.as_ref()));
        put(&mut map, "text", body(entry));
        put(&mut map, "date", entry.published.or(entry.updated).map(|time| time.to_rfc3339()));
        put(&mut map, "modified", entry.updated.map(|time| time.to_rfc3339()));
        put(&mut map, "url", address(entry));
        put(&mut map, "authors", authors(entry, &feed));
        put(&mut map, "source", text_of(feed.title.as_ref()));
        put(&mut map, "section", entry.categories.first().map(|c| c.label.as_deref().unwrap_or(&c.term)));
        to.record(fields(path, many.then_some(index + 1), &map));
    }
    Ok(())
}

fn text_of(text: Option<&Text>) -> Option<String> {
    text.map(|text| text.content.clone())
}

/// The longer of an item's content and its summary: some feeds give only one
/// of them in full.
fn body(entry: &Entry) -> Option<String> {
    let content = entry.content.as_ref().and_then(|content| content.body.clone());
    let summary = text_of(entry.summary.as_ref());
    let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    if length(&content) >= length(&summary) { content } else { summary }
}

fn address(entry: &Entry) -> Option<&str> {
    let main = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    main.or(entry.links.first()).map(|link| link.href.as_str())
}

fn authors(entry: &Entry, feed: &Feed) -> Option<String> {
    let people = if entry.authors.is_empty() { &feed.authors } else { &entry.authors };
    let names: Vec<&str> = people.iter().filter_map(|person| person.name.as_deref()).collect();
    (!names.is_empty()).then(|| names.join("; "))
}
