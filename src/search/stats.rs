//! Counts and sizes of an index.

use serde::Serialize;
use utoipa::ToSchema;

use crate::article::EntityKind;

use super::sizes::Size;

/// Counts and sizes of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Stats {
    /// Articles that can be found.
    pub articles: u64,
    /// Files they came from.
    pub files: usize,
    /// Distinct names of these articles by kind.
    pub names: Vec<(EntityKind, usize)>,
    /// First and last day of publication.
    pub published: Option<(String, String)>,
    /// Articles without a date.
    pub undated: u64,
    /// Bytes of article text taken in since the index was made.
    pub text_bytes: u64,
    /// Bytes of the index on disk.
    pub index_bytes: u64,
    /// Where the bytes of its segments are, the largest part first.
    pub sizes: Vec<Size>,
    /// tantivy segments.
    pub segments: usize,
    /// Commits so far.
    pub commits: u64,
    /// Version of the folder's format.
    pub format: u32,
}
