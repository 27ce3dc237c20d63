//! Term statistics: what scores depend on, and the expansions of prefixes, fuzzy
//! words and dates.

use tantivy::schema::Field;

use crate::search::error::SearchError;
use crate::search::language::days::Days;
use crate::search::snapshot::segments::OpenSegments;
use crate::search::snapshot::term_lookup::TermCounts;

/// Document frequencies, sizes and terms of an archive, read from the local
/// postings or from a cluster.
pub(crate) trait TermStatistics: Send + Sync {
    /// Number of articles, and the mean number of words of a title and of a body.
    fn sizes(&self, segments: &OpenSegments) -> (u64, (f32, f32));

    /// Number of articles without those removed.
    fn living_articles(&self, segments: &OpenSegments) -> u64 {
        self.sizes(segments).0
    }

    /// The number of articles that have a term.
    fn term_frequency(&self, segments: &OpenSegments, field: Field, term: &str) -> Result<u64, SearchError>;

    /// The number of articles that have any of these words.
    fn forms_frequency(&self, segments: &OpenSegments, field: Field, forms: &[String]) -> Result<u64, SearchError>;

    /// The words of some fields with a prefix, with the number of articles.
    fn words_with_prefix(
        &self,
        segments: &OpenSegments,
        fields: &[Field],
        prefix: &str,
    ) -> Result<TermCounts, SearchError>;

    /// The words of some fields within an edit distance of a word.
    fn words_within(
        &self,
        segments: &OpenSegments,
        fields: &[Field],
        word: &str,
        edits: u8,
    ) -> Result<TermCounts, SearchError>;

    /// The words of a field that a word may be a misspelling of.
    fn words_alike(
        &self,
        segments: &OpenSegments,
        field: Field,
        word: &str,
        edits: u8,
    ) -> Result<TermCounts, SearchError>;

    /// The terms of date fields within some days, in order.
    fn dates(&self, segments: &OpenSegments, fields: &[Field], days: Days) -> Result<Vec<String>, SearchError>;

    /// Runs work that reads statistics, again where some were not known yet.
    fn settle(&self, work: &mut dyn FnMut() -> Result<(), SearchError>) -> Result<(), SearchError>;
}
