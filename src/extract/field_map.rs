//! Field keys given by the user: `title=headline,text=body.html`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::str::FromStr;

use serde_json::{Map, Value};

use crate::article::{FieldName, UserFields};
use crate::field_names::{Field, field_named};

use super::tags;

/// Which keys of a record hold which fields. A field that is named here is read
/// from these keys only. Beside them it may keep [`UserFields`].
///
/// A key may be a path: `byline.person[0].name`, `blocks[].text` for all items of a list
/// (also written `blocks[*].text` or `blocks.text`).
///
/// ```
/// use newsearch::FieldMap;
/// assert!("title=headline,text=content.rendered,author=people[0].name".parse::<FieldMap>().is_ok());
/// assert!("color=red".parse::<FieldMap>().is_err());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldMap(Vec<(Field, String)>, UserFields);

impl FieldMap {
    /// Whether the user named keys of a field.
    pub(super) fn has(&self, field: Field) -> bool {
        self.0.iter().any(|(known, _)| *known == field)
    }

    /// The key that the user named for a field.
    pub(super) fn key(&self, field: Field) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == field).map(|(_, key)| key.as_str())
    }

    /// The same map, which also keeps the values of these fields.
    pub(super) fn with_fields(self, fields: UserFields) -> Self {
        Self(self.0, fields)
    }

    /// The fields of the user.
    pub(super) fn fields(&self) -> &UserFields {
        &self.1
    }

    /// The values of the user's fields in a record, where it has any.
    pub(super) fn user_values(&self, record: &Map<String, Value>) -> BTreeMap<FieldName, Vec<String>> {
        let values = |key: &str| {
            let found = value_at(record, key)?;
            Some(tags::values_of(&found)).filter(|values| !values.is_empty())
        };
        self.1.iter().filter_map(|field| Some((field.name, values(&field.key)?))).collect()
    }

    /// The fields of a record that are under the named keys.
    pub(super) fn values<'v>(
        &'v self,
        record: &'v Map<String, Value>,
    ) -> impl Iterator<Item = (Field, Cow<'v, Value>)> {
        self.0.iter().filter_map(move |(field, key)| Some((*field, value_at(record, key)?)))
    }
}

/// The value at a path. Where it leads over the items of a list, the value is a list too.
fn value_at<'v>(record: &'v Map<String, Value>, path: &str) -> Option<Cow<'v, Value>> {
    let found = match record.get(path) {
        Some(value) => vec![value],
        None => values_at(record, path),
    };
    match found.as_slice() {
        [] => None,
        [value] => Some(Cow::Borrowed(*value)),
        values => Some(Cow::Owned(values.iter().map(|value| (*value).clone()).collect())),
    }
}

/// The values at a path: keys joined by dots, `[0]` for an item of a list, `[-1]` for the
/// last one, `[]` or `[*]` for all of them. A key behind a list is that of its items.
fn values_at<'v>(record: &'v Map<String, Value>, path: &str) -> Vec<&'v Value> {
    let path = path.strip_prefix('$').unwrap_or(path);
    let mut found = Vec::new();
    follow_key(record, path.strip_prefix('.').unwrap_or(path), &mut found);
    found
}

fn follow_key<'v>(map: &'v Map<String, Value>, path: &str, found: &mut Vec<&'v Value>) {
    if let Some((key, rest)) = quoted_key(path) {
        if let Some(value) = map.get(key) {
            follow(value, rest, found);
        }
        return;
    }
    // A key may have dots and brackets itself.
    if let Some(value) = map.get(path) {
        return found.push(value);
    }
    let end = path.find(['.', '[']).unwrap_or(path.len());
    if let Some(value) = map.get(&path[..end]) {
        follow(value, &path[end..], found);
    }
}

fn follow<'v>(value: &'v Value, path: &str, found: &mut Vec<&'v Value>) {
    if path.is_empty() {
        return found.push(value);
    }
    match value {
        Value::Object(map) => follow_key(map, path.strip_prefix('.').unwrap_or(path), found),
        Value::Array(items) => match index(path) {
            Some((Some(at), rest)) => {
                let at = usize::try_from(at).ok().or_else(|| items.len().checked_sub(at.unsigned_abs()));
                if let Some(item) = at.and_then(|at| items.get(at)) {
                    follow(item, rest, found);
                }
            }
            Some((None, rest)) => items.iter().for_each(|item| follow(item, rest, found)),
            None => items.iter().filter(|item| item.is_object()).for_each(|item| follow(item, path, found)),
        },
        _ => {}
    }
}

/// The number between the brackets that a path starts with, `None` for all items, and
/// what follows.
fn index(path: &str) -> Option<(Option<isize>, &str)> {
    let (inside, rest) = path.strip_prefix('[')?.split_once(']')?;
    match inside {
        "" | "*" => Some((None, rest)),
        number => Some((Some(number.parse().ok()?), rest)),
    }
}

/// The key of `["a.b"]` at the start of a path, and what follows.
fn quoted_key(path: &str) -> Option<(&str, &str)> {
    [("[\"", "\"]"), ("['", "']")].iter().find_map(|(open, close)| path.strip_prefix(open)?.split_once(close))
}

/// What is wrong with the brackets of a path.
fn check_brackets(path: &str) -> Result<(), String> {
    let mut rest = path;
    while let Some(at) = rest.find('[') {
        let tail = &rest[at..];
        rest = match (index(tail), quoted_key(tail)) {
            (Some((_, rest)), _) | (None, Some((_, rest))) => rest,
            (None, None) => return Err(format!("{path:?}: expected [0], [-1], [] or [\"key\"] after a key")),
        };
    }
    Ok(())
}

impl FromStr for FieldMap {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let pairs = text.split(',').map(str::trim).filter(|pair| !pair.is_empty());
        let pair = |pair: &str| {
            let (field, key) = pair.split_once('=').ok_or_else(|| format!("{pair:?}: expected FIELD=KEY"))?;
            let (known, _) = field_named(field.trim()).ok_or_else(|| {
                format!("{field:?}: expected title, text, date, modified, source, url, author, section, tags or id")
            })?;
            check_brackets(key.trim())?;
            Ok((known, key.trim().to_owned()))
        };
        pairs.map(pair).collect::<Result<_, String>>().map(|known| Self(known, UserFields::default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(map: &str, record: &str, expected: &[(Field, &str)]) {
        let map: FieldMap = map.parse().expect("a map");
        let record: Map<String, Value> = serde_json::from_str(record).expect("an object");
        let text = |value: Cow<'_, Value>| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let found: Vec<_> = map.values(&record).map(|(field, value)| (field, text(value))).collect();
        let expected: Vec<_> = expected.iter().map(|(field, value)| (*field, (*value).to_owned())).collect();
        assert_eq!(found, expected, "{record:?}");
    }

    #[test]
    fn keys_and_paths() {
        check("title=head", r#"{"head":"A","title":"B"}"#, &[(Field::Title, "A")]);
        check(" text = a.b.c , ", r#"{"a":{"b":{"c":"A"}}}"#, &[(Field::Text, "A")]);
        check("text=a.b", r#"{"a.b":"A","a":{"b":"B"}}"#, &[(Field::Text, "A")]);
        check("text=a.b", r#"{"a":"A"}"#, &[]);
        check("headline=x,url=y", r#"{"x":"A","y":"B"}"#, &[(Field::Title, "A"), (Field::Url, "B")]);
        check("", r#"{"title":"A"}"#, &[]);
    }

    #[test]
    fn paths_into_lists() {
        let record = r#"{"byline":{"person":[{"name":"Ada"},{"name":"Bo"}]},"a.b":{"c":"x"},"t":[["y"]]}"#;
        for (path, expected) in [
            ("byline.person[0].name", "Ada"),
            ("$.byline.person[-1].name", "Bo"),
            (".byline.person[].name", r#"["Ada","Bo"]"#),
            ("byline.person[*].name", r#"["Ada","Bo"]"#),
            ("byline.person.name", r#"["Ada","Bo"]"#),
            ("[\"a.b\"].c", "x"),
            ("['a.b']['c']", "x"),
            ("t[0][0]", "y"),
        ] {
            check(&format!("author={path}"), record, &[(Field::Authors, expected)]);
        }
        for path in ["byline.person[2].name", "byline.person[-3].name", "byline[0]", "t.x", "nothing[0]"] {
            check(&format!("author={path}"), record, &[]);
        }
    }

    #[test]
    fn malformed_maps_say_what_is_expected() {
        for (text, expected) in
            [("title", "expected FIELD=KEY"), ("mood=x", "expected title, text, date"), ("text=a[x]", "expected [0]")]
        {
            let error = text.parse::<FieldMap>().expect_err("an error");
            assert!(error.contains(expected), "{error}");
        }
    }
}
