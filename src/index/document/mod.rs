//! An article on its way into the index: analyzed, numbered, buffered.

mod buffer;
mod field_terms;
mod index_document;
mod prepared;
mod record;
mod signature;

pub use buffer::SharedCodec;
pub(super) use buffer::{DocumentBuffer, PendingDocument};
pub use index_document::{Arrival, IndexDocument};
pub use prepared::PreparedArticle;
pub use record::ArticleRecord;
pub use signature::Signature;
