//! XML of no format that is known, read by the names of its elements: those of the
//! fields that records in JSON have too.

use serde_json::{Map, Value};

use super::text::{line, paragraphs};
use super::tree::Element;

/// Names of elements with a text by itself: letters and digits only.
pub(crate) const TEXTS: &[&str] = &["text", "body", "content", "articlebody", "articletext", "maintext", "fulltext"];
/// Names of elements with a short text, which makes an article only beside a title and
/// a date.
pub(crate) const SHORT_TEXTS: &[&str] = &["shortdescription", "description", "abstract", "summary"];
pub(crate) const TITLES: &[&str] = &["title", "headline", "heading", "subject"];
pub(crate) const DATES: &[&str] = &[
    "date",
    "published",
    "publishdate",
    "publisheddate",
    "datepublished",
    "publishedat",
    "publicationdate",
    "pubdate",
    "created",
    "createdat",
    "timestamp",
];

/// How deep fields may be within a record.
const MAX_FIELD_DEPTH: usize = 4;

/// The name of the elements that are records: the outermost that hold an article.
pub(super) fn record_name(root: Element<'_>) -> Option<String> {
    let found = root.descendants().find(|element| is_record(*element))?;
    Some(found.name().to_owned())
}

/// Whether an element has a text of its own and something that says what it is.
fn is_record(element: Element<'_>) -> bool {
    // Journal articles have a format of their own, whose dates and titles are nested
    // otherwise.
    if element.name() == "article" && element.child("front").is_some() {
        return false;
    }
    if is_titled_text(element) {
        return true;
    }
    let has_child = |names: &[&str]| {
        element.children().any(|child| names.contains(&key_of(child).as_str()) && value_of(child).is_some())
    };
    let (has_text, has_short_text) = (has_child(TEXTS), has_child(SHORT_TEXTS));
    if !has_text && !has_short_text {
        return false;
    }
    let fields = fields(element);
    let has = |names: &[&str]| fields.keys().any(|key| names.contains(&normalized(key).as_str()));
    if has_text { has(TITLES) || has(DATES) } else { has(TITLES) && has(DATES) }
}

/// Whether an element has its fields as attributes, and is its text:
/// `<doc id="7" title="Blue Moon">`.
fn is_titled_text(element: Element<'_>) -> bool {
    let names = ["doc", "document", "article", "story", "item", "record", "page", "news", "entry"];
    element.has_text() && names.contains(&element.name()) && TITLES.iter().any(|name| element.attr(name).is_some())
}

/// The fields of a record: its attributes, its elements, and those of elements that
/// only group others.
pub(super) fn fields(record: Element<'_>) -> Map<String, Value> {
    let mut fields = Map::new();
    if is_titled_text(record) {
        fields.insert("text".to_owned(), paragraphs(record).into());
    }
    let mut waiting: Vec<(Element<'_>, usize)> = vec![(record, 0)];
    while let Some((group, depth)) = waiting.pop() {
        let mut groups = Vec::new();
        for child in group.children() {
            let key = written_key(child);
            if depth < MAX_FIELD_DEPTH && is_group(child) {
                groups.push((child, depth + 1));
            } else if let Some(value) = value_of(child) {
                add(&mut fields, key, value);
            }
        }
        for (key, value) in group.attributes() {
            if depth == 0 && !key.starts_with("xmlns") && !value.is_empty() && !fields.contains_key(key) {
                fields.insert(key.clone(), value.clone().into());
            }
        }
        // What stands in front is taken first.
        groups.reverse();
        waiting.extend(groups);
    }
    fields
}

/// Adds a value; several of one name are a list.
fn add(fields: &mut Map<String, Value>, key: String, value: Value) {
    match fields.get_mut(&key) {
        None => drop(fields.insert(key, value)),
        Some(Value::Array(values)) => values.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}

/// Whether an element only groups fields: it has elements, no text beside them, is no
/// text of an article, and they have several names.
fn is_group(element: Element<'_>) -> bool {
    let key = key_of(element);
    if element.has_text() || TEXTS.contains(&key.as_str()) || SHORT_TEXTS.contains(&key.as_str()) {
        return false;
    }
    let mut names: Vec<String> = element.children().map(key_of).collect();
    names.sort_unstable();
    names.dedup();
    let is_inner = |child: Element<'_>| is_known(&key_of(child)) || child.children().next().is_some();
    match names.as_slice() {
        // A person has a name and perhaps an address.
        names if names.iter().any(|name| name == "name") => false,
        [_] => element.children().count() == 1 && element.children().all(is_inner),
        names => names.len() > 1,
    }
}

fn is_known(key: &str) -> bool {
    [TEXTS, SHORT_TEXTS, TITLES, DATES].iter().any(|names| names.contains(&key))
}

/// The value of a field: a list where the element holds several of one name, the name
/// of a person, else the text.
fn value_of(element: Element<'_>) -> Option<Value> {
    let key = key_of(element);
    if TEXTS.contains(&key.as_str()) || SHORT_TEXTS.contains(&key.as_str()) {
        return Some(paragraphs(element)).filter(|text| !text.trim().is_empty()).map(Value::from);
    }
    if let Some(name) = element.child("name") {
        return line(name).map(Value::from);
    }
    let children: Vec<_> = element.children().collect();
    let is_list =
        !children.is_empty() && !element.has_text() && children.iter().all(|child| child.name() == children[0].name());
    if is_list && !matches!(children[0].name(), "p" | "para" | "br") {
        let values: Vec<Value> = children.iter().filter_map(|child| value_of_item(*child)).collect();
        return (!values.is_empty()).then_some(Value::Array(values));
    }
    let stated = || ["content", "value", "href", "url"].iter().find_map(|name| element.attr(name)).map(str::to_owned);
    line(element).or_else(stated).map(Value::from)
}

fn value_of_item(element: Element<'_>) -> Option<Value> {
    element.child("name").and_then(line).or_else(|| line(element)).map(Value::from)
}

/// The name of a field: of the element, or, as in `<field name="title">`, of its
/// attribute.
fn written_key(element: Element<'_>) -> String {
    let by_attribute = matches!(
        element.name(),
        "field" | "str" | "arr" | "date" | "int" | "long" | "meta" | "property" | "column" | "value"
    );
    let attribute = element.attr("name").or_else(|| element.attr("property")).filter(|_| by_attribute);
    attribute.unwrap_or(element.name()).to_owned()
}

fn key_of(element: Element<'_>) -> String {
    normalized(&written_key(element))
}

fn normalized(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
