//! The layout of a file of positions.
//!
//! For each field: the codes of its terms in the order of the dictionary, in
//! groups of [`GROUP`] with the size of each term's codes before them (LEB128);
//! then where each group begins. At the end, for each field, its number, where
//! that table begins, and its count of terms; and the count of fields. Numbers
//! are of eight bytes, little-endian.
//!
//! The codes of a term: where each block of [`BLOCK`] documents but the first
//! begins, as four bytes, counted from behind them; then the blocks. A block
//! begins with the size of each of its parts of [`PART`] documents but the last
//! (LEB128). A part is [Rice codes](super::rice) of the gaps between positions,
//! document by document.

/// Documents of a block, as many as in a block of tantivy's postings.
pub(super) const BLOCK: usize = 128;
/// Documents that are decoded one after the other.
pub(super) const PART: usize = 16;
/// Terms of a group.
pub(super) const GROUP: usize = 32;
/// The numbers of a field's header.
pub(super) const HEADER: usize = 3;
