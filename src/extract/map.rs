//! Keys that the user names: `title=headline,text=body.html`.

use std::str::FromStr;

use serde_json::{Map, Value};

use super::fields::{Field, field_named};

/// Which keys of a record hold which fields. A field that is named here is
/// looked for under these keys alone.
///
/// ```
/// use newsearch::extract::FieldMap;
/// assert!("title=headline,text=content.rendered".parse::<FieldMap>().is_ok());
/// assert!("color=red".parse::<FieldMap>().is_err());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldMap(Vec<(Field, String)>);

impl FieldMap {
    pub(super) fn has(&self, field: Field) -> bool {
        self.0.iter().any(|(known, _)| *known == field)
    }

    /// The values of the named keys that a record has.
    pub(super) fn values<'v>(&self, record: &'v Map<String, Value>) -> impl Iterator<Item = (Field, &'v Value)> {
        self.0.iter().filter_map(move |(field, key)| Some((*field, value_at(record, key)?)))
    }
}

/// The value of a key, or of a path of keys joined by dots.
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
                format!("{field:?}: expected title, text, date, modified, source, url, author, section or id")
            })?;
            Ok((known, key.trim().to_owned()))
        };
        pairs.map(pair).collect::<Result<_, String>>().map(Self)
    }
}
