//! JSON objects, and other key-value records.

use serde_json::{Map, Value};

use crate::article::Article;

use super::ExtractErrorKind;
use super::fields::{self, Field};
use super::map::FieldMap;
use super::markup;

pub(super) fn extract(text: &str, keys: &FieldMap) -> Result<Article, ExtractErrorKind> {
    match serde_json::from_str(text)? {
        Value::Object(map) => {
            let mut article = Article::default();
            let body = set_fields(&mut article, &map, keys);
            let title = std::mem::take(&mut article.title);
            fields::set_text(&mut article, &title, &body);
            Ok(article)
        }
        _ => Err(ExtractErrorKind::NotAnObject),
    }
}

/// Sets every known field but the text, which it returns.
pub(super) fn set_fields(article: &mut Article, map: &Map<String, Value>, keys: &FieldMap) -> String {
    let mut known: Vec<(Field, usize, String)> = map
        .iter()
        .filter_map(|(key, value)| {
            let (field, rank) = fields::field_named(key).filter(|(field, _)| !keys.has(*field))?;
            Some((field, rank, plain_value(value, field)))
        })
        .chain(keys.values(map).map(|(field, value)| (field, 0, plain_value(value, field))))
        .filter(|(_, _, value)| !value.trim().is_empty())
        .collect();
    // The best-ranked name of each field that has a value.
    known.sort_by_key(|(field, rank, _)| (*field as usize, *rank));
    known.dedup_by_key(|(field, ..)| *field as usize);
    let mut body = String::new();
    for (field, _, value) in known {
        match field {
            Field::Title => article.title = unmarked(value).split_whitespace().collect::<Vec<_>>().join(" "),
            Field::Text => body = unmarked(value),
            _ => fields::set(article, field, &value),
        }
    }
    body
}

/// A text that content systems and feeds may write in HTML.
fn unmarked(text: String) -> String {
    if markup::is_markup(&text) { markup::plain_text(&text) } else { text }
}

/// A value as text: lists joined, objects by their `name`.
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
    use super::*;

    #[test]
    fn common_keys_are_known() {
        let a = extract(
            r#"{"headline":"A  B","short_description":"C","authors":"X, Y","link":"u","category":"S","_id":7}"#,
            &FieldMap::default(),
        )
        .expect("an article");
        assert_eq!((a.title.as_str(), a.text.as_str(), a.id.as_str()), ("A B", "A B\n\nC", "7"));
        assert_eq!(a.body.of(&a.text), "C");
        assert_eq!(a.authors, ["X", "Y"]);
        assert_eq!((a.url.as_deref(), a.section.as_deref()), (Some("u"), Some("S")));
    }

    #[test]
    fn text_goes_before_summary_and_bad_json_is_named() {
        let a = extract(r#"{"summary":"short","text":["one","two"],"title":""}"#, &FieldMap::default())
            .expect("an article");
        assert_eq!(a.text, "one\n\ntwo");
        assert!(matches!(extract("[1]", &FieldMap::default()), Err(ExtractErrorKind::NotAnObject)));
        assert!(matches!(extract(r#"{"text":"\ud800"}"#, &FieldMap::default()), Err(ExtractErrorKind::Json(_))));
    }

    #[test]
    fn mapped_keys_count_alone_and_markup_goes() {
        let keys: FieldMap = "title=post.head,text=post.html".parse().expect("a map");
        let text = r#"{"title":"site","post":{"head":"Dune opens","html":"<p>It <b>opens</b>.</p><p>Now.</p>"}}"#;
        let a = extract(text, &keys).expect("an article");
        assert_eq!(a.text, "Dune opens\n\nIt opens.\n\nNow.");
        assert!("title".parse::<FieldMap>().is_err() && "mood=x".parse::<FieldMap>().is_err());
    }
}
