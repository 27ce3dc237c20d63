//! The union of the postings of several terms, in memory.

use tantivy::{DocId, TERMINATED};

use crate::index::{FoundTerm, Postings};
use crate::search::error::SearchError;
use crate::search::snapshot::term_index::TermIndex;

/// The documents that have any of some terms, in order.
pub(crate) struct UnionCursor {
    /// Each document with the end of its range in `positions`; without positions,
    /// with the sum of the counts so far.
    documents: Vec<(DocId, u32)>,
    positions: Vec<u32>,
    at: usize,
}

impl UnionCursor {
    /// Reads the postings of all terms, each in some documents or in all; `None`
    /// if no document has any.
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
                    found.extend(scratch.iter().map(|position| key(doc, *position)));
                } else {
                    found.push(key(doc, postings.count()));
                }
            });
        }
        // The postings of each term are in order, and a stable sort merges sorted runs.
        found.sort();
        Ok((!found.is_empty()).then(|| Self::from_sorted(&found, positions)))
    }

    /// A cursor over sorted keys; see [`key`].
    fn from_sorted(found: &[u64], positions: bool) -> Self {
        let mut union = Self { documents: Vec::new(), positions: Vec::new(), at: 0 };
        let mut end = 0;
        for group in found.chunk_by(|a, b| a >> 32 == b >> 32) {
            if positions {
                let distinct = group.chunk_by(|a, b| a == b).map(|same| same[0] as u32);
                union.positions.extend(distinct);
                end = union.positions.len() as u32;
            } else {
                end += group.iter().map(|count| *count as u32).sum::<u32>();
            }
            union.documents.push(((group[0] >> 32) as DocId, end));
        }
        union
    }

    pub fn doc(&self) -> DocId {
        self.documents.get(self.at).map_or(TERMINATED, |(doc, _)| *doc)
    }

    pub fn seek(&mut self, target: DocId) {
        if self.doc() < target {
            self.at += self.documents[self.at..].partition_point(|(doc, _)| *doc < target);
        }
    }

    /// Occurrences of all terms in the current document.
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

/// A document with a position or count, ordered by both.
fn key(doc: DocId, number: u32) -> u64 {
    u64::from(doc) << 32 | u64::from(number)
}

/// Calls `each` at every document, or at those of `only`.
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
    fn positions_are_distinct_and_counts_add_up() {
        let mut found = vec![key(1, 4), key(3, 7), key(3, 9), key(1, 2), key(1, 4), key(u32::MAX - 1, 0)];
        found.sort();
        let of = |positions: bool| {
            let mut union = UnionCursor::from_sorted(&found, positions);
            let mut read = Vec::new();
            while union.doc() != TERMINATED {
                let mut numbers = Vec::new();
                union.positions(&mut numbers);
                read.push((union.doc(), union.count(), numbers));
                union.seek(union.doc() + 1);
            }
            read
        };
        assert_eq!(of(true), [(1, 2, vec![2, 4]), (3, 2, vec![7, 9]), (u32::MAX - 1, 1, vec![0])]);
        assert_eq!(of(false), [(1, 10, vec![]), (3, 16, vec![]), (u32::MAX - 1, 0, vec![])]);
    }
}
