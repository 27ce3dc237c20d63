//! What a document says of itself, in the terms of Dublin Core.

use super::document::{Document, person};
use super::xml::{Tag, Visitor, walk};

/// The properties of a document, each as often as it is given.
#[derive(Debug, Default)]
pub(super) struct Properties {
    values: Vec<(String, String)>,
    open: Option<(String, String)>,
}

impl Properties {
    /// Reads `docProps/core.xml`, `meta.xml` or the metadata of an EPUB. A damaged part
    /// says what precedes the damage.
    pub(super) fn read(xml: &str) -> Self {
        let mut properties = Self::default();
        // Nothing depends on it that is not read: the text says its own errors.
        let _ = walk(xml, &mut properties);
        properties
    }

    /// The first value of one of these names, in their order.
    pub(super) fn first<'p>(&'p self, names: &[&'p str]) -> Option<&'p str> {
        names.iter().find_map(|name| self.all(name).next())
    }

    pub(super) fn all<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        self.values.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Sets all fields but the text. What a program writes when nobody sets it says
    /// nothing: then the dates are not those of the document either.
    pub(super) fn describe(&self, document: &mut Document) {
        document.title = self.first(&["title"]).filter(|title| is_title(title)).map(str::to_owned);
        let creator = self.first(&["initial-creator", "creator"]);
        document.authors = creator.and_then(person);
        if creator != Some("python-docx") {
            document.date = self.first(&["created", "creation-date"]).map(str::to_owned);
            let modified = self.first(&["modified", "date"]).map(str::to_owned);
            // Some programs set only one of the two.
            document.modified = modified.filter(|modified| document.date.as_ref().is_none_or(|date| modified >= date));
        }
        document.source = self.first(&["publisher"]).map(str::to_owned);
        let keywords = self.all("keywords").chain(self.all("keyword"));
        let words = keywords.flat_map(|words| words.split([',', ';'])).map(str::trim);
        document.keywords = words.filter(|word| !word.is_empty()).map(str::to_owned).collect();
    }
}

impl Visitor for Properties {
    fn start(&mut self, tag: &Tag<'_>) -> bool {
        // A date of an EPUB says what it is of.
        let of = tag.attribute("event").or_else(|| tag.attribute("property"));
        let name = of.as_deref().unwrap_or(tag.name()).rsplit(':').next().unwrap_or_default().to_owned();
        // `publication` and `creation` are dates, as one without an event is.
        let name = match name.as_str() {
            "publication" | "creation" | "original-publication" => "date".to_owned(),
            _ => name,
        };
        self.open = Some((name, String::new()));
        true
    }

    fn end(&mut self, _: &str) {
        if let Some((name, value)) = self.open.take() {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            if !value.is_empty() {
                self.values.push((name, value));
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, value)) = &mut self.open {
            value.push_str(text);
        }
    }
}

/// Whether a title says what a document is about: it is neither a file's name nor what
/// programs put there.
pub(super) fn is_title(title: &str) -> bool {
    let lower = title.trim().to_lowercase();
    let generic = [
        "",
        "untitled",
        "unknown",
        "document",
        "word document",
        "microsoft word document",
        "new document",
        "title",
        "template",
        "blank",
        "(untitled)",
        "no title",
        "normal",
        "doc",
    ];
    let ends = [".doc", ".docx", ".odt", ".rtf", ".pdf", ".txt", ".dotx", ".dot", ".indd", ".qxd", ".htm", ".html"];
    let numbered =
        |word: &str| lower.strip_prefix(word).is_some_and(|rest| rest.trim().bytes().all(|byte| byte.is_ascii_digit()));
    !generic.contains(&lower.as_str())
        && !ends.iter().any(|end| lower.ends_with(end))
        && !lower.starts_with("microsoft word - ")
        && !["document", "untitled", "dokument"].into_iter().any(numbered)
        && lower.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(xml: &str) -> Document {
        let mut document = Document::default();
        Properties::read(xml).describe(&mut document);
        document
    }

    #[test]
    fn properties_of_word() {
        let document = described(
            "<cp:coreProperties><dc:title>Low  Tide</dc:title><dc:creator>Ada Lind</dc:creator><cp:keywords>film, sea</cp:keywords>\
             <dcterms:created>2019-03-05T10:00:00Z</dcterms:created><dcterms:modified>2019-03-06T10:00:00Z</dcterms:modified></cp:coreProperties>",
        );
        assert_eq!(document.title.as_deref(), Some("Low Tide"));
        assert_eq!(document.authors.as_deref(), Some("Ada Lind"));
        assert_eq!(document.date.as_deref(), Some("2019-03-05T10:00:00Z"));
        assert_eq!(document.modified.as_deref(), Some("2019-03-06T10:00:00Z"));
        assert_eq!(document.keywords, ["film", "sea"]);
    }

    #[test]
    fn a_change_is_not_before_the_beginning() {
        let xml = "<c><created>2019-03-05T10:00:00Z</created><modified>2013-12-23T23:15:00Z</modified></c>";
        assert_eq!(described(xml).modified, None);
    }

    #[test]
    fn what_a_program_puts_there_says_nothing() {
        let xml =
            "<c><title>Word Document</title><creator>python-docx</creator><created>2013-12-23T23:15:00Z</created></c>";
        assert_eq!(described(xml), Document::default());
        for (title, expected) in [
            ("Document1", false),
            ("tide.docx", false),
            ("Microsoft Word - tide", false),
            ("Low Tide", true),
            ("12", false),
        ] {
            assert_eq!(is_title(title), expected, "{title}");
        }
    }

    #[test]
    fn properties_of_open_document() {
        let document = described(
            "<m><meta:initial-creator>Ada Lind</meta:initial-creator><dc:creator>Bo Ray</dc:creator>\
             <meta:creation-date>2019-03-05T10:00:00</meta:creation-date><dc:date>2019-03-07T10:00:00</dc:date></m>",
        );
        assert_eq!(document.authors.as_deref(), Some("Ada Lind"));
        assert_eq!(document.date.as_deref(), Some("2019-03-05T10:00:00"));
        assert_eq!(document.modified.as_deref(), Some("2019-03-07T10:00:00"));
    }
}
