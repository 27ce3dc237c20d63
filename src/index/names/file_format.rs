//! The layout of a names file.
//!
//! [`MAGIC`], then as eight bytes each: the count of names, the bytes of
//! entries, the names of many articles, the bytes of lists. Behind it: the
//! [blocks](super::block) of entries, the ends of blocks (four bytes each), a
//! byte for each name's kind, one for its count of articles, [`MANY`] where that
//! is in the table of names of many articles, that table (name and articles,
//! four bytes each), the lists of aliases that several names share, the aliases; initials are aliases with [`INITIALS`] in front.

/// The first bytes of a names file.
pub(super) const MAGIC: &[u8; 8] = b"nsnames3";
/// Bytes of the header.
pub(super) const HEADER: usize = 40;
/// The largest count of articles that is kept beside the id of the only name of
/// an alias, and its bits. Other aliases have the place of a list instead; the
/// lowest bit says which.
pub(super) const ARTICLES: (u64, u32) = (15, 4);
/// The mark of a count that does not fit into a byte.
pub(super) const MANY: u8 = u8::MAX;
/// In front of initials among the aliases, which hold no such character.
pub(super) const INITIALS: char = '\u{1}';
/// The bytes of a name and its articles in a list.
pub(super) const LISTED: usize = 8;
