//! The documents of a segment that have a term.

use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

/// The documents of a segment that have a term and are not deleted, in order.
pub(crate) fn documents_with(segment: &SegmentReader, term: &Term) -> tantivy::Result<Vec<DocId>> {
    let index = segment.inverted_index(term.field())?;
    let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else { return Ok(Vec::new()) };
    let mut documents = Vec::new();
    while postings.doc() != TERMINATED {
        if !segment.is_deleted(postings.doc()) {
            documents.push(postings.doc());
        }
        postings.advance();
    }
    Ok(documents)
}
