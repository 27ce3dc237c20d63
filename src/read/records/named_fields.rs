//! Records made of named fields, passed on as a JSON object.

use serde_json::{Map, Value};

use crate::read::format::Format;
use crate::read::record::RawRecord;

/// The fields of a record under construction.
#[derive(Debug, Default)]
pub(in crate::read) struct NamedFields(Map<String, Value>);

impl NamedFields {
    /// Adds a field; a missing or blank value is left out.
    pub(in crate::read) fn put(&mut self, name: &str, value: Option<impl Into<String>>) {
        if let Some(value) = value.map(Into::into).filter(|value| !value.trim().is_empty()) {
            self.0.insert(name.to_owned(), value.into());
        }
    }

    /// Adds a field whatever its value.
    #[cfg(feature = "formats")]
    pub(super) fn put_raw(&mut self, name: &str, value: String) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// Adds a field with several values, each once; without any it is left out.
    pub(in crate::read) fn put_list(&mut self, name: &str, values: impl IntoIterator<Item = String>) {
        let mut seen = std::collections::HashSet::new();
        let values = values.into_iter().filter(|value| !value.trim().is_empty() && seen.insert(value.clone()));
        let values: Vec<Value> = values.map(Value::from).collect();
        if !values.is_empty() {
            self.0.insert(name.to_owned(), values.into());
        }
    }

    /// Fields that are gathered already.
    #[cfg(feature = "formats")]
    pub(super) fn from_map(fields: Map<String, Value>) -> Self {
        Self(fields)
    }

    /// The record at a place of a file.
    pub(in crate::read) fn into_record(self, path: &str, place: Option<usize>) -> RawRecord {
        let text = Value::Object(self.0).to_string();
        RawRecord::new(path, place, Format::Json, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_values_are_left_out() {
        let mut fields = NamedFields::default();
        fields.put("title", Some("A film"));
        fields.put("text", Some("  "));
        fields.put("url", None::<String>);
        let record = fields.into_record("a", Some(2));
        assert_eq!((record.text.as_str(), record.place), (r#"{"title":"A film"}"#, Some(2)));
    }
}
