//! The names of an archive: ids, canonical forms, counts and aliases, and which
//! of them are one entity.
//!
//! A name's id never changes, so that postings can hold it; its canonical form
//! is chosen again at each commit.

mod block;
mod builder;
mod entities;
mod entry;
mod file_format;
mod findings;
mod full_name;
mod id;
mod interner;
mod linking;
mod links;
mod reader;
mod writer;

pub(super) use builder::NamesBuilder;
pub use entities::Entities;
pub use findings::{Finding, FindingsFile};
pub use full_name::full_name;
pub use id::{EntityId, NameId};
pub use interner::NameInterner;
pub use reader::Names;

pub(super) use findings::is_sound as findings_are_sound;
pub(super) use linking::{facts, link};
