//! The names of tags and of fields that the user named, in queries, facets and the index.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest name, in bytes.
const LONGEST: usize = 24;
/// Separates a name from a value; no name holds it.
const SEPARATOR: char = '=';

/// The name of a field with values by which articles are filtered and counted: `tag`, or
/// one of the user. ASCII letters in lower case, digits, `-` and `_`, a letter first.
///
/// ```
/// use newsearch::FieldName;
/// assert_eq!("Desk".parse::<FieldName>().map(|name| name.to_string()), Ok("desk".to_owned()));
/// assert!("my desk".parse::<FieldName>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct FieldName {
    bytes: [u8; LONGEST],
    length: u8,
}

impl FieldName {
    /// The tags of articles.
    pub const TAG: Self = {
        let mut bytes = [0; LONGEST];
        (bytes[0], bytes[1], bytes[2]) = (b't', b'a', b'g');
        Self { bytes, length: 3 }
    };
    /// Bytes of the longest name.
    pub const LONGEST: usize = LONGEST;

    /// The name.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }

    /// A value, or a word of one, as the index holds it: `desk=Sports`.
    pub fn labeled(&self, value: &str) -> String {
        format!("{}{SEPARATOR}{value}", self.as_str())
    }

    /// The name in what [`FieldName::labeled`] made.
    pub fn of_labeled(labeled: &[u8]) -> Option<Self> {
        let end = labeled.iter().position(|byte| *byte == SEPARATOR as u8)?;
        std::str::from_utf8(&labeled[..end]).ok()?.parse().ok()
    }

    /// A string that sorts right behind all that [`FieldName::labeled`] makes.
    pub fn after(&self) -> String {
        format!("{}>", self.as_str())
    }

    /// The value in what [`FieldName::labeled`] made of it; `None` of other fields.
    pub fn value_of<'v>(&self, labeled: &'v str) -> Option<&'v str> {
        labeled.strip_prefix(self.as_str())?.strip_prefix(SEPARATOR)
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for FieldName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fits = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_');
        let begins = text.starts_with(|c: char| c.is_ascii_alphabetic());
        if !begins || text.len() > LONGEST || !text.bytes().all(fits) {
            return Err(format!("{text:?}: expected a name of at most {LONGEST} letters, digits, - and _"));
        }
        let mut bytes = [0; LONGEST];
        bytes.iter_mut().zip(text.bytes()).for_each(|(to, from)| *to = from.to_ascii_lowercase());
        Ok(Self { bytes, length: text.len() as u8 })
    }
}

impl TryFrom<String> for FieldName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<FieldName> for String {
    fn from(name: FieldName) -> Self {
        name.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words() {
        let check = |text: &str, expected: Option<&str>| {
            let name = text.parse::<FieldName>().ok();
            assert_eq!(name.map(|name| name.to_string()).as_deref(), expected, "{text}");
        };
        check("Section_Desk-2", Some("section_desk-2"));
        check("tag", Some("tag"));
        check("a", Some("a"));
        check(&"x".repeat(LONGEST), Some(&"x".repeat(LONGEST)));
        for text in ["", "2x", "_x", "my desk", "dësk", "a=b", "a:b", &"x".repeat(LONGEST + 1)] {
            check(text, None);
        }
        assert_eq!("tag".parse(), Ok(FieldName::TAG));
    }

    #[test]
    fn values_are_told_apart_by_their_field() {
        let desk: FieldName = "desk".parse().expect("a name");
        assert_eq!(desk.labeled("Film=TV"), "desk=Film=TV");
        assert_eq!(desk.value_of("desk=Film=TV"), Some("Film=TV"));
        assert_eq!(desk.value_of("desk2=Film"), None);
        assert_eq!(FieldName::of_labeled(b"desk=Film=TV"), Some(desk));
        assert_eq!(FieldName::of_labeled(b"desk"), None);
        assert!(desk.labeled("\u{10ffff}") < desk.after() && *desk.after() < *"deska=");
    }
}
