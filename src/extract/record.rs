//! The fields of a record: which of its keys count, and what is read from them.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::article::Article;
use crate::field_names::{Field, WRAPPERS, field_named, is_summary, normalized};

use super::article_fields::set;
use super::field_map::FieldMap;
use super::identity::host;
use super::tags;
use super::values::plain_value;

/// How deep in objects fields are looked for.
const MAX_DEPTH: usize = 4;
/// Of several texts a longer one counts if it is this much longer than one whose name
/// comes first, in percent: markup makes two forms of one text differ by less.
const LONGER: usize = 125;

/// A value that may be that of a field.
struct Candidate<'v> {
    field: Field,
    /// Objects around it.
    depth: usize,
    rank: usize,
    key: &'v str,
    value: Cow<'v, Value>,
}

/// Sets every known field except the text, which it returns.
pub(super) fn set_fields(article: &mut Article, map: &Map<String, Value>, keys: &FieldMap) -> String {
    article.fields = keys.user_values(map);
    let mut found = candidates(map, keys);
    found.sort_by_key(|candidate| (candidate.field as usize, candidate.depth, candidate.rank));
    let mut page = None;
    let mut body = String::new();
    for group in found.chunk_by(|a, b| a.field == b.field) {
        match group[0].field {
            Field::Text if keys.has(Field::Text) => body = first_value(group),
            Field::Text => (body, page) = text(group),
            Field::Tags => set_tags(article, group, keys),
            field => {
                let value = best_value(field, group);
                if field == Field::Title {
                    article.title = value;
                } else {
                    set(article, field, &value);
                }
            }
        }
    }
    if article.title.is_empty() && article.published.is_some() && !keys.has(Field::Title) {
        article.title = map.get("name").map(|name| plain_value(name, Field::Title)).unwrap_or_default();
    }
    match page {
        Some(page) if body.is_empty() => page_text(article, page),
        _ => body,
    }
}

/// Sets the tags: those under all names of them, since systems part keywords, topics and
/// categories. The first of the categories is the section where none is named, as in feeds.
fn set_tags(article: &mut Article, group: &[Candidate<'_>], keys: &FieldMap) {
    for one in group {
        let tags = tags::of(&one.value);
        if normalized(one.key) == "categories" && article.section.is_none() && !keys.has(Field::Section) {
            let mut first = Vec::new();
            tags::add(&mut first, tags.iter().cloned());
            article.section = first.into_iter().next();
        }
        tags::add(&mut article.tags, tags);
    }
}

/// The values under known keys, and under those of the user.
fn candidates<'v>(map: &'v Map<String, Value>, keys: &'v FieldMap) -> Vec<Candidate<'v>> {
    let mut found = Vec::new();
    gather(map, 0, &mut found);
    found.retain(|candidate| !keys.has(candidate.field));
    let mapped = keys.values(map).map(|(field, value)| Candidate { field, depth: 0, rank: 0, key: "", value });
    found.extend(mapped);
    found
}

fn gather<'v>(map: &'v Map<String, Value>, depth: usize, found: &mut Vec<Candidate<'v>>) {
    let start = found.len();
    let mut within = Vec::new();
    for (key, value) in map {
        match (field_named(key), value) {
            (Some((Field::Text, _)), Value::Object(inner)) if has_title(inner) => within.push((key, inner)),
            (_, Value::Object(inner)) if key == "_source" => within.push((key, inner)),
            (None, Value::Object(inner)) => within.push((key, inner)),
            // Topics, where it is a list.
            (Some(_), Value::Array(_) | Value::Object(_)) if normalized(key) == "subject" => {
                let (field, rank, value) = (Field::Tags, usize::MAX, Cow::Borrowed(value));
                found.push(Candidate { field, depth, rank, key, value });
            }
            (Some((field, rank)), value) if !is_blank(value) => {
                found.push(Candidate { field, depth, rank, key, value: Cow::Borrowed(value) });
            }
            _ => {}
        }
    }
    if depth == MAX_DEPTH {
        return;
    }
    let is_article = found[start..].iter().any(|one| matches!(one.field, Field::Title | Field::Text));
    for (key, inner) in within {
        if !is_article || key == "_source" || WRAPPERS.contains(&normalized(key).as_str()) {
            gather(inner, depth + 1, found);
        }
    }
}

fn has_title(map: &Map<String, Value>) -> bool {
    map.iter().any(|(key, value)| matches!(field_named(key), Some((Field::Title, _))) && !is_blank(value))
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Number(_) => false,
    }
}

fn first_value(group: &[Candidate<'_>]) -> String {
    let values = group.iter().map(|candidate| plain_value(&candidate.value, candidate.field));
    values.into_iter().find(|value| !value.trim().is_empty()).unwrap_or_default()
}

/// The value of a field other than the text: the first that is not blank. A source that
/// is an address counts by its host, and last.
fn best_value(field: Field, group: &[Candidate<'_>]) -> String {
    if field != Field::Source {
        return first_value(group);
    }
    let values =
        || group.iter().map(|candidate| plain_value(&candidate.value, field)).filter(|value| !value.is_empty());
    let name = values().find(|value| !is_address(value));
    name.or_else(|| values().find_map(|value| host(&value))).unwrap_or_default()
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// The text, and the page that is under one of its keys. The longest text counts, and
/// summaries only where there is no other; values without a space may be names or
/// addresses and count last.
fn text<'g>(group: &'g [Candidate<'_>]) -> (String, Option<&'g str>) {
    let mut best: Option<(usize, String)> = None;
    let mut page = None;
    for candidate in group {
        if let Some(html) = candidate.value.as_str().filter(|text| candidate.is_html() && is_page(text)) {
            page.get_or_insert(html);
            continue;
        }
        let value = plain_value(&candidate.value, Field::Text);
        if value.trim().is_empty() {
            continue;
        }
        let class = match value.trim().contains(char::is_whitespace) || !value.is_ascii() {
            false => 2,
            true if is_summary(candidate.rank) => 1,
            true => 0,
        };
        let is_better = best.as_ref().is_none_or(|(best_class, best)| {
            class < *best_class || class == *best_class && value.len() * 100 > best.len() * LONGER
        });
        if is_better {
            best = Some((class, value));
        }
    }
    let page = page.filter(|_| best.as_ref().is_none_or(|(class, _)| *class > 0));
    match best {
        Some((_, text)) if page.is_none() => (text, None),
        _ => (String::new(), page),
    }
}

impl Candidate<'_> {
    fn is_html(&self) -> bool {
        normalized(self.key).contains("html")
    }
}

/// Whether a text is a whole web page.
fn is_page(text: &str) -> bool {
    let start = text.trim_start();
    ["<!doctype html", "<html"]
        .iter()
        .any(|tag| start.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))
}

/// The main text of a page that a record holds; what the record does not say is taken
/// from the page too.
fn page_text(article: &mut Article, html: &str) -> String {
    let Ok(page) = super::extract_page(html, article.url.clone()) else { return String::new() };
    let body = page.body.of(&page.text).to_owned();
    if article.title.is_empty() {
        article.title = page.title;
    }
    if article.authors.is_empty() {
        article.authors = page.authors;
    }
    article.published = article.published.take().or(page.published);
    article.modified = article.modified.take().or(page.modified);
    article.source = article.source.take().or(page.source);
    article.url = article.url.take().or(page.url);
    article.section = article.section.take().or(page.section);
    body
}
