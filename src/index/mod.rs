//! Articles and their names to tantivy segments, the manifest and the names
//! file, committed together or not at all.

mod alike;
mod copies;
mod entities;
mod error;
mod findings;
mod indexer;
mod layout;
mod lock;
mod linking;
mod links;
mod manifest;
mod moved;
mod names;
mod packed;
mod postings;
mod rebuild;
mod schema;
mod signature;
mod stored;
mod verify;

pub use copies::Copies;
pub use entities::{Entities, EntityId};
pub use error::IndexError;
pub use findings::{Finding, FindingsFile};
pub use indexer::{Indexer, NewArticle};
pub use layout::{CommitInfo, FORMAT_VERSION, commit_info, folder_bytes, open_tantivy};
pub use lock::WriterLock;
pub use manifest::{Manifest, ManifestEntry};
pub use moved::Moved;
pub use names::{NameEntry, NameId, Names, NamesBuilder};
pub use rebuild::Rebuild;
pub use schema::{IndexSchema, LONGEST_NAME, length_term};
pub use signature::Signature;
pub use stored::{StoredArticle, StoredCredit, StoredMention, StoredSentence};
pub use verify::{Problem, Verified, check_if_small, verify};
