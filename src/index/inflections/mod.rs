//! The inflections of stems: “releases” and “released” of “releas”.
//!
//! Postings are those of words as they are written. A search for a stem looks
//! for all words of it that some article has; a file lists these, as a set of
//! `stem NUL word` sorted by bytes, so that no word needs
//! postings under its stem as well.

mod builder;
mod pair;
mod reader;
mod seen_words;

pub(super) use builder::InflectionsBuilder;
pub(super) use pair::{WordStem, vocabulary};
pub use reader::Inflections;
pub use seen_words::SeenWords;
