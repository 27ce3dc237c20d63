//! Indexing into a cluster.

mod article_sender;
mod bulk;
pub(super) mod document;
pub(super) mod file_records;
pub(super) mod update;
