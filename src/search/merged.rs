//! The postings of many terms as those of one.

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, TermInfo};
use tantivy::{DocId, DocSet, TERMINATED};

use super::SearchError;
use super::cursor::Reach;

/// The documents that hold any of some terms.
pub(super) struct Merged {
    /// Each document with the end of its positions, or of its count of them.
    documents: Vec<(DocId, u32)>,
    positions: Vec<u32>,
    at: usize,
}

impl Merged {
    /// Reads the postings of all terms; `None` where no document has any.
    pub fn open(
        index: &InvertedIndexReader,
        infos: &[TermInfo],
        reach: Reach<'_>,
    ) -> Result<Option<Self>, SearchError> {
        let mut found: Vec<(DocId, u32)> = Vec::new();
        let mut scratch = Vec::new();
        for info in infos {
            let mut postings = index.read_postings_from_terminfo(info, reach.option())?;
            each(&mut postings, reach.only, |postings| {
                let doc = postings.doc();
                if reach.positions {
                    postings.positions(&mut scratch);
                    found.extend(scratch.iter().map(|position| (doc, *position)));
                } else {
                    found.push((doc, postings.term_freq()));
                }
            });
        }
        found.sort_unstable();
        Ok((!found.is_empty()).then(|| Self::gather(&found, reach.positions)))
    }

    fn gather(found: &[(DocId, u32)], positions: bool) -> Self {
        let mut merged = Self { documents: Vec::new(), positions: Vec::new(), at: 0 };
        let mut end = 0;
        for group in found.chunk_by(|a, b| a.0 == b.0) {
            if positions {
                let from = merged.positions.len();
                merged.positions.extend(group.iter().map(|(_, position)| *position));
                let mut kept = merged.positions.split_off(from);
                kept.dedup();
                merged.positions.append(&mut kept);
                end = merged.positions.len() as u32;
            } else {
                end += group.iter().map(|(_, count)| count).sum::<u32>();
            }
            merged.documents.push((group[0].0, end));
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

/// Hands the postings to `each` at every document, or at those of `only`.
fn each<P: Postings>(postings: &mut P, only: Option<&[DocId]>, mut each: impl FnMut(&mut P)) {
    match only {
        Some(documents) => {
            for doc in documents {
                if postings.doc() < *doc {
                    postings.seek(*doc);
                }
                if postings.doc() == *doc {
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
