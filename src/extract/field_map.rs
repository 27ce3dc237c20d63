//! Field keys given by the user: `title=headline,text=body.html`.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde_json::{Map, Value};

use crate::article::{FieldName, UserFields};

use super::field_names::{Field, field_named};
use super::tags;

/// Which keys of a record hold which fields. A field that is named here is read
/// from these keys only. Beside them it may keep [`UserFields`].
///
/// ```
/// use newsearch::FieldMap;
/// assert!("title=headline,text=content.rendered".parse::<FieldMap>().is_ok());
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
        let values = |key: &str| value_at(record, key).map(tags::values_of).filter(|values| !values.is_empty());
        self.1.iter().filter_map(|field| Some((field.name, values(&field.key)?))).collect()
    }

    /// The fields of a record that are under the named keys.
    pub(super) fn values<'v>(&self, record: &'v Map<String, Value>) -> impl Iterator<Item = (Field, &'v Value)> {
        self.0.iter().filter_map(move |(field, key)| Some((*field, value_at(record, key)?)))
    }
}

/// The value under a key, or under a path of keys joined by dots.
fn value_at<'v>(record: &'v Map<String, Value>, key: &str) -> Option<&'v Value> {
    record.get(key).or_else(|| {
        let (first, rest) = key.split_once('.')?;
        value_at(record.get(first)?.as_object()?, rest)
    })
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
        let found: Vec<_> = map.values(&record).map(|(field, value)| (field, value.as_str().expect("text"))).collect();
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
    fn malformed_maps_say_what_is_expected() {
        for (text, expected) in [("title", "expected FIELD=KEY"), ("mood=x", "expected title, text, date")] {
            let error = text.parse::<FieldMap>().expect_err("an error");
            assert!(error.contains(expected), "{error}");
        }
    }
}
