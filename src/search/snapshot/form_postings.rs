//! The postings of the forms of a word: their union, read once and cached across
//! queries.

use std::cmp::Ordering;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::schema::Field;
use tantivy::{DocId, TERMINATED};

use crate::index::FoundTerm;
use crate::search::error::SearchError;
use crate::search::snapshot::term_index::TermIndex;

/// Cached postings, 12 bytes each.
const MAX_POSTINGS: usize = 4 << 20;

/// The bit of [`Posting::forms`] shared by all forms from this one on.
const LAST_FORM: usize = 31;

/// A document that has one of the forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Posting {
    pub doc: DocId,
    /// Occurrences of all forms.
    pub count: u32,
    /// The forms that occur: one bit each, the last bit for all from the 32nd on.
    forms: u32,
}

impl Posting {
    /// Calls `each` for every form, of `count`, that occurs or may occur.
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

/// A form of a word, and the documents that may have it.
pub(crate) struct Form {
    pub term: FoundTerm,
    pub documents: Vec<DocId>,
}

/// The forms of a word in one field of a segment.
pub(crate) struct WordPostings {
    /// The forms that occur.
    pub terms: Vec<FoundTerm>,
    postings: OnceLock<Arc<[Posting]>>,
}

impl WordPostings {
    /// The forms that occur in `documents`, which are in order, each with the
    /// documents that may have it.
    pub fn forms_in(&self, index: &TermIndex<'_>, documents: &[DocId]) -> Result<Vec<Form>, SearchError> {
        let mut cursor = MaterializedCursor::new(self.postings(index)?);
        let form = |term: &FoundTerm| Form { term: term.clone(), documents: Vec::new() };
        let mut forms: Vec<Form> = self.terms.iter().map(form).collect();
        for doc in documents {
            cursor.seek(*doc);
            if let Some(posting) = cursor.posting().filter(|posting| posting.doc == *doc) {
                posting.each_form(forms.len(), |form| forms[form].documents.push(*doc));
            }
        }
        forms.retain(|form| !form.documents.is_empty());
        Ok(forms)
    }

    /// The postings of all forms, in order of documents.
    pub fn postings(&self, index: &TermIndex<'_>) -> Result<Arc<[Posting]>, SearchError> {
        if let Some(postings) = self.postings.get() {
            return Ok(postings.clone());
        }
        let postings = union(index, &self.terms)?;
        Ok(self.postings.get_or_init(|| postings.into()).clone())
    }
}

/// The words of recent queries, by segment, field and forms.
#[derive(Default)]
pub(crate) struct FormCache {
    words: Mutex<FxHashMap<(u32, Field, String), Arc<WordPostings>>>,
    postings: AtomicUsize,
}

impl FormCache {
    /// The forms that occur.
    pub fn get(&self, index: &TermIndex<'_>, forms: &[String]) -> Result<Arc<WordPostings>, SearchError> {
        // Folded words hold no NUL.
        let key = (index.segment, index.field, forms.join("\0"));
        let mut words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(word) = words.get(&key) {
            return Ok(word.clone());
        }
        let terms = index.find(forms, true)?;
        let count: usize = terms.iter().map(|term| term.info.doc_freq as usize).sum();
        let word = Arc::new(WordPostings { terms, postings: OnceLock::new() });
        let held = self.postings.fetch_add(count, Relaxed);
        if held + count > MAX_POSTINGS {
            words.clear();
            self.postings.store(count, Relaxed);
        }
        words.insert(key, word.clone());
        Ok(word)
    }
}

/// The union of the postings of several terms; counts of one document add up.
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
    // Short lists first, so that the long ones are merged only once.
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

/// A cursor over postings in memory.
pub(crate) struct MaterializedCursor {
    postings: Arc<[Posting]>,
    at: usize,
}

impl MaterializedCursor {
    pub fn new(postings: Arc<[Posting]>) -> Self {
        Self { postings, at: 0 }
    }

    fn posting(&self) -> Option<&Posting> {
        self.postings.get(self.at)
    }

    pub fn doc(&self) -> DocId {
        self.posting().map_or(TERMINATED, |posting| posting.doc)
    }

    /// The postings from the current one on.
    pub fn rest(&self) -> &[Posting] {
        &self.postings[self.at.min(self.postings.len())..]
    }

    /// Occurrences of all forms in the current document.
    pub fn count(&self) -> u32 {
        self.posting().map_or(0, |posting| posting.count)
    }

    /// Advances to the first document at or after `target`, by galloping search.
    pub fn seek(&mut self, target: DocId) {
        let rest = self.rest();
        let mut bound = 1;
        while rest.get(bound - 1).is_some_and(|posting| posting.doc < target) {
            bound *= 2;
        }
        let range = &rest[bound / 2..bound.min(rest.len())];
        self.at += bound / 2 + range.partition_point(|posting| posting.doc < target);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_postings_are_in_order_and_seekable() {
        let list = |forms: u32, list: &[(DocId, u32)]| -> Vec<Posting> {
            list.iter().map(|(doc, count)| Posting { doc: *doc, count: *count, forms }).collect()
        };
        let joined = join(&list(1, &[(1, 1), (4, 2), (9, 1)]), &list(2, &[(2, 1), (4, 3), (10, 1), (11, 1)]));
        let plain: Vec<(DocId, u32, u32)> = joined.iter().map(|p| (p.doc, p.count, p.forms)).collect();
        assert_eq!(plain, [(1, 1, 1), (2, 1, 2), (4, 5, 3), (9, 1, 1), (10, 1, 2), (11, 1, 2)]);
        for target in 0..13 {
            let mut cursor = MaterializedCursor::new(joined.clone().into());
            cursor.seek(target);
            let expected =
                joined.iter().find(|posting| posting.doc >= target).map_or(TERMINATED, |posting| posting.doc);
            assert_eq!(cursor.doc(), expected);
            cursor.seek(target.saturating_sub(3));
            assert_eq!(cursor.doc(), expected, "never back");
        }
    }

    #[test]
    fn forms_from_the_32nd_on_share_a_bit() {
        let check = |forms: u32, count: usize, expected: &[usize]| {
            let mut found = Vec::new();
            Posting { doc: 0, count: 1, forms }.each_form(count, |form| found.push(form));
            assert_eq!(found, expected, "{forms:b}");
        };
        check(0b101, 3, &[0, 2]);
        check(1 << 31, 34, &[31, 32, 33]);
        check(1 << 31 | 1, 32, &[0, 31]);
    }
}
