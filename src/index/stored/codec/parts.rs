//! The two parts of a stored article.

/// What is stored of an article: its text, and all else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoredParts {
    /// The decoded text.
    pub text: String,
    /// The rest of a [`StoredArticle`](crate::index::StoredArticle): postcard's
    /// encoding, and packed lists.
    pub rest: Vec<u8>,
}
