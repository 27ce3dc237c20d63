//! Raw records to articles: title, date, source, byline and body, each found
//! in headers, front matter or JSON keys; what is missing is worked out from
//! the text where it says so itself.

mod date;
mod fields;
mod map;
mod html;
mod json;
mod markdown;
mod markup;
mod plain;
mod title;

pub use date::parse_date;
pub use map::FieldMap;

use crate::article::{Article, stable_hash};
use crate::read::{Format, RawRecord};

/// A record that holds no article.
#[derive(Debug, thiserror::Error)]
#[error("{path}{}: {kind}", place.map(|n| format!(":{n}")).unwrap_or_default())]
pub struct ExtractError {
    /// The file, as the user named it.
    pub path: String,
    /// 1-based line or item, where the file holds many records.
    pub place: Option<usize>,
    /// What is wrong.
    #[source]
    pub kind: ExtractErrorKind,
}

/// What is wrong with a record.
#[derive(Debug, thiserror::Error)]
pub enum ExtractErrorKind {
    /// No JSON.
    #[error("malformed JSON: {0}; expected one object")]
    Json(#[from] serde_json::Error),
    /// JSON, but no object.
    #[error("not an article: expected a JSON object with a title or text")]
    NotAnObject,
    /// Front matter that is no YAML map.
    #[error("malformed front matter: {0}; expected `key: value` lines between `---` lines")]
    FrontMatter(#[from] serde_yaml_ng::Error),
    /// Neither title nor text.
    #[error("empty article: expected a title or text (keys such as title, headline, text, body)")]
    NoText,
}

impl ExtractErrorKind {
    /// One word for the closing summary.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::NoText => "empty",
            _ => "malformed",
        }
    }
}

/// Takes raw records apart.
///
/// ```
/// use newsearch::extract::Extractor;
/// use newsearch::read::{Format, RawRecord};
/// let record = RawRecord {
///     path: "a.txt".into(),
///     place: None,
///     format: Format::Text,
///     url: None,
///     text: "Title: Atwell joins\nDate: 2019-09-06\n\nThe cast grows.\n".into(),
/// };
/// let article = Extractor::new().extract(record)?;
/// assert_eq!(article.title, "Atwell joins");
/// assert_eq!(article.published.as_deref(), Some("2019-09-06"));
/// assert_eq!(article.body.of(&article.text), "The cast grows.");
/// # Ok::<(), newsearch::extract::ExtractError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Extractor {
    map: FieldMap,
}

impl Extractor {
    /// An extractor with the usual keys.
    pub fn new() -> Self {
        Self::default()
    }

    /// An extractor that finds fields under other keys.
    pub fn with_map(map: FieldMap) -> Self {
        Self { map }
    }

    /// Makes an article of a record.
    ///
    /// # Errors
    /// [`ExtractError`] names the file, the place in it and what was expected.
    pub fn extract(&self, record: RawRecord) -> Result<Article, ExtractError> {
        let RawRecord { path, place, format, url, text } = record;
        let made = match format {
            Format::Text => plain::extract(text),
            Format::Markdown => markdown::extract(&text, &self.map),
            Format::Json => json::extract(&text, &self.map),
            Format::Html => html::extract(&text, url),
        };
        let made = made.and_then(|a| if a.text.trim().is_empty() { Err(ExtractErrorKind::NoText) } else { Ok(a) });
        let mut article = match made {
            Ok(article) => article,
            Err(kind) => return Err(ExtractError { path, place, kind }),
        };
        if article.id.is_empty() {
            article.id = match path.as_str() {
                // Lines of standard input have no place that lasts.
                "-" => format!("{:016x}", stable_hash(article.text.as_bytes())),
                path => id_from_path(path, place),
            };
        }
        if article.title.is_empty() {
            article.title = title::from_body(article.body.of(&article.text));
        }
        article.path = path;
        Ok(article)
    }
}

/// An id that is the same from run to run, made of path and place.
fn id_from_path(path: &str, place: Option<usize>) -> String {
    let hash = match place {
        Some(place) => stable_hash(format!("{path}#{place}").as_bytes()),
        None => stable_hash(path.as_bytes()),
    };
    format!("{hash:016x}")
}
