//! A cursor over the documents of a term, with its positions in them.

use std::io;
use std::sync::Arc;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermOrdinal;
use tantivy::{DocId, TERMINATED};

use super::file_format::BLOCK;
use super::reader::{FieldPositions, TermPositions};

/// A term in the dictionary of a field of a segment.
#[derive(Debug, Clone)]
pub struct FoundTerm {
    /// Its ordinal in the dictionary, if its positions are wanted.
    pub ord: Option<TermOrdinal>,
    /// Where its postings are.
    pub info: TermInfo,
}

/// A cursor over the documents of a term, in order.
pub struct Postings {
    /// Boxed because it holds a whole block.
    block: Box<BlockSegmentPostings>,
    /// The current document within its block.
    at: usize,
    positions: Option<TermPositions>,
}

impl Postings {
    /// Begins at the first document; without positions where none are given.
    ///
    /// # Errors
    /// What the system says, and damaged positions.
    pub fn open(
        index: &InvertedIndexReader,
        term: &FoundTerm,
        positions: Option<&Arc<FieldPositions>>,
    ) -> io::Result<Self> {
        let block = index.read_block_postings_from_terminfo(&term.info, IndexRecordOption::WithFreqs)?.into();
        let damaged = || io::Error::other("the positions of a term are missing");
        let of_term = |field: &Arc<FieldPositions>| field.term(term.ord?, term.info.doc_freq);
        let positions = positions.map(|field| of_term(field).ok_or_else(damaged));
        Ok(Self { block, at: 0, positions: positions.transpose()? })
    }

    /// The current document, [`TERMINATED`] behind the last.
    pub fn doc(&self) -> DocId {
        self.block.doc(self.at)
    }

    /// How often the term occurs in the current document.
    pub fn count(&self) -> u32 {
        self.block.freq(self.at)
    }

    /// Goes to the next document.
    pub fn advance(&mut self) {
        self.at += 1;
        if self.at == BLOCK {
            self.at = 0;
            self.block.advance();
        }
    }

    /// Goes to the first document at or after `target`, never back.
    pub fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() < target {
            self.at = self.block.seek(target);
        }
        self.doc()
    }

    /// The positions in the current document, in place of what is in `out`.
    pub fn positions(&mut self, out: &mut Vec<u32>) {
        let doc = self.doc();
        match &mut self.positions {
            Some(positions) if doc != TERMINATED => {
                let block = self.block.rank(doc) as usize / BLOCK;
                positions.read((block, self.at), (self.block.docs(), self.block.freqs()), out);
            }
            _ => out.clear(),
        }
    }
}
