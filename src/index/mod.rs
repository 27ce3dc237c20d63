//! Articles and their names to tantivy segments, the manifest and the names
//! file, committed together or not at all.

mod alerts;
mod alike;
mod codec;
mod copies;
mod dictionary;
mod entities;
mod error;
mod findings;
mod forms;
mod indexer;
mod layout;
mod lexicon;
mod lock;
mod linking;
mod links;
mod manifest;
mod moved;
mod names;
mod names_block;
mod names_file;
mod near;
mod new_article;
mod numbers;
mod packed;
mod portable;
mod positions;
mod posted;
mod postings;
mod rebuild;
mod schema;
mod signature;
mod stored;
mod verify;
mod waiting;
mod word_codes;

pub use alerts::{Alert, Alerts};
pub use alike::Alike;
pub use codec::{Codec, Stored, Unpacking};
pub use copies::Copies;
pub use dictionary::words_near;
pub use entities::{Entities, EntityId};
pub use error::IndexError;
pub use findings::{Finding, FindingsFile};
pub use forms::{Forms, Noted};
pub use indexer::Indexer;
pub use layout::{CommitInfo, FORMAT_VERSION, commit_info, folder_bytes, index_builder, open_tantivy};
pub use lock::WriterLock;
pub use manifest::{Manifest, ManifestEntry};
pub use moved::Moved;
pub use names::{NameEntry, NameId, NamesBuilder, full_name};
pub use names_file::Names;
pub use new_article::NewArticle;
pub use portable::Portable;
pub use positions::{FieldPositions, FoundTerm, Postings, SegmentPositions};
pub use posted::{NameBook, Posted};
pub use postings::positioned;
pub use rebuild::Rebuild;
pub use schema::{
    CLOSES_QUOTE, IndexSchema, LONGEST_NAME, OPENS_QUOTE, about_term, length_term, speaker_term, what_term,
};
pub use signature::Signature;
pub use stored::{StoredArticle, StoredCredit, StoredMention, StoredQuote, StoredSentence, StoredStatement};
pub use verify::{Problem, Verified, check_if_small, verify};
pub use waiting::SharedCodec;
