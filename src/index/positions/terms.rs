//! Gathering the positions of the terms of a field.

use std::panic::resume_unwind;

use tantivy::DocId;
use tantivy::tokenizer::MAX_TOKEN_LEN;

use crate::index::postings::each_term;
use crate::segment::{WordKey, WordMap};

use super::encoded::{Encoded, shares};
use super::file::FileWriter;
use super::lengths::Lengths;
use super::list::List;

/// The bytes of a term beside what is in its list, about.
const TERM: usize = 104;
/// Documents of a batch.
const BATCH: usize = 64;

/// The terms of a field.
#[derive(Default)]
pub(super) struct Terms {
    places: WordMap<usize>,
    lists: Vec<List>,
    /// Bytes in the lists.
    bytes: usize,
    batch: Batch,
}

impl Terms {
    /// Adds the terms of a document.
    pub fn add(&mut self, text: &str, doc: DocId) {
        if self.batch.documents == BATCH {
            self.empty_batch();
        }
        self.batch.add(text, doc);
    }

    /// Adds what the documents of a batch had. All terms are looked up first:
    /// none has to wait for the memory of another's list.
    fn empty_batch(&mut self) {
        let Self { places, lists, bytes, batch } = self;
        let place = |(word, added): (WordKey, usize)| {
            let place = *places.value_of(word, || lists.len());
            if place == lists.len() {
                lists.push(List::default());
            }
            (place, added)
        };
        let found: Vec<(usize, usize)> = batch.places.drain().map(place).collect();
        for (place, added) in found {
            *bytes += lists[place].append(&batch.lists[added], batch.first);
        }
        (batch.documents, batch.terms, batch.bytes) = (0, 0, 0);
    }

    /// Bytes of memory, about.
    pub fn used(&self) -> usize {
        self.bytes + self.batch.bytes + self.lists.len() * TERM
    }

    /// Writes them in the order of the dictionary, encoded on all cores: this
    /// comes at the end of a run, when little else is left to do.
    pub fn write(mut self, lengths: &Lengths, file: &mut FileWriter) -> std::io::Result<()> {
        self.empty_batch();
        let lists = self.lists;
        let sorted: Vec<&List> = self.places.into_sorted().map(|place| &lists[place]).collect();
        // Threads of their own: those of the pool may wait for this one.
        let parts: Vec<Encoded> = std::thread::scope(|scope| {
            let parts = shares(&sorted, rayon::current_num_threads());
            let threads: Vec<_> = parts.map(|part| scope.spawn(move || Encoded::new(part, lengths))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
        });
        parts.iter().flat_map(Encoded::terms).try_for_each(|codes| file.term(codes))
    }
}

/// The terms of the last documents. They come to those of all together: what a
/// batch looks up, time and again, fits into the processor's cache.
#[derive(Default)]
struct Batch {
    places: WordMap<usize>,
    /// The lists of its terms, and some that earlier batches had.
    lists: Vec<List>,
    terms: usize,
    first: DocId,
    documents: usize,
    /// Bytes of their text.
    bytes: usize,
}

impl Batch {
    fn add(&mut self, text: &str, doc: DocId) {
        if self.documents == 0 {
            self.first = doc;
        }
        self.documents += 1;
        self.bytes += text.len();
        each_term(text, |term, positions| {
            // Longer terms are in no dictionary either.
            if term.len() <= MAX_TOKEN_LEN {
                let place = self.place(term.as_bytes());
                self.lists[place].add(doc, positions);
            }
        });
    }

    /// The place of a term's list.
    fn place(&mut self, term: &[u8]) -> usize {
        if let Some(place) = self.places.get(term) {
            return *place;
        }
        let place = self.terms;
        self.terms += 1;
        self.places.insert(term, place);
        if place == self.lists.len() {
            self.lists.push(List::default());
        }
        self.lists[place].begin(self.first);
        place
    }
}
