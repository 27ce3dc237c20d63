//! The documents of a stem: those of all its written forms, read once and kept
//! for the queries that come after.

use std::cmp::Ordering;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::schema::Field;
use tantivy::{DocId, TERMINATED};

use crate::index::FoundTerm;

use crate::search::error::SearchError;
use crate::search::snapshot::term_index::TermIndex;

/// The most documents that are kept, 12 bytes each.
const KEPT: usize = 4 << 20;

/// The last bit of forms.
const LAST_FORM: usize = 31;

/// A document with a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Posting {
    pub doc: DocId,
    /// How often it stands there.
    pub count: u32,
    /// Which of its forms do: a bit for each, the last for all from the 32nd on.
    forms: u32,
}

impl Posting {
    /// Hands to `each` which of so many forms stand there, or may.
    fn each_form(&self, count: usize, mut each: impl FnMut(usize)) {
        let mut rest = self.forms;
        while rest != 0 {
            let form = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            let last = if form < LAST_FORM { form } else { count - 1 };
            (form..=last).for_each(&mut each);
        }
    }
}

/// A form of a stem, and the documents to look for it in.
pub(crate) struct Form {
    pub term: FoundTerm,
    pub documents: Vec<DocId>,
}

/// A stem in one field of a segment.
pub(crate) struct Stem {
    /// Those of its forms that occur.
    pub terms: Vec<FoundTerm>,
    documents: OnceLock<Arc<[Posting]>>,
}

impl Stem {
    /// Those forms that stand in some documents, given in order, each with the
    /// documents to look for it in.
    pub fn forms_in(&self, index: &TermIndex<'_>, documents: &[DocId]) -> Result<Vec<Form>, SearchError> {
        let mut listed = MaterializedCursor::new(self.documents(index)?);
        let form = |term: &FoundTerm| Form { term: term.clone(), documents: Vec::new() };
        let mut forms: Vec<Form> = self.terms.iter().map(form).collect();
        for doc in documents {
            listed.seek(*doc);
            if let Some(posting) = listed.posting().filter(|posting| posting.doc == *doc) {
                posting.each_form(forms.len(), |form| forms[form].documents.push(*doc));
            }
        }
        forms.retain(|form| !form.documents.is_empty());
        Ok(forms)
    }

    /// The documents that have any of its forms, in order.
    pub fn documents(&self, index: &TermIndex<'_>) -> Result<Arc<[Posting]>, SearchError> {
        if let Some(documents) = self.documents.get() {
            return Ok(documents.clone());
        }
        let documents = union(index, &self.terms)?;
        Ok(self.documents.get_or_init(|| documents.into()).clone())
    }
}

/// The stems that queries asked for, by segment, field and stem.
#[derive(Default)]
pub(crate) struct Stems {
    kept: Mutex<FxHashMap<(u32, Field, String), Arc<Stem>>>,
    documents: AtomicUsize,
}

impl Stems {
    /// A stem with its forms.
    pub fn get(&self, index: &TermIndex<'_>, (stem, forms): (&str, &[String])) -> Result<Arc<Stem>, SearchError> {
        let key = (index.segment, index.field, stem.to_owned());
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stem) = kept.get(&key) {
            return Ok(stem.clone());
        }
        let terms = index.find(forms, true)?;
        let count: usize = terms.iter().map(|term| term.info.doc_freq as usize).sum();
        let stem = Arc::new(Stem { terms, documents: OnceLock::new() });
        let held = self.documents.fetch_add(count, Relaxed);
        if held + count > KEPT {
            kept.clear();
            self.documents.store(count, Relaxed);
        }
        kept.insert(key, stem.clone());
        Ok(stem)
    }
}

/// The documents of several terms, the counts of one document added up.
fn union(index: &TermIndex<'_>, terms: &[FoundTerm]) -> Result<Vec<Posting>, SearchError> {
    let mut lists = Vec::with_capacity(terms.len());
    for term in terms {
        let mut postings = index.open(term, false)?;
        let mut list = Vec::with_capacity(term.info.doc_freq as usize);
        let forms = 1 << lists.len().min(LAST_FORM);
        while postings.doc() != TERMINATED {
            list.push(Posting { doc: postings.doc(), count: postings.count(), forms });
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
        joined.push(match left.doc.cmp(&right.doc) {
            Ordering::Less => *left,
            Ordering::Greater => *right,
            Ordering::Equal => {
                Posting { doc: left.doc, count: left.count + right.count, forms: left.forms | right.forms }
            }
        });
        at += usize::from(left.doc <= right.doc);
        next += usize::from(right.doc <= left.doc);
    }
    joined.extend_from_slice(&a[at..]);
    joined.extend_from_slice(&b[next..]);
    joined
}

/// A way through the documents of a stem.
pub(crate) struct MaterializedCursor {
    documents: Arc<[Posting]>,
    at: usize,
}

impl MaterializedCursor {
    pub fn new(documents: Arc<[Posting]>) -> Self {
        Self { documents, at: 0 }
    }

    fn posting(&self) -> Option<&Posting> {
        self.documents.get(self.at)
    }

    pub fn doc(&self) -> DocId {
        self.posting().map_or(TERMINATED, |posting| posting.doc)
    }

    /// The documents from here on.
    pub fn rest(&self) -> &[Posting] {
        &self.documents[self.at.min(self.documents.len())..]
    }

    /// How often any form stands in the current document.
    pub fn count(&self) -> u32 {
        self.posting().map_or(0, |posting| posting.count)
    }

    /// Goes to the first document at or after `target`: most often it is near.
    pub fn seek(&mut self, target: DocId) {
        let rest = self.rest();
        let mut reach = 1;
        while rest.get(reach - 1).is_some_and(|posting| posting.doc < target) {
            reach *= 2;
        }
        let near = &rest[reach / 2..reach.min(rest.len())];
        self.at += reach / 2 + near.partition_point(|posting| posting.doc < target);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_documents_are_walked_in_order() {
        let list = |forms: u32, list: &[(DocId, u32)]| -> Vec<Posting> {
            list.iter().map(|(doc, count)| Posting { doc: *doc, count: *count, forms }).collect()
        };
        let joined = join(&list(1, &[(1, 1), (4, 2), (9, 1)]), &list(2, &[(2, 1), (4, 3), (10, 1), (11, 1)]));
        let plain: Vec<(DocId, u32, u32)> = joined.iter().map(|p| (p.doc, p.count, p.forms)).collect();
        assert_eq!(plain, [(1, 1, 1), (2, 1, 2), (4, 5, 3), (9, 1, 1), (10, 1, 2), (11, 1, 2)]);
        for target in 0..13 {
            let mut listed = MaterializedCursor::new(joined.clone().into());
            listed.seek(target);
            let expected =
                joined.iter().find(|posting| posting.doc >= target).map_or(TERMINATED, |posting| posting.doc);
            assert_eq!(listed.doc(), expected);
            listed.seek(target.saturating_sub(3));
            assert_eq!(listed.doc(), expected, "never back");
        }
    }
}
