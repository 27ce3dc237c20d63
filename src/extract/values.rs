//! The values of fields, which records have as strings, lists or objects.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::field_names::Field;

use super::blocks::{member, text_of};
use super::date::date_text;
use super::markup::field_text;

/// A value as text. Of lists the first is taken, all authors, and all of a text; of
/// objects the member that says what the field asks for. Empty if there is none.
pub(super) fn plain_value(value: &Value, field: Field) -> String {
    if matches!(field, Field::Date | Field::Modified)
        && let Some(text) = date_text(value)
    {
        return text;
    }
    match value {
        Value::String(text) => string_value(text, field),
        Value::Number(number) if is_number(field) => number.to_string(),
        Value::Array(_) | Value::Object(_) if field == Field::Text => text_of(value),
        Value::Array(items) if field == Field::Authors => {
            let names = items.iter().map(|item| plain_value(item, field)).filter(|name| !name.trim().is_empty());
            names.collect::<Vec<_>>().join("; ")
        }
        Value::Array(items) => {
            let main = items.iter().find(|item| item.get("role").and_then(Value::as_str) == Some("main"));
            let values = main.into_iter().chain(items).map(|item| plain_value(item, field));
            values.into_iter().find(|value| !value.trim().is_empty()).unwrap_or_default()
        }
        Value::Object(map) => object_value(map, field),
        Value::Null | Value::Bool(_) | Value::Number(_) => String::new(),
    }
}

fn string_value(text: &str, field: Field) -> String {
    let text: Cow<'_, str> = match field {
        Field::Id => text.into(),
        Field::Text => return text_of(&Value::String(text.to_owned())),
        _ => field_text(text),
    };
    match field {
        Field::Id | Field::Text => text.into_owned(),
        _ => text.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// Whether a number can be the value of a field. Numbers of people, sources and sections
/// refer to another table.
fn is_number(field: Field) -> bool {
    !matches!(field, Field::Authors | Field::Source | Field::Section | Field::Url)
}

/// Members of an object that give the value of a field, in lower case, letters and
/// digits only; the first that there is counts.
fn members_of(field: Field) -> &'static [&'static str] {
    match field {
        Field::Title => {
            &["rendered", "main", "basic", "value", "text", "default", "title", "headline", "name", "content"]
        }
        Field::Authors => &[
            "name",
            "displayname",
            "fullname",
            "original",
            "by",
            "authors",
            "author",
            "person",
            "label",
            "value",
            "text",
            "rendered",
        ],
        Field::Source => {
            &["name", "title", "displayname", "domain", "hostname", "host", "value", "text", "uri", "url", "href", "id"]
        }
        Field::Url => &["href", "url", "value", "text", "rendered", "canonical", "id"],
        Field::Section => &["name", "title", "value", "label", "text", "rendered", "slug"],
        Field::Date | Field::Modified => &[
            "date",
            "numberlong",
            "value",
            "datetime",
            "iso",
            "utc",
            "text",
            "rendered",
            "timestamp",
            "published",
            "original",
        ],
        Field::Id => &["oid", "value", "rendered", "text", "id"],
        Field::Text | Field::Tags => &[],
    }
}

fn object_value(map: &Map<String, Value>, field: Field) -> String {
    if field == Field::Authors
        && let Some(name) = name_of_parts(map)
    {
        return name;
    }
    let found = members_of(field).iter().find_map(|name| {
        let value = plain_value(member(map, name)?, field);
        (!value.trim().is_empty()).then_some(value)
    });
    // A language: `{"en": "A film"}`.
    found
        .or_else(|| map.values().next().filter(|_| map.len() == 1).map(|value| plain_value(value, field)))
        .unwrap_or_default()
}

/// A name whose parts are members of their own.
fn name_of_parts(map: &Map<String, Value>) -> Option<String> {
    let part =
        |names: &[&str]| names.iter().find_map(|name| member(map, name)?.as_str().filter(|text| !text.is_empty()));
    let given = part(&["given", "givenname", "firstname", "first", "forename"]);
    let family = part(&["family", "familyname", "lastname", "last", "surname"])?;
    let whole = part(&["name", "displayname", "fullname", "original"]);
    let middle = part(&["middlename", "middle"]);
    let parts: Vec<&str> = [given, middle, Some(family)].into_iter().flatten().collect();
    Some(whole.map_or_else(|| parts.join(" "), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(field: Field, json: &str, expected: &str) {
        let value: Value = serde_json::from_str(json).expect("JSON");
        assert_eq!(plain_value(&value, field), expected, "{json}");
    }

    #[test]
    fn titles() {
        check(Field::Title, r#""Tom &amp; Jerry&#8217;s  <i>film</i>""#, "Tom & Jerry’s film");
        check(Field::Title, r#"{"main":"Ada sings","kicker":"Film"}"#, "Ada sings");
        check(Field::Title, r#"[{"role":"short","value":"Ada"},{"role":"main","value":"Ada sings"}]"#, "Ada sings");
        check(Field::Title, r#"{"en-US":"Ada sings"}"#, "Ada sings");
        check(Field::Title, r#"["Ada sings","Ada"]"#, "Ada sings");
        check(Field::Title, "1984", "1984");
    }

    #[test]
    fn people() {
        check(Field::Authors, r#"[{"name":"Ada Lee"},"Bo Ray",7,{"displayName":"Cy Fox"}]"#, "Ada Lee; Bo Ray; Cy Fox");
        check(Field::Authors, r#"{"given":"Ada","family":"Lee"}"#, "Ada Lee");
        check(Field::Authors, r#"[{"firstname":"Ada","middlename":"B.","lastname":"Lee"}]"#, "Ada B. Lee");
        check(Field::Authors, r#"{"original":"By Ada Lee","person":[{"firstname":"Ada"}]}"#, "By Ada Lee");
        check(Field::Authors, r#"{"by":[{"name":"Ada Lee"}]}"#, "Ada Lee");
        check(Field::Authors, "12", "");
    }

    #[test]
    fn others() {
        check(Field::Source, r#"{"id":"reel","name":"Reel Times"}"#, "Reel Times");
        check(Field::Source, r#"{"uri":"reel.example"}"#, "reel.example");
        check(
            Field::Url,
            r#"[{"href":"https://reel.example/a?b=1&amp;c","type":"text/html"}]"#,
            "https://reel.example/a?b=1&c",
        );
        check(Field::Section, r#"["Film","TV"]"#, "Film");
        check(Field::Section, "[3, 7]", "");
        check(Field::Date, r#"{"$date":{"$numberLong":"1551776400000"}}"#, "2019-03-05T09:00:00Z");
        check(Field::Date, r#"{"$date":"2019-03-05T10:00:00Z"}"#, "2019-03-05T10:00:00Z");
        check(Field::Id, r#"{"$oid":"5f"}"#, "5f");
        check(Field::Id, r#"{"rendered":"https://reel.example/?p=1"}"#, "https://reel.example/?p=1");
    }
}
