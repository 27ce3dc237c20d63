//! The postings of many terms as those of one.

use tantivy::{DocId, TERMINATED};

use crate::index::{FoundTerm, Postings};

use crate::search::error::SearchError;
use crate::search::snapshot::term_index::TermIndex;

/// The documents that hold any of some terms.
pub(crate) struct UnionCursor {
    /// Each document with the end of its positions, or of its count of them.
    documents: Vec<(DocId, u32)>,
    positions: Vec<u32>,
    at: usize,
}

impl UnionCursor {
    /// Reads the postings of all terms, each in some documents or in all;
    /// `None` where no document has any.
    pub fn open<'t>(
        index: &TermIndex<'_>,
        terms: impl Iterator<Item = (&'t FoundTerm, Option<&'t [DocId]>)>,
        positions: bool,
    ) -> Result<Option<Self>, SearchError> {
        let mut found: Vec<u64> = Vec::new();
        let mut scratch = Vec::new();
        for (term, only) in terms {
            let mut postings = index.open(term, positions)?;
            each(&mut postings, only, |postings| {
                let doc = postings.doc();
                if positions {
                    postings.positions(&mut scratch);
                    found.extend(scratch.iter().map(|position| joined(doc, *position)));
                } else {
                    found.push(joined(doc, postings.count()));
                }
            });
        }
        // Each term's are in order: a stable sort merges such runs.
        found.sort();
        Ok((!found.is_empty()).then(|| Self::gather(&found, positions)))
    }

    fn gather(found: &[u64], positions: bool) -> Self {
        let mut merged = Self { documents: Vec::new(), positions: Vec::new(), at: 0 };
        let mut end = 0;
        for group in found.chunk_by(|a, b| a >> 32 == b >> 32) {
            if positions {
                let each_once = group.chunk_by(|a, b| a == b).map(|same| same[0] as u32);
                merged.positions.extend(each_once);
                end = merged.positions.len() as u32;
            } else {
                end += group.iter().map(|count| *count as u32).sum::<u32>();
            }
            merged.documents.push(((group[0] >> 32) as DocId, end));
        }
        merged
    }

    pub fn doc(&self) -> DocId {
        self.documents.get(self.at).map_or(TERMINATED, |(doc, _)| *doc)
    }

    pub fn seek(&mut self, target: DocId) {
        if self.doc() < target {
            self.at += self.documents[self.at..].partition_point(|(doc, _)| *doc < target);
        }
    }

    /// How often any of the terms stands in the current document.
    pub fn count(&self) -> u32 {
        let (start, end) = self.range();
        end - start
    }

    pub fn positions(&self, out: &mut Vec<u32>) {
        let (start, end) = self.range();
        out.extend_from_slice(self.positions.get(start as usize..end as usize).unwrap_or(&[]));
    }

    fn range(&self) -> (u32, u32) {
        let start = self.at.checked_sub(1).map_or(0, |before| self.documents[before].1);
        (start, self.documents.get(self.at).map_or(start, |(_, end)| *end))
    }
}

/// A document and a number in it, in the order of both.
fn joined(doc: DocId, number: u32) -> u64 {
    u64::from(doc) << 32 | u64::from(number)
}

/// Hands the postings to `each` at every document, or at those of `only`.
fn each(postings: &mut Postings, only: Option<&[DocId]>, mut each: impl FnMut(&mut Postings)) {
    match only {
        Some(documents) => {
            for doc in documents {
                if postings.seek(*doc) == *doc {
                    each(postings);
                }
            }
        }
        None => {
            while postings.doc() != TERMINATED {
                each(postings);
                postings.advance();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_several_terms_are_gathered() {
        let mut found =
            vec![joined(1, 4), joined(3, 7), joined(3, 9), joined(1, 2), joined(1, 4), joined(u32::MAX - 1, 0)];
        found.sort();
        let of = |positions: bool| {
            let mut merged = UnionCursor::gather(&found, positions);
            let mut read = Vec::new();
            while merged.doc() != TERMINATED {
                let mut numbers = Vec::new();
                merged.positions(&mut numbers);
                read.push((merged.doc(), merged.count(), numbers));
                merged.seek(merged.doc() + 1);
            }
            read
        };
        assert_eq!(of(true), [(1, 2, vec![2, 4]), (3, 2, vec![7, 9]), (u32::MAX - 1, 1, vec![0])]);
        assert_eq!(of(false), [(1, 10, vec![]), (3, 16, vec![]), (u32::MAX - 1, 0, vec![])]);
    }
}
