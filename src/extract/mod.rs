//! Raw records → articles: title, dates, authors, source and body, from headers,
//! front matter, JSON keys or page metadata. What these lack is taken from the
//! text where it states it.
//!
//! HTML records need the feature `pages`. Without it, HTML within the fields of
//! other records is reduced to text by removing its tags.

mod error;
mod warning;
mod date;
mod field_map;
mod cut;
mod identity;
mod tags;
mod article_fields;
mod title;
mod entities;
mod markup;
mod front_matter;
#[cfg(feature = "pages")]
mod dom;
mod mend;
mod blocks;
mod values;
mod record;
mod other_keys;
mod json;
mod markdown;
mod plain;
#[cfg(feature = "pages")]
mod html;

pub(crate) use cut::cut;
pub use date::parse_date;
pub use error::{ExtractError, ExtractErrorKind};
pub use field_map::FieldMap;
pub use warning::ExtractWarning;

use crate::article::{Article, IdRules, UserFields};
use crate::read::{Format, RawRecord};

/// Makes articles from raw records.
///
/// ```
/// use newsearch::internals::extract::Extractor;
/// use newsearch::internals::read::{Format, RawRecord};
/// let text = "Title: Atwell joins\nDate: 2019-09-06\n\nThe cast grows.\n";
/// let record = RawRecord::new("a.txt", None, Format::Text, text);
/// let article = Extractor::new().extract(record)?;
/// assert_eq!(article.title, "Atwell joins");
/// assert_eq!(article.published.as_deref(), Some("2019-09-06"));
/// assert_eq!(article.body.of(&article.text), "The cast grows.");
/// # Ok::<(), newsearch::internals::extract::ExtractError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Extractor {
    map: FieldMap,
}

impl Extractor {
    /// An extractor that knows the common field names.
    pub fn new() -> Self {
        Self::default()
    }

    /// An extractor that reads the fields of `map` from the keys given there.
    pub fn with_map(map: FieldMap) -> Self {
        Self { map }
    }

    /// The same extractor, which also keeps the values of these fields.
    #[must_use]
    pub fn with_fields(self, fields: UserFields) -> Self {
        Self { map: self.map.with_fields(fields) }
    }

    /// The fields that it keeps beside the known ones.
    pub fn fields(&self) -> &UserFields {
        self.map.fields()
    }

    /// Makes an article of a record, whose id is one within its source.
    ///
    /// # Errors
    /// [`ExtractError`] names the file, the place in it and what was expected.
    pub fn extract(&self, record: RawRecord) -> Result<Article, ExtractError> {
        self.extract_by(record, &IdRules::default())
    }

    /// Makes an article of a record, identified by rules.
    ///
    /// # Errors
    /// As for [`Extractor::extract`].
    pub fn extract_by(&self, record: RawRecord, ids: &IdRules) -> Result<Article, ExtractError> {
        self.extract_with_warnings(record, ids).map(|(article, _)| article)
    }

    /// Makes an article of a record, and says what of it was not understood.
    ///
    /// # Errors
    /// As for [`Extractor::extract`].
    pub fn extract_with_warnings(
        &self,
        record: RawRecord,
        ids: &IdRules,
    ) -> Result<(Article, Vec<ExtractWarning>), ExtractError> {
        let mut warnings = Vec::new();
        let RawRecord { path, place, format, url, date_order, text, .. } = record;
        let extracted = match format {
            Format::Text => plain::extract(text),
            Format::Markdown => markdown::extract(&text, &self.map),
            Format::Json => json::extract(text, &self.map, &mut warnings),
            Format::Html => extract_page(&text, url.clone()),
        };
        let mut article = match extracted {
            Ok(article) if article.text.trim().is_empty() => {
                return Err(ExtractError { path, place, kind: ExtractErrorKind::NoText });
            }
            Ok(article) => article,
            Err(kind) => return Err(ExtractError { path, place, kind }),
        };
        if article.title.is_empty() {
            article.title = title::from_body(article.body.of(&article.text));
        }
        date::settle(&mut article, date_order, &mut warnings);
        article.url = article.url.or(url);
        article.path = path;
        identity::identify(&mut article, place, ids);
        Ok((article, warnings))
    }
}

#[cfg(feature = "pages")]
fn extract_page(html: &str, url: Option<String>) -> Result<Article, ExtractErrorKind> {
    html::extract(html, url)
}

#[cfg(not(feature = "pages"))]
fn extract_page(_: &str, _: Option<String>) -> Result<Article, ExtractErrorKind> {
    Err(ExtractErrorKind::NeedsFeature { format: "HTML", feature: "pages" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extract(path: &str, place: Option<usize>, format: Format, text: &str) -> Result<Article, ExtractError> {
        let record = RawRecord::new(path, place, format, text);
        Extractor::new().extract(record)
    }

    #[test]
    fn titles_are_made_and_empty_articles_are_errors() {
        let article = extract("a.txt", None, Format::Text, "It opens.").expect("an article");
        assert_eq!((article.title.as_str(), article.path.as_str()), ("It opens.", "a.txt"));
        for (format, text) in [(Format::Text, " \n"), (Format::Json, "{}"), (Format::Markdown, "---\nid: 1\n---\n")] {
            let error = extract("a", Some(1), format, text).expect_err("an error");
            assert!(matches!(error.kind, ExtractErrorKind::NoText), "{error}");
        }
    }

    #[test]
    fn pages_need_their_feature() {
        match extract("a.html", None, Format::Html, "<title>A</title><p>It opens in every theater.") {
            Ok(article) => assert!(cfg!(feature = "pages") && article.text.contains("It opens")),
            Err(error) => assert!(!cfg!(feature = "pages") && error.to_string().contains("needs the feature `pages`")),
        }
    }
}
