//! Walking postings, of terms and of phrases.

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

use crate::index::IndexSchema;

use super::SearchError;
use super::plan::{Sequence, Wanted};

/// Where an occurrence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Title,
    Body,
    /// Neither: a field that is only filtered by.
    Elsewhere,
}

/// The documents that hold a term, or terms one after the other.
pub(super) struct Cursor {
    pub place: Place,
    terms: Vec<SegmentPostings>,
    doc: DocId,
    /// Start positions in `doc`; kept for phrases, read when asked of a term.
    starts: Vec<u32>,
    scratch: Vec<u32>,
    /// Occurrences in `doc`, for phrases.
    count: u32,
}

impl Cursor {
    fn open(
        index: &InvertedIndexReader,
        field: Field,
        terms: &[String],
        place: Place,
        positions: bool,
    ) -> Result<Option<Self>, SearchError> {
        let option = if positions || terms.len() > 1 {
            IndexRecordOption::WithFreqsAndPositions
        } else {
            IndexRecordOption::WithFreqs
        };
        let mut postings = Vec::with_capacity(terms.len());
        for term in terms {
            match index.read_postings(&Term::from_field_text(field, term), option)? {
                Some(found) => postings.push(found),
                None => return Ok(None),
            }
        }
        let mut cursor = Self { place, terms: postings, doc: 0, starts: Vec::new(), scratch: Vec::new(), count: 0 };
        cursor.doc = cursor.terms.first().map_or(TERMINATED, |first| first.doc());
        cursor.settle();
        Ok(Some(cursor))
    }

    pub fn doc(&self) -> DocId {
        self.doc
    }

    /// Goes to the first document at or after `target`.
    pub fn seek(&mut self, target: DocId) {
        if self.doc < target {
            self.doc = self.terms[0].seek(target);
            self.settle();
        }
    }

    /// How often it stands in the current document.
    pub fn count(&self) -> u32 {
        if self.terms.len() == 1 { self.terms[0].term_freq() } else { self.count }
    }

    /// Appends the start positions in the current document.
    pub fn positions(&mut self, out: &mut Vec<u32>) {
        if self.terms.len() == 1 {
            self.terms[0].positions(&mut self.scratch);
            out.extend_from_slice(&self.scratch);
        } else {
            out.extend_from_slice(&self.starts);
        }
    }

    /// Moves on to a document where the terms follow each other.
    fn settle(&mut self) {
        if self.terms.len() < 2 {
            return;
        }
        while self.doc != TERMINATED {
            if self.align() && self.find_starts() {
                return;
            }
            if self.doc != TERMINATED && self.terms[0].doc() == self.doc {
                self.doc = self.terms[0].advance();
            }
        }
    }

    /// Brings all terms to one document; false where that moved `doc` on.
    fn align(&mut self) -> bool {
        loop {
            let target = self.doc;
            for at in 1..self.terms.len() {
                let found =
                    if self.terms[at].doc() < target { self.terms[at].seek(target) } else { self.terms[at].doc() };
                if found > target {
                    self.doc = if found == TERMINATED { TERMINATED } else { self.terms[0].seek(found) };
                    break;
                }
            }
            if self.doc == TERMINATED {
                return false;
            }
            if self.doc == target {
                return true;
            }
        }
    }

    fn find_starts(&mut self) -> bool {
        self.terms[0].positions(&mut self.starts);
        for at in 1..self.terms.len() {
            self.terms[at].positions(&mut self.scratch);
            let following = &self.scratch;
            self.starts.retain(|start| following.binary_search(&(start + at as u32)).is_ok());
        }
        self.starts.dedup();
        self.count = self.starts.len() as u32;
        self.count > 0
    }
}

/// Opens the cursors of what is wanted in a segment: one for each field and
/// alternative that occurs there.
pub(super) fn open(
    segment: &SegmentReader,
    schema: &IndexSchema,
    wanted: &Wanted,
    positions: bool,
) -> Result<Vec<Cursor>, SearchError> {
    let mut cursors = Vec::new();
    let mut add = |field: Field, terms: &[String], place| -> Result<(), SearchError> {
        let index = segment.inverted_index(field)?;
        cursors.extend(Cursor::open(&index, field, terms, place, positions)?);
        Ok(())
    };
    match wanted {
        Wanted::Words(sequences) => {
            for sequence in sequences {
                let (title, body) = fields_of(schema, sequence);
                add(body, &sequence.terms, Place::Body)?;
                add(title, &sequence.terms, Place::Title)?;
            }
        }
        Wanted::Names(ids) => {
            for id in ids {
                let term = [id.to_string()];
                add(schema.body_names, &term, Place::Body)?;
                add(schema.title_names, &term, Place::Title)?;
            }
        }
        Wanted::Source(word) => add(schema.source, std::slice::from_ref(word), Place::Elsewhere)?,
    }
    Ok(cursors)
}

/// The title and body fields that a sequence is looked for in.
pub(super) fn fields_of(schema: &IndexSchema, sequence: &Sequence) -> (Field, Field) {
    if sequence.exact { (schema.title_exact, schema.body_exact) } else { (schema.title, schema.body) }
}
