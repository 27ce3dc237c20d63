//! The positions of a field's terms while documents are added to a segment.

use std::panic::resume_unwind;

use tantivy::DocId;
use tantivy::tokenizer::MAX_TOKEN_LEN;

use crate::index::pretokenized::each_term;
use crate::segment::{WordKey, WordMap};

use super::file_writer::FileWriter;
use super::gap_model::GapModel;
use super::parallel_encoder::{Encoded, shares};
use super::position_list::PositionList;

/// Bytes of memory of a term beside its list, about.
const TERM: usize = 104;
/// Documents of a batch.
const BATCH: usize = 64;

/// The terms of a field with their positions.
#[derive(Default)]
pub(super) struct FieldBuffer {
    places: WordMap<usize>,
    lists: Vec<PositionList>,
    /// Bytes in the lists.
    bytes: usize,
    batch: Batch,
}

impl FieldBuffer {
    /// Adds the terms of a document.
    pub fn add(&mut self, text: &str, doc: DocId) {
        if self.batch.documents == BATCH {
            self.flush_batch();
        }
        self.batch.add(text, doc);
    }

    /// Adds the lists of the batch. All terms are looked up first, so that these
    /// look-ups need not wait for the memory of lists.
    fn flush_batch(&mut self) {
        let Self { places, lists, bytes, batch } = self;
        let place = |(word, added): (WordKey, usize)| {
            let place = *places.value_of(word, || lists.len());
            if place == lists.len() {
                lists.push(PositionList::default());
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

    /// Writes the terms in the order of the dictionary, encoded on all cores: this
    /// is done last, when other threads have little to do.
    pub fn write(mut self, gaps: &GapModel, file: &mut FileWriter) -> std::io::Result<()> {
        self.flush_batch();
        let lists = self.lists;
        let sorted: Vec<&PositionList> = self.places.into_sorted().map(|place| &lists[place]).collect();
        // Threads of its own: those of the pool may wait for this one.
        let parts: Vec<Encoded> = std::thread::scope(|scope| {
            let parts = shares(&sorted, rayon::current_num_threads());
            let threads: Vec<_> = parts.map(|part| scope.spawn(move || Encoded::new(part, gaps))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
        });
        parts.iter().flat_map(Encoded::terms).try_for_each(|codes| file.term(codes))
    }
}

/// The terms of the last documents, which are added to the others together: the
/// map of a batch fits into the processor's cache.
#[derive(Default)]
struct Batch {
    places: WordMap<usize>,
    /// The lists of its terms, and further ones to reuse.
    lists: Vec<PositionList>,
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
            // tantivy ignores longer terms, too.
            if term.len() <= MAX_TOKEN_LEN {
                let place = self.place(term.as_bytes());
                self.lists[place].add(doc, positions);
            }
        });
    }

    /// The index of a term's list.
    fn place(&mut self, term: &[u8]) -> usize {
        if let Some(place) = self.places.get(term) {
            return *place;
        }
        let place = self.terms;
        self.terms += 1;
        self.places.insert(term, place);
        if place == self.lists.len() {
            self.lists.push(PositionList::default());
        }
        self.lists[place].restart(self.first);
        place
    }
}
