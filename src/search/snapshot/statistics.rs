//! The statistics that scores depend on, and the terms that words stand for.

use tantivy::schema::{Field, Term};

use crate::search::error::SearchError;
use crate::search::language::days::Days;
use crate::search::snapshot::reader::Snapshot;
use crate::search::snapshot::term_lookup::{self, TermCounts};

/// Document frequencies, sizes and terms of an archive: from the postings at
/// hand, or from a cluster that has them.
pub(crate) trait TermStatistics: Send + Sync {
    /// Articles, and the mean number of words of a title and of a body.
    fn sizes(&self, snapshot: &Snapshot) -> (u64, (f32, f32));

    /// The number of articles that have a term.
    fn term_frequency(&self, snapshot: &Snapshot, field: Field, term: &str) -> Result<u64, SearchError>;

    /// The number of articles that have a stem in any of its forms; with a single
    /// form, that word.
    fn stem_frequency(
        &self,
        snapshot: &Snapshot,
        field: Field,
        stem: &str,
        forms: &[String],
    ) -> Result<u64, SearchError>;

    /// The words of some fields that begin so, with the number of articles.
    fn words_with_prefix(&self, snapshot: &Snapshot, fields: &[Field], prefix: &str)
    -> Result<TermCounts, SearchError>;

    /// The words of some fields within an edit distance of a word.
    fn words_within(
        &self,
        snapshot: &Snapshot,
        fields: &[Field],
        word: &str,
        edits: u8,
    ) -> Result<TermCounts, SearchError>;

    /// The words of a field that a word may be a misspelling of.
    fn words_alike(&self, snapshot: &Snapshot, field: Field, word: &str, edits: u8) -> Result<TermCounts, SearchError>;

    /// The terms of fields of dates that lie within some days, in order.
    fn dates(&self, snapshot: &Snapshot, fields: &[Field], days: Days) -> Result<Vec<String>, SearchError>;

    /// Runs work that asks for statistics, again where some were not known yet.
    fn settle(&self, work: &mut dyn FnMut() -> Result<(), SearchError>) -> Result<(), SearchError>;
}

/// The statistics of the snapshot's own postings.
pub(crate) struct OwnStatistics;

impl TermStatistics for OwnStatistics {
    fn sizes(&self, snapshot: &Snapshot) -> (u64, (f32, f32)) {
        (snapshot.documents, snapshot.mean_lengths)
    }

    fn term_frequency(&self, snapshot: &Snapshot, field: Field, term: &str) -> Result<u64, SearchError> {
        Ok(snapshot.searcher.doc_freq(&Term::from_field_text(field, term))?)
    }

    fn stem_frequency(
        &self,
        snapshot: &Snapshot,
        field: Field,
        stem: &str,
        forms: &[String],
    ) -> Result<u64, SearchError> {
        if let [word] = forms {
            return self.term_frequency(snapshot, field, word);
        }
        let mut sum = 0;
        for number in 0..snapshot.searcher.segment_readers().len() as u32 {
            let index = snapshot.terms(number, field)?;
            let found = snapshot.stems.get(&index, (stem, forms))?;
            sum += match &found.terms[..] {
                [] => 0,
                [one] => u64::from(one.info.doc_freq),
                _ => found.documents(&index)?.len() as u64,
            };
        }
        Ok(sum)
    }

    fn words_with_prefix(
        &self,
        snapshot: &Snapshot,
        fields: &[Field],
        prefix: &str,
    ) -> Result<TermCounts, SearchError> {
        term_lookup::with_prefix(snapshot, fields, prefix)
    }

    fn words_within(
        &self,
        snapshot: &Snapshot,
        fields: &[Field],
        word: &str,
        edits: u8,
    ) -> Result<TermCounts, SearchError> {
        term_lookup::within(snapshot, fields, word, edits)
    }

    fn words_alike(&self, snapshot: &Snapshot, field: Field, word: &str, edits: u8) -> Result<TermCounts, SearchError> {
        term_lookup::alike(snapshot, field, word, edits)
    }

    fn dates(&self, snapshot: &Snapshot, fields: &[Field], days: Days) -> Result<Vec<String>, SearchError> {
        term_lookup::dates(snapshot, fields, days)
    }

    fn settle(&self, work: &mut dyn FnMut() -> Result<(), SearchError>) -> Result<(), SearchError> {
        work()
    }
}
