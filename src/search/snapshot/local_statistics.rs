//! Term statistics of an index on disk or in memory.

use tantivy::schema::{Field, Term};

use crate::search::error::SearchError;
use crate::search::language::days::Days;
use crate::search::snapshot::segments::OpenSegments;
use crate::search::snapshot::statistics::TermStatistics;
use crate::search::snapshot::term_lookup::{self, TermCounts};

/// Statistics from the local postings.
pub(crate) struct LocalStatistics;

impl TermStatistics for LocalStatistics {
    fn sizes(&self, segments: &OpenSegments) -> (u64, (f32, f32)) {
        (segments.documents, segments.mean_lengths)
    }

    fn living_articles(&self, segments: &OpenSegments) -> u64 {
        segments.searcher.num_docs()
    }

    fn term_frequency(&self, segments: &OpenSegments, field: Field, term: &str) -> Result<u64, SearchError> {
        segments.searcher.doc_freq(&Term::from_field_text(field, term)).map_err(SearchError::read)
    }

    fn forms_frequency(&self, segments: &OpenSegments, field: Field, forms: &[String]) -> Result<u64, SearchError> {
        if let [word] = forms {
            return self.term_frequency(segments, field, word);
        }
        let mut sum = 0;
        for number in 0..segments.searcher.segment_readers().len() as u32 {
            let index = segments.terms(number, field)?;
            let found = segments.words.get(&index, forms)?;
            sum += match &found.terms[..] {
                [] => 0,
                [one] => u64::from(one.info.doc_freq),
                _ => found.postings(&index)?.len() as u64,
            };
        }
        Ok(sum)
    }

    fn words_with_prefix(
        &self,
        segments: &OpenSegments,
        fields: &[Field],
        prefix: &str,
    ) -> Result<TermCounts, SearchError> {
        term_lookup::with_prefix(&segments.searcher, fields, prefix)
    }

    fn words_within(
        &self,
        segments: &OpenSegments,
        fields: &[Field],
        word: &str,
        edits: u8,
    ) -> Result<TermCounts, SearchError> {
        term_lookup::within(&segments.searcher, fields, word, edits)
    }

    fn words_alike(
        &self,
        segments: &OpenSegments,
        field: Field,
        word: &str,
        edits: u8,
    ) -> Result<TermCounts, SearchError> {
        term_lookup::alike(&segments.searcher, field, word, edits)
    }

    fn dates(&self, segments: &OpenSegments, fields: &[Field], days: Days) -> Result<Vec<String>, SearchError> {
        term_lookup::dates(&segments.searcher, fields, days)
    }

    fn settle(&self, work: &mut dyn FnMut() -> Result<(), SearchError>) -> Result<(), SearchError> {
        work()
    }
}
