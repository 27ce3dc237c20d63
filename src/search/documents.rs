//! The documents of a stem: those of all its written forms, read once and kept
//! for the queries that come after.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet, TERMINATED};

use super::SearchError;

/// The most documents that are kept, 8 bytes each.
const KEPT: usize = 4 << 20;

/// A document, and how often the word stands there.
type Posting = (DocId, u32);

/// A stem in one field of a segment.
pub(super) struct Stem {
    /// Where the postings of its forms are, of those that occur.
    pub infos: Vec<TermInfo>,
    documents: OnceLock<Arc<[Posting]>>,
}

impl Stem {
    /// The documents that have any of its forms, in order.
    pub fn documents(&self, index: &InvertedIndexReader) -> Result<Arc<[Posting]>, SearchError> {
        if let Some(documents) = self.documents.get() {
            return Ok(documents.clone());
        }
        let documents = union(index, &self.infos)?;
        Ok(self.documents.get_or_init(|| documents.into()).clone())
    }
}

/// The stems that queries asked for, by segment, field and stem.
#[derive(Default)]
pub(super) struct Stems {
    kept: Mutex<FxHashMap<(u32, Field, String), Arc<Stem>>>,
    documents: std::sync::atomic::AtomicUsize,
}

impl Stems {
    /// A stem with its forms, the first of which is the stem itself.
    pub fn get(
        &self,
        index: &InvertedIndexReader,
        segment: u32,
        field: Field,
        forms: &[String],
    ) -> Result<Arc<Stem>, SearchError> {
        let key = (segment, field, forms.first().cloned().unwrap_or_default());
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stem) = kept.get(&key) {
            return Ok(stem.clone());
        }
        let infos = infos(index, field, forms)?;
        let count: usize = infos.iter().map(|info| info.doc_freq as usize).sum();
        let stem = Arc::new(Stem { infos, documents: OnceLock::new() });
        let held = self.documents.fetch_add(count, std::sync::atomic::Ordering::Relaxed);
        if held + count > KEPT {
            kept.clear();
            self.documents.store(count, std::sync::atomic::Ordering::Relaxed);
        }
        kept.insert(key, stem.clone());
        Ok(stem)
    }
}

/// Where the postings of terms are, of those that occur.
pub(super) fn infos(index: &InvertedIndexReader, field: Field, terms: &[String]) -> Result<Vec<TermInfo>, SearchError> {
    let mut infos = Vec::with_capacity(terms.len());
    for term in terms {
        infos.extend(index.get_term_info(&Term::from_field_text(field, term))?);
    }
    Ok(infos)
}

/// The documents of several terms, the counts of one document added up.
fn union(index: &InvertedIndexReader, infos: &[TermInfo]) -> Result<Vec<Posting>, SearchError> {
    let mut lists = Vec::with_capacity(infos.len());
    for info in infos {
        let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
        let mut list = Vec::with_capacity(info.doc_freq as usize);
        while postings.doc() != TERMINATED {
            list.push((postings.doc(), postings.term_freq()));
            postings.advance();
        }
        lists.push(list);
    }
    // Short lists first, so that the long ones are gone through once.
    lists.sort_by_key(Vec::len);
    Ok(lists.into_iter().reduce(|a, b| join(&a, &b)).unwrap_or_default())
}

fn join(a: &[Posting], b: &[Posting]) -> Vec<Posting> {
    let mut joined = Vec::with_capacity(a.len() + b.len());
    let (mut at, mut next) = (0, 0);
    while let (Some(left), Some(right)) = (a.get(at), b.get(next)) {
        joined.push(match left.0.cmp(&right.0) {
            std::cmp::Ordering::Less => *left,
            std::cmp::Ordering::Greater => *right,
            std::cmp::Ordering::Equal => (left.0, left.1 + right.1),
        });
        at += usize::from(left.0 <= right.0);
        next += usize::from(right.0 <= left.0);
    }
    joined.extend_from_slice(&a[at..]);
    joined.extend_from_slice(&b[next..]);
    joined
}

/// A way through the documents of a stem.
pub(super) struct Listed {
    documents: Arc<[Posting]>,
    at: usize,
}

impl Listed {
    pub fn new(documents: Arc<[Posting]>) -> Self {
        Self { documents, at: 0 }
    }

    pub fn doc(&self) -> DocId {
        self.documents.get(self.at).map_or(TERMINATED, |(doc, _)| *doc)
    }

    /// How often any form stands in the current document.
    pub fn count(&self) -> u32 {
        self.documents.get(self.at).map_or(0, |(_, count)| *count)
    }

    /// Goes to the first document at or after `target`: most often it is near.
    pub fn seek(&mut self, target: DocId) {
        let rest = &self.documents[self.at.min(self.documents.len())..];
        let mut reach = 1;
        while rest.get(reach - 1).is_some_and(|(doc, _)| *doc < target) {
            reach *= 2;
        }
        let near = &rest[reach / 2..reach.min(rest.len())];
        self.at += reach / 2 + near.partition_point(|(doc, _)| *doc < target);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_documents_are_walked_in_order() {
        let joined = join(&[(1, 1), (4, 2), (9, 1)], &[(2, 1), (4, 3), (10, 1), (11, 1)]);
        assert_eq!(joined, [(1, 1), (2, 1), (4, 5), (9, 1), (10, 1), (11, 1)]);
        for target in 0..13 {
            let mut listed = Listed::new(joined.clone().into());
            listed.seek(target);
            let expected = joined.iter().find(|(doc, _)| *doc >= target).map_or(TERMINATED, |(doc, _)| *doc);
            assert_eq!(listed.doc(), expected);
            listed.seek(target.saturating_sub(3));
            assert_eq!(listed.doc(), expected, "never back");
        }
    }
}
