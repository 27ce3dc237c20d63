//! A document: what it says of itself, and its text.

use crate::read::record::RawRecord;
use crate::read::records::NamedFields;

/// What a document holds, whatever its format: paragraphs are separated by blank
/// lines, cells of tables by tabs.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(in crate::read) struct Document {
    pub(in crate::read) title: Option<String>,
    /// Names, separated by semicolons.
    pub(in crate::read) authors: Option<String>,
    pub(in crate::read) date: Option<String>,
    pub(in crate::read) modified: Option<String>,
    pub(in crate::read) source: Option<String>,
    pub(in crate::read) keywords: Vec<String>,
    pub(in crate::read) text: String,
    /// Signs that could not be read.
    pub(in crate::read) unknown: usize,
}

impl Document {
    /// The record of a document; `place` if the file holds several.
    pub(in crate::read) fn into_record(self, path: &str, place: Option<usize>) -> RawRecord {
        let mut fields = NamedFields::default();
        let text = match &self.title {
            Some(title) => without_title(&self.text, title),
            None => &self.text,
        };
        fields.put("text", Some(text));
        fields.put("title", self.title);
        fields.put("authors", self.authors);
        fields.put("date", self.date);
        fields.put("modified", self.modified);
        fields.put("source", self.source);
        fields.put_list("tags", self.keywords);
        fields.into_record(path, place)
    }
}

/// The text without a title that it starts with.
fn without_title<'t>(text: &'t str, title: &str) -> &'t str {
    let mut rest = text.trim_start();
    for word in title.split_whitespace() {
        let Some((first, after)) = rest.split_at_checked(word.len()) else { return text };
        if !first.eq_ignore_ascii_case(word) {
            return text;
        }
        rest = after.trim_start();
    }
    // The title ends where a paragraph or line does.
    let between = &text[..text.len() - rest.len()];
    if between.ends_with('\n') && !rest.is_empty() { rest } else { text }
}

/// Names of people in the properties of a document. Programs write there who set up
/// the computer, or themselves.
pub(in crate::read) fn person(names: &str) -> Option<String> {
    let people: Vec<&str> = names.split(';').map(str::trim).filter(|name| is_person(name)).collect();
    (!people.is_empty()).then(|| people.join("; "))
}

/// Words that no name of a person has.
const NO_PERSON: &[&str] = &[
    "user",
    "admin",
    "administrator",
    "microsoft",
    "office",
    "windows",
    "apache",
    "poi",
    "python-docx",
    "docx4j",
    "unknown",
    "author",
    "owner",
    "guest",
    "default",
    "customer",
    "calibre",
    "pandoc",
    "writer",
    "libreoffice",
    "openoffice",
    "acrobat",
    "adobe",
    "template",
    "none",
    "anonymous",
    "pc",
    "hp",
    "dell",
    "lenovo",
    "inc",
    "ltd",
    "gmbh",
    "llc",
];

/// Whether this can be the name of a person: two words or more with capitals.
fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_name_word = |word: &&str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-').to_lowercase();
        !NO_PERSON.contains(&bare.as_str())
    };
    (2..=12).contains(&words.len())
        && !name.contains(|c: char| c.is_ascii_digit() || "@/\\_<>:()".contains(c))
        && words.iter().all(is_name_word)
        && words
            .iter()
            .any(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people() {
        for (names, expected) in [
            ("Ada Lind", Some("Ada Lind")),
            ("Ada Lind; Bo de Vries", Some("Ada Lind; Bo de Vries")),
            ("python-docx", None),
            ("Microsoft Office User", None),
            ("HP", None),
            ("alind", None),
            ("C:\\Users\\Ada Lind", None),
            ("Reel User; Ada Lind", Some("Ada Lind")),
        ] {
            assert_eq!(person(names).as_deref(), expected, "{names}");
        }
    }

    #[test]
    fn a_title_in_front_of_the_text_is_not_repeated() {
        for (text, title, expected) in [
            ("Low Tide\n\nIt opens.", "Low  Tide", "It opens."),
            ("Low\nTide\nIt opens.", "LOW TIDE", "It opens."),
            ("Low Tide opens.", "Low Tide", "Low Tide opens."),
            ("Low Tide", "Low Tide", "Low Tide"),
            ("Ada sings.", "Low Tide", "Ada sings."),
        ] {
            assert_eq!(without_title(text, title), expected);
        }
    }
}
