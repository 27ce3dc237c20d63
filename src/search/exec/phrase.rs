//! Phrases: adjacent terms, in order.

use std::hash::Hash;

use rustc_hash::FxHashMap;
use tantivy::{DocId, TERMINATED};

use crate::index::{FoundTerm, Postings};
use crate::search::error::SearchError;
use crate::search::exec::union::UnionCursor;
use crate::search::snapshot::form_postings::WordPostings;
use crate::search::snapshot::term_index::TermIndex;

/// The postings of one position of a phrase: of one term, or of any form of a
/// word.
pub(crate) enum TermPostings {
    One(Postings),
    Any(UnionCursor),
}

impl TermPostings {
    /// Opens the union of some terms; `None` if there are none.
    pub fn open(index: &TermIndex<'_>, terms: &[FoundTerm], positions: bool) -> Result<Option<Self>, SearchError> {
        match terms {
            [one] => Ok(Some(Self::One(index.open(one, positions)?))),
            many => Ok(UnionCursor::open(index, many.iter().map(|term| (term, None)), positions)?.map(Self::Any)),
        }
    }

    /// Opens the forms of a word in `documents`, which are in order.
    pub fn open_in(
        index: &TermIndex<'_>,
        word: &WordPostings,
        documents: &[DocId],
        positions: bool,
    ) -> Result<Option<Self>, SearchError> {
        if word.terms.len() < 2 {
            return Self::open(index, &word.terms, positions);
        }
        match &word.forms_in(index, documents)?[..] {
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
            Self::Any(union) => union.doc(),
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::One(postings) => postings.seek(target),
            Self::Any(union) => {
                union.seek(target);
                union.doc()
            }
        }
    }

    fn count(&self) -> u32 {
        match self {
            Self::One(postings) => postings.count(),
            Self::Any(union) => union.count(),
        }
    }

    /// Replaces `out` by the positions in the current document.
    fn positions(&mut self, out: &mut Vec<u32>) {
        match self {
            Self::One(postings) => postings.positions(out),
            Self::Any(union) => {
                out.clear();
                union.positions(out);
            }
        }
    }
}

/// A term of a phrase, and its offsets in the phrase: one for each repetition, so
/// that repeated words are read once.
pub(crate) struct PhraseTerm<'t, T> {
    pub term: &'t T,
    pub offsets: Vec<u32>,
}

/// The distinct terms of a phrase, in the order in which they occur first.
pub(crate) fn distinct_terms<T: Eq + Hash>(terms: &[T]) -> Vec<PhraseTerm<'_, T>> {
    let mut distinct: Vec<PhraseTerm<'_, T>> = Vec::with_capacity(terms.len());
    let mut known: FxHashMap<&T, usize> = FxHashMap::default();
    for (offset, term) in (0..).zip(terms) {
        let at = *known.entry(term).or_insert(distinct.len());
        match distinct.get_mut(at) {
            Some(repeated) => repeated.offsets.push(offset),
            None => distinct.push(PhraseTerm { term, offsets: vec![offset] }),
        }
    }
    distinct
}

/// The documents that have a phrase of one or more terms, in order.
pub(crate) struct PhraseCursor {
    /// The distinct terms, each with its offsets; the first is at 0.
    terms: Vec<(TermPostings, Vec<u32>)>,
    /// Words of the phrase.
    length: u32,
    doc: DocId,
    /// Start positions in `doc`; of a single term they are read on demand.
    starts: Vec<u32>,
    scratch: Vec<u32>,
    /// Occurrences in `doc`; of a single term see [`PhraseCursor::count`].
    count: u32,
}

impl PhraseCursor {
    /// Opens a phrase of the postings of each distinct term, with its offsets; `None`
    /// if there are none.
    pub fn new(terms: Vec<(TermPostings, Vec<u32>)>) -> Option<Self> {
        let doc = terms.first()?.0.doc();
        let length = terms.iter().map(|(_, offsets)| offsets.len() as u32).sum();
        let mut phrase = Self { terms, length, doc, starts: Vec::new(), scratch: Vec::new(), count: 0 };
        phrase.advance_to_match();
        Some(phrase)
    }

    pub fn doc(&self) -> DocId {
        self.doc
    }

    /// Words of each occurrence.
    pub fn length(&self) -> u32 {
        self.length
    }

    pub fn seek(&mut self, target: DocId) {
        if self.doc < target {
            self.doc = self.terms[0].0.seek(target);
            self.advance_to_match();
        }
    }

    /// Calls `each` for every document from the current one on, with its count.
    pub fn each(&mut self, mut each: impl FnMut(DocId, u32)) {
        if let (1, [(TermPostings::One(postings), _)]) = (self.length, &mut self.terms[..]) {
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
        if self.length == 1 { self.terms[0].0.count() } else { self.count }
    }

    pub fn positions(&mut self, out: &mut Vec<u32>) {
        if self.length == 1 {
            self.terms[0].0.positions(&mut self.scratch);
            out.extend_from_slice(&self.scratch);
        } else {
            out.extend_from_slice(&self.starts);
        }
    }

    /// Advances to the first document, from the current one on, with the phrase.
    fn advance_to_match(&mut self) {
        if self.length < 2 {
            return;
        }
        while self.doc != TERMINATED {
            if self.align() && self.find_starts() {
                return;
            }
            if self.doc != TERMINATED && self.terms[0].0.doc() == self.doc {
                self.doc = self.terms[0].0.seek(self.doc + 1);
            }
        }
    }

    /// Advances all terms to one document; false at the end.
    fn align(&mut self) -> bool {
        loop {
            let target = self.doc;
            for at in 1..self.terms.len() {
                let found = self.terms[at].0.seek(target);
                if found > target {
                    self.doc = if found == TERMINATED { TERMINATED } else { self.terms[0].0.seek(found) };
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

    /// Intersects the positions; false if the phrase does not occur.
    fn find_starts(&mut self) -> bool {
        let Self { terms, starts, scratch, .. } = self;
        for (at, (term, offsets)) in terms.iter_mut().enumerate() {
            term.positions(scratch);
            if at == 0 {
                starts.clone_from(scratch);
            }
            for offset in offsets {
                starts.retain(|start| scratch.binary_search(&(start + *offset)).is_ok());
            }
            // Most documents have the words, but not together: the rest is not read.
            if starts.is_empty() {
                break;
            }
        }
        self.starts.dedup();
        self.count = self.starts.len() as u32;
        self.count > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_terms_are_read_once() {
        let check = |phrase: &str, expected: &[(&str, &[u32])]| {
            let terms: Vec<&str> = phrase.split_whitespace().collect();
            let distinct = distinct_terms(&terms);
            let found: Vec<(&str, &[u32])> = distinct.iter().map(|one| (*one.term, &one.offsets[..])).collect();
            assert_eq!(found, expected, "{phrase}");
        };
        check("", &[]);
        check("low tide", &[("low", &[0]), ("tide", &[1])]);
        check("the who the why the", &[("the", &[0, 2, 4]), ("who", &[1]), ("why", &[3])]);
    }
}
