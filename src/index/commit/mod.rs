//! What a commit consists of, and how it is opened.
//!
//! tantivy's `meta.json` is replaced atomically; its payload names the
//! manifest, names, links and duplicates that belong to it, with their
//! checksums, so that segments and all these change together.

mod info;
mod open;

pub use info::{CommitInfo, FORMAT_VERSION};
pub use open::{commit_info, index_builder, open_tantivy};
