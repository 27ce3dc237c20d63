//! Articles and their names to tantivy segments, the manifest and the names
//! file, committed together or not at all.

mod alike;
mod copies;
mod entities;
mod error;
mod findings;
mod indexer;
mod layout;
mod linking;
mod links;
mod manifest;
mod names;
mod packed;
mod postings;
mod schema;
mod signature;
mod stored;

pub use copies::Copies;
pub use entities::{Entities, EntityId};
pub use error::IndexError;
pub use findings::{Finding, FindingsFile};
pub use indexer::{Indexer, NewArticle};
pub use layout::{CommitInfo, FORMAT_VERSION, folder_bytes, open_tantivy};
pub use manifest::{Manifest, ManifestEntry};
pub use names::{NameEntry, NameId, Names, NamesBuilder};
pub use schema::{IndexSchema, LONGEST_NAME, length_term};
pub use signature::Signature;
pub use stored::{StoredArticle, StoredCredit, StoredMention, StoredSentence};
