//! Fields that the user names: `desk=section_desk`.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::field_name::FieldName;

/// The most fields of an index.
const MOST: usize = 50;
/// Names that mean something else before the colon of a query, or as a facet.
const TAKEN: &[&str] = &[
    "title",
    "body",
    "source",
    "author",
    "section",
    "tag",
    "published",
    "mentions",
    "is",
    "has",
    "said",
    "quote-by",
    "states",
    "person",
    "character",
    "work",
    "organization",
    "organisation",
    "place",
    "event",
    "year",
    "month",
    "none",
    "http",
    "https",
];

/// A field that the user named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserField {
    /// What queries and facets call it.
    pub name: FieldName,
    /// The key of records that holds it, or a path of keys.
    pub key: String,
}

impl FromStr for UserField {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, key) = text.split_once('=').unwrap_or((text, text));
        let (name, key): (FieldName, &str) = (name.trim().parse()?, key.trim());
        if TAKEN.contains(&name.as_str()) {
            return Err(format!("{name} has a meaning in queries; take another name, as in my-{name}={key}"));
        }
        if key.is_empty() {
            return Err(format!("{text:?}: expected NAME=KEY"));
        }
        Ok(Self { name, key: key.to_owned() })
    }
}

/// The fields that the user named, in the order of their names, each once.
///
/// ```
/// use newsearch::UserFields;
/// let fields = UserFields::new(["desk=section_desk".parse()?])?;
/// assert!(fields.named("DESK").is_some());
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserFields(Vec<UserField>);

impl UserFields {
    /// The fields of a list.
    ///
    /// # Errors
    /// What is wrong: a name that is there twice with different keys, or too many.
    pub fn new(fields: impl IntoIterator<Item = UserField>) -> Result<Self, String> {
        let mut fields: Vec<UserField> = fields.into_iter().collect();
        fields.sort_by(|a, b| (a.name, &a.key).cmp(&(b.name, &b.key)));
        fields.dedup();
        if let Some(pair) = fields.windows(2).find(|pair| pair[0].name == pair[1].name) {
            return Err(format!("{} is to be both {} and {}; name two fields", pair[0].name, pair[0].key, pair[1].key));
        }
        if fields.len() > MOST {
            return Err(format!("{} fields; an index has at most {MOST}", fields.len()));
        }
        Ok(Self(fields))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each field.
    pub fn iter(&self) -> impl Iterator<Item = &UserField> {
        self.0.iter()
    }

    /// The field of a name, in any case.
    pub fn named(&self, name: &str) -> Option<FieldName> {
        self.0.iter().map(|field| field.name).find(|known| known.as_str().eq_ignore_ascii_case(name))
    }
}

impl std::fmt::Display for UserFields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let all: Vec<String> = self.0.iter().map(|field| format!("{}={}", field.name, field.key)).collect();
        f.write_str(if all.is_empty() { "none".to_owned() } else { all.join(" ") }.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions() {
        let check = |text: &str, expected: Result<(&str, &str), &str>| {
            let found = text.parse::<UserField>();
            match (&found, expected) {
                (Ok(field), Ok((name, key))) => assert_eq!((field.name.as_str(), field.key.as_str()), (name, key)),
                (Err(error), Err(part)) => assert!(error.contains(part), "{error}"),
                _ => panic!("{text}: {found:?}"),
            }
        };
        check("desk=section_desk", Ok(("desk", "section_desk")));
        check(" Desk = meta.desk ", Ok(("desk", "meta.desk")));
        check("desk", Ok(("desk", "desk")));
        check("person=star", Err("my-person=star"));
        check("desk=", Err("expected NAME=KEY"));
        check("my desk=x", Err("expected a name"));
    }

    #[test]
    fn names_are_unique() {
        let fields = |list: &[&str]| UserFields::new(list.iter().map(|text| text.parse().expect("a field")));
        let found = fields(&["desk=a", "area=b", "desk=a"]).expect("fields");
        assert_eq!(found.to_string(), "area=b desk=a");
        assert!(fields(&["desk=a", "desk=b"]).expect_err("an error").contains("both a and b"));
    }
}
