//! Articles and their names to tantivy segments, the manifest and the names
//! file, committed together or not at all.

mod alerts;
mod commit;
mod committed;
mod directory;
mod document;
mod duplicates;
mod error;
mod folder;
mod fuzzy;
mod holders;
mod indexer;
mod inflections;
mod lock;
mod manifest;
#[cfg(feature = "serve")]
mod mapped_files;
mod meta_checksum;
mod mmap;
mod names;
mod one_article;
mod positions;
mod pretokenized;
mod rebuild;
mod schema;
mod stored;
mod term_documents;
mod varint;
mod verify;

// For users of the library.
pub use alerts::{Alert, Alerts};
pub use commit::FORMAT_VERSION;
pub use document::PreparedArticle;
pub use error::IndexError;
pub use holders::IdCollision;
pub use indexer::Indexer;
pub use lock::WriterLock;
pub use names::{Entities, EntityId, Finding, NameId};
pub use rebuild::Rebuild;
pub use stored::{StoredArticle, StoredCredit, StoredMention, StoredQuote, StoredSentence, StoredStatement};
pub use verify::{Problem, Remedy, Verified, verify, verify_in_steps};

// For the other modules of the crate.
pub(crate) use commit::{CommitInfo, commit_info, open_tantivy};
pub(crate) use committed::standard_input_articles;
pub(crate) use duplicates::DuplicateClusters;
pub(crate) use folder::folder_bytes;
pub(crate) use fuzzy::{EDIT, LevenshteinAutomaton, spelling_cost, words_within_edits};
pub(crate) use inflections::Inflections;
pub(crate) use manifest::{Manifest, ManifestEntry};
pub(crate) use names::FindingsFile;
pub(crate) use positions::{FieldPositions, FoundTerm, Postings, SegmentPositions};
pub(crate) use schema::{
    IndexSchema, LONGEST_NAME, QUOTE_END, QUOTE_START, about_term, event_term, length_term, speaker_term,
};
pub(crate) use stored::ArticleDecoder;
pub(crate) use term_documents::documents_with;
pub(crate) use verify::check_if_small;

// What a server looks at before it answers.
#[cfg(feature = "serve")]
pub(crate) use mapped_files::MappedFiles;

// What a cluster's articles are sent and ranked as.
#[cfg(feature = "cluster")]
pub(crate) use {
    commit::index_builder,
    document::{Arrival, ArticleRecord, IndexDocument},
    names::{NameInterner, Names, full_name},
    pretokenized::decode_terms,
};
