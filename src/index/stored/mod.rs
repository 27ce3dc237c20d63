//! The stored form of an article, and its codec.

mod article;
mod codec;
mod encoding;
mod lexicon;
mod packed;

pub use article::{StoredArticle, StoredCredit, StoredMention, StoredQuote, StoredSentence, StoredStatement};
pub use codec::{ArticleDecoder, Codec, StoredParts};
pub(super) use codec::{SAMPLE, join};
