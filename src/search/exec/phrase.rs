//! Terms one after the other.

use tantivy::{DocId, TERMINATED};

use crate::index::{FoundTerm, Postings};

use crate::search::error::SearchError;
use crate::search::exec::union::UnionCursor;
use crate::search::snapshot::stem_postings::Stem;
use crate::search::snapshot::term_index::TermIndex;

/// The postings of what may stand at one place: of one term, or of any of the
/// forms of a stem.
pub(crate) enum TermPostings {
    One(Postings),
    Any(UnionCursor),
}

impl TermPostings {
    /// Opens those of all documents; `None` where there is no term.
    pub fn open(index: &TermIndex<'_>, terms: &[FoundTerm], positions: bool) -> Result<Option<Self>, SearchError> {
        match terms {
            [one] => Ok(Some(Self::One(index.open(one, positions)?))),
            many => Ok(UnionCursor::open(index, many.iter().map(|term| (term, None)), positions)?.map(Self::Any)),
        }
    }

    /// Opens those of a stem in some documents, given in order.
    pub fn open_in(
        index: &TermIndex<'_>,
        stem: &Stem,
        documents: &[DocId],
        positions: bool,
    ) -> Result<Option<Self>, SearchError> {
        if stem.terms.len() < 2 {
            return Self::open(index, &stem.terms, positions);
        }
        match &stem.forms_in(index, documents)?[..] {
            [one] => Ok(Some(Self::One(index.open(&one.term, positions)?))),
            many => {
                let forms = many.iter().map(|form| (&form.term, Some(&form.documents[..])));
                Ok(UnionCursor::open(index, forms, positions)?.map(Self::Any))
            }
        }
    }

    fn doc(&self) -> DocId {
        match self {
            Self::One(postings) => postings.doc(),
            Self::Any(merged) => merged.doc(),
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::One(postings) => postings.seek(target),
            Self::Any(merged) => {
                merged.seek(target);
                merged.doc()
            }
        }
    }

    fn count(&self) -> u32 {
        match self {
            Self::One(postings) => postings.count(),
            Self::Any(merged) => merged.count(),
        }
    }

    /// The positions in the current document, in place of what is in `out`.
    fn positions(&mut self, out: &mut Vec<u32>) {
        match self {
            Self::One(postings) => postings.positions(out),
            Self::Any(merged) => {
                out.clear();
                merged.positions(out);
            }
        }
    }
}

/// The documents that hold a term, or terms one after the other.
pub(crate) struct PhraseCursor {
    terms: Vec<TermPostings>,
    doc: DocId,
    /// Start positions in `doc`; kept for phrases, read when asked of a term.
    starts: Vec<u32>,
    scratch: Vec<u32>,
    /// Occurrences in `doc`, for phrases.
    count: u32,
}

impl PhraseCursor {
    /// Opens it from the postings of each place; `None` where one has none.
    pub fn new(terms: Vec<TermPostings>) -> Option<Self> {
        let doc = terms.first()?.doc();
        let mut run = Self { terms, doc, starts: Vec::new(), scratch: Vec::new(), count: 0 };
        run.settle();
        Some(run)
    }

    pub fn doc(&self) -> DocId {
        self.doc
    }

    /// How many positions each occurrence takes.
    pub fn length(&self) -> u32 {
        self.terms.len() as u32
    }

    pub fn seek(&mut self, target: DocId) {
        if self.doc < target {
            self.doc = self.terms[0].seek(target);
            self.settle();
        }
    }

    /// Hands every document from here on to `each`, with its count.
    pub fn each(&mut self, mut each: impl FnMut(DocId, u32)) {
        if let [TermPostings::One(postings)] = &mut self.terms[..] {
            while postings.doc() != TERMINATED {
                each(postings.doc(), postings.count());
                postings.advance();
            }
            self.doc = TERMINATED;
        }
        while self.doc != TERMINATED {
            each(self.doc, self.count());
            self.seek(self.doc + 1);
        }
    }

    pub fn count(&self) -> u32 {
        if self.terms.len() == 1 { self.terms[0].count() } else { self.count }
    }

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
                self.doc = self.terms[0].seek(self.doc + 1);
            }
        }
    }

    /// Brings all terms to one document; false where that moved `doc` on.
    fn align(&mut self) -> bool {
        loop {
            let target = self.doc;
            for at in 1..self.terms.len() {
                let found = self.terms[at].seek(target);
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
