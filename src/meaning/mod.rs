//! What words mean, by a table of static vectors: one for each word piece of an open
//! sentence encoder, which `tools/meaning` made (docs/meaning.md).
//!
//! A text's vector is the sum of the vectors of its pieces. An article keeps its vector
//! in [`ArticleVector::WORDS`] numbers; a question's vector says how near in meaning an
//! article is, from 0 to 1.

mod article_vector;
mod pieces;
mod table;
mod text_vector;

pub use article_vector::ArticleVector;
pub use text_vector::TextVector;
