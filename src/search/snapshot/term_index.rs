//! One field of a segment: its dictionary, postings and positions.

use std::sync::Arc;

use tantivy::index::InvertedIndexReader;
use tantivy::schema::{Field, Term};

use crate::index::{FieldPositions, FoundTerm, Postings};

use crate::search::error::SearchError;

/// Looks up the terms of one field of a segment.
pub(crate) struct TermIndex<'s> {
    /// The number of the segment.
    pub segment: u32,
    pub field: Field,
    pub index: Arc<InvertedIndexReader>,
    pub positions: Option<&'s Arc<FieldPositions>>,
}

impl TermIndex<'_> {
    /// Those of some terms that occur. `positions` also looks up what
    /// [`TermIndex::open`] needs to read positions.
    pub fn find(&self, terms: &[String], positions: bool) -> Result<Vec<FoundTerm>, SearchError> {
        let dictionary = self.index.terms();
        let mut found = Vec::with_capacity(terms.len());
        for term in terms {
            let term = Term::from_field_text(self.field, term);
            let key = term.serialized_value_bytes();
            if let Some(info) = dictionary.get(key).map_err(SearchError::read)? {
                found.push(FoundTerm {
                    ord: if positions { dictionary.term_ord(key).map_err(SearchError::read)? } else { None },
                    info,
                });
            }
        }
        Ok(found)
    }

    /// Opens the postings of a term, with its positions on request.
    pub fn open(&self, term: &FoundTerm, positions: bool) -> Result<Postings, SearchError> {
        Postings::open(&self.index, term, self.positions.filter(|_| positions)).map_err(SearchError::read)
    }
}
