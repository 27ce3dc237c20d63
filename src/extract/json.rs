//! JSON objects, and other records with named fields.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::article::Article;

use super::article_fields::{set, set_text};
#[cfg(feature = "pages")]
use super::dom::plain_text;
use super::error::ExtractErrorKind;
use super::field_map::FieldMap;
use super::field_names::{Field, field_named};
use super::markup::is_markup;
#[cfg(not(feature = "pages"))]
use super::markup::plain_text;
use super::tags;

/// Takes the text, so that a long one is not kept beside its copies.
pub(super) fn extract(text: String, keys: &FieldMap) -> Result<Article, ExtractErrorKind> {
    let Value::Object(map) = serde_json::from_str(&text)? else { return Err(ExtractErrorKind::NotAnObject) };
    // A number beyond 64 bits is rounded.
    let is_rounded = keys.key(Field::Id).is_some() || map.values().any(Value::is_f64);
    let long_id = if is_rounded { long_id(&text, keys).map(str::to_owned) } else { None };
    drop(text);
    let mut article = Article::default();
    let body = set_fields(&mut article, &map, keys);
    drop(map);
    if let Some(digits) = long_id.filter(|_| article.id.contains('e')) {
        article.id = digits;
    }
    let title = std::mem::take(&mut article.title);
    set_text(&mut article, &title, &body);
    Ok(article)
}

/// The digits of an id that is a number of more digits than the parser keeps.
fn long_id<'t>(text: &'t str, keys: &FieldMap) -> Option<&'t str> {
    let object: RawObject<'t> = serde_json::from_str(text).ok()?;
    let raw = match keys.key(Field::Id) {
        Some(key) => raw_at(&object, key)?,
        None => {
            let ids = object.iter().filter_map(|(key, raw)| match field_named(key)? {
                (Field::Id, rank) => Some((rank, *raw)),
                _ => None,
            });
            ids.min_by_key(|(rank, _)| *rank)?.1
        }
    };
    let digits = raw.get();
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(digits)
}

type RawObject<'t> = BTreeMap<String, &'t RawValue>;

/// The value under a key, or under a path of keys joined by dots.
fn raw_at<'t>(object: &RawObject<'t>, key: &str) -> Option<&'t RawValue> {
    if let Some(raw) = object.get(key) {
        return Some(raw);
    }
    let (first, rest) = key.split_once('.')?;
    raw_at(&serde_json::from_str(object.get(first)?.get()).ok()?, rest)
}

/// Sets every known field except the text, which it returns.
pub(super) fn set_fields(article: &mut Article, map: &Map<String, Value>, keys: &FieldMap) -> String {
    set_tags(article, map, keys);
    article.fields = keys.user_values(map);
    let mut known: Vec<(Field, usize, String)> = map
        .iter()
        .filter_map(|(key, value)| {
            let (field, rank) = field_named(key).filter(|(field, _)| !keys.has(*field))?;
            Some((field, rank, plain_value(value, field)))
        })
        .chain(keys.values(map).map(|(field, value)| (field, 0, plain_value(value, field))))
        .filter(|(field, _, value)| *field != Field::Tags && !value.trim().is_empty())
        .collect();
    // Keep the best-ranked name of each field.
    known.sort_by_key(|(field, rank, _)| (*field as usize, *rank));
    known.dedup_by_key(|(field, ..)| *field as usize);
    let mut body = String::new();
    for (field, _, value) in known {
        match field {
            Field::Title => article.title = strip_markup(value).split_whitespace().collect::<Vec<_>>().join(" "),
            Field::Text => body = strip_markup(value),
            _ => set(article, field, &value),
        }
    }
    body
}

/// Sets the tags: those under all names of them, since systems part keywords, topics and
/// categories. A list under `subject`, which else is a title, is one of tags. The first of
/// the categories is the section where none is named, as in feeds.
fn set_tags(article: &mut Article, map: &Map<String, Value>, keys: &FieldMap) {
    if keys.has(Field::Tags) {
        let mapped = keys.values(map).filter(|(field, _)| *field == Field::Tags);
        mapped.for_each(|(_, value)| tags::add(&mut article.tags, tags::of(value)));
        return;
    }
    let mut found: Vec<(usize, &String, &Value)> = map
        .iter()
        .filter_map(|(key, value)| match field_named(key)? {
            (Field::Tags, rank) => Some((rank, key, value)),
            (Field::Title, _) if value.is_array() => Some((usize::MAX, key, value)),
            _ => None,
        })
        .collect();
    found.sort_by_key(|(rank, ..)| *rank);
    for (_, key, value) in found {
        let tags = tags::of(value);
        if key.eq_ignore_ascii_case("categories") && !keys.has(Field::Section) {
            let mut first = Vec::new();
            tags::add(&mut first, tags.iter().cloned());
            article.section = first.into_iter().next();
        }
        tags::add(&mut article.tags, tags);
    }
}

/// Plain text of a value that may contain HTML, as in content systems and feeds.
fn strip_markup(text: String) -> String {
    if is_markup(&text) { plain_text(&text) } else { text }
}

/// A value as text: lists are joined, objects give their `name` or `rendered`.
fn plain_value(value: &Value, field: Field) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => {
            let separator = if field == Field::Text { "\n\n" } else { "; " };
            items.iter().map(|item| plain_value(item, field)).collect::<Vec<_>>().join(separator)
        }
        Value::Object(map) => {
            map.get("name").or(map.get("rendered")).map_or_else(String::new, |name| plain_value(name, field))
        }
        Value::Null | Value::Bool(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::article::UserFields;

    use super::*;

    fn article(text: &str, keys: &str) -> Article {
        extract(text.to_owned(), &keys.parse().expect("a map")).expect("an article")
    }

    fn check(text: &str, keys: &str, expected: &str) {
        assert_eq!(article(text, keys).text, expected, "{text}");
    }

    #[test]
    fn common_keys_are_known() {
        let text = r#"{"headline":"A  B","short_description":"C","authors":"X, Y","link":"u","category":"S","_id":7}"#;
        let a = article(text, "");
        assert_eq!((a.title.as_str(), a.text.as_str(), a.id.as_str()), ("A B", "A B\n\nC", "7"));
        assert_eq!(a.body.of(&a.text), "C");
        assert_eq!(a.authors, ["X", "Y"]);
        assert_eq!((a.url.as_deref(), a.section.as_deref()), (Some("u"), Some("S")));
    }

    #[test]
    fn values_of_any_type() {
        check(r#"{"summary":"short","text":["one","two"],"title":""}"#, "", "one\n\ntwo");
        check(r#"{"title":{"rendered":"A"},"text":{"name":"B"}}"#, "", "A\n\nB");
        check(r#"{"title":null,"headline":"A","text":true,"body":12}"#, "", "A\n\n12");
        let authors = article(r#"{"title":"A","authors":[{"name":"Ann Lee"},"Bo Ray"]}"#, "").authors;
        assert_eq!(authors, ["Ann Lee", "Bo Ray"]);
    }

    #[test]
    fn mapped_keys_replace_the_common_ones_and_markup_is_stripped() {
        let text = r#"{"title":"site","post":{"head":"Dune opens","html":"<p>It <b>opens</b>.</p>"}}"#;
        check(text, "title=post.head,text=post.html", "Dune opens\n\nIt opens.");
        check(r#"{"title":"A","text":"1 < 2"}"#, "text=body", "A");
    }

    #[test]
    fn tags_are_under_several_keys() {
        let check = |text: &str, keys: &str, tags: &[&str], section: Option<&str>| {
            let article = article(text, keys);
            assert_eq!(
                (&article.tags[..], article.section.as_deref()),
                (&tags.iter().map(ToString::to_string).collect::<Vec<_>>()[..], section),
                "{text}"
            );
        };
        check(r#"{"title":"A","tags":["Film"],"keywords":"film noir, Film"}"#, "", &["Film", "film noir"], None);
        check(r#"{"title":"A","categories":["Film","TV"]}"#, "", &["Film", "TV"], Some("Film"));
        check(r#"{"title":"A","section":"Arts","categories":[{"name":"Film"}]}"#, "", &["Film"], Some("Arts"));
        check(r#"{"title":"A","categories":[4, 9],"tags":[12]}"#, "", &[], None);
        check(r#"{"headline":"A","subject":[{"name":"arts"}]}"#, "", &["arts"], None);
        check(r#"{"title":"A","tags":["no"],"meta":{"kw":"a; b"}}"#, "tags=meta.kw", &["a", "b"], None);
    }

    #[test]
    fn fields_of_the_user_are_kept() {
        let fields =
            UserFields::new(["desk=meta.desk", "rating", "empty=x"].map(|text| text.parse().expect("a field")));
        let keys = FieldMap::default().with_fields(fields.expect("fields"));
        let text = r#"{"title":"A","meta":{"desk":[" Sports ","Film, TV"]},"rating":4.5,"x":null}"#;
        let article = extract(text.to_owned(), &keys).expect("an article");
        let found: Vec<(&str, &[String])> = article.fields.iter().map(|(name, v)| (name.as_str(), &v[..])).collect();
        assert_eq!(
            found,
            [("desk", &["Sports".to_owned(), "Film, TV".to_owned()][..]), ("rating", &["4.5".to_owned()])]
        );
    }

    #[test]
    fn long_numbers_keep_their_digits() {
        let check = |text: &str, keys: &str, expected: &str| assert_eq!(article(text, keys).id, expected, "{text}");
        check(r#"{"id":123456789012345678901234,"title":"A"}"#, "", "123456789012345678901234");
        check(r#"{"id":"1e5","title":"A"}"#, "", "1e5");
        check(r#"{"id":1e25,"title":"A"}"#, "", "1e+25");
        check(r#"{"a":{"n":123456789012345678901235},"title":"A"}"#, "id=a.n", "123456789012345678901235");
        check(r#"{"id":18446744073709551615,"title":"A"}"#, "", "18446744073709551615");
    }

    #[test]
    fn only_objects_are_articles() {
        let extract = |text: &str| extract(text.to_owned(), &FieldMap::default());
        assert!(matches!(extract("[1]"), Err(ExtractErrorKind::NotAnObject)));
        assert!(matches!(extract(r#"{"text":"\ud800"}"#), Err(ExtractErrorKind::Json(_))));
    }
}
