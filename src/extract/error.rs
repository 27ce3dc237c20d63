//! Errors of extraction.

/// A record that holds no article.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(path))]
#[non_exhaustive]
pub struct ExtractError {
    /// The file, as the user named it.
    pub path: String,
    /// 1-based line or item, if the file holds several records.
    pub place: Option<usize>,
    /// What is wrong.
    #[source]
    pub kind: ExtractErrorKind,
}

/// What is wrong with a record.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExtractErrorKind {
    /// Not valid JSON.
    #[error("malformed JSON: {0}; expected one object")]
    Json(#[from] serde_json::Error),
    /// JSON, but not an object.
    #[error("not an article: expected a JSON object with a title or text")]
    NotAnObject,
    /// Front matter that is not a YAML mapping, with the message of the parser.
    #[error("malformed front matter: {0}; expected `key: value` lines between `---` lines")]
    FrontMatter(String),
    /// Neither title nor text.
    #[error("empty article: expected a title or text (keys such as title, headline, text, body)")]
    NoText,
    /// A record under none of whose keys a title or text was found.
    #[error(
        "empty article: expected a title or text, but it has the keys {}; name them with --map title=KEY,text=KEY",
        keys.join(", ")
    )]
    NoKnownKeys {
        /// Its keys, those of long strings if it has any; with dots for those of objects
        /// within.
        keys: Vec<String>,
    },
    /// A format whose parser is not compiled in.
    #[error("unsupported: {format} needs the feature `{feature}`, which this build lacks")]
    NeedsFeature {
        /// The format.
        format: &'static str,
        /// The cargo feature that adds its parser.
        feature: &'static str,
    },
}

impl ExtractError {
    /// The message, with the file under another name.
    pub(crate) fn message(&self, path: &str) -> String {
        match self.place {
            Some(place) => format!("{path}:{place}: {}", self.kind),
            None => format!("{path}: {}", self.kind),
        }
    }
}

impl ExtractErrorKind {
    /// One word to count errors by.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::NoText | Self::NoKnownKeys { .. } => "empty",
            Self::NeedsFeature { .. } => "unsupported",
            Self::Json(_) | Self::NotAnObject | Self::FrontMatter(_) => "malformed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_and_reasons() {
        let check = |place, kind: ExtractErrorKind, reason: &str, start: &str| {
            assert_eq!(kind.reason(), reason);
            let message = ExtractError { path: "a.md".into(), place, kind }.to_string();
            assert!(message.starts_with(start), "{message}");
        };
        check(None, ExtractErrorKind::NoText, "empty", "a.md: empty article");
        check(Some(2), ExtractErrorKind::NotAnObject, "malformed", "a.md:2: not an article");
        let unsupported = ExtractErrorKind::NeedsFeature { format: "HTML", feature: "pages" };
        check(None, unsupported, "unsupported", "a.md: unsupported: HTML needs the feature `pages`");
    }
}
