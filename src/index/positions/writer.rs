//! Gathering the positions of new documents.

use std::any::Any;
use std::panic::resume_unwind;

use tantivy::fieldnorm::FieldNormReaders;
use tantivy::index::{Segment, SegmentComponent};
use tantivy::indexer::DocIdMapping;
use tantivy::schema::document::ErasedDocument;
use tantivy::schema::{Field, Schema, Value};
use tantivy::tokenizer::MAX_TOKEN_LEN;
use tantivy::{DocId, PluginWriter, TantivyDocument, TantivyError};

use crate::index::numbers::{push_leb128, take_leb128};
use crate::index::postings::each_term;
use crate::segment::WordMap;

use super::file::{FileWriter, TermCodes};
use super::lengths::Lengths;
use super::{component, fields};

/// The bytes of a term beside what is in its list, about.
const TERM: usize = 100;

/// The positions of the documents of a segment in the making.
pub(super) struct Gathered {
    fields: Vec<(Field, Terms)>,
}

impl Gathered {
    pub fn new(schema: &Schema) -> Self {
        Self { fields: fields(schema).map(|field| (field, Terms::default())).collect() }
    }
}

impl PluginWriter for Gathered {
    fn add_document(&mut self, doc: DocId, document: &dyn ErasedDocument, _: &Schema) -> tantivy::Result<()> {
        let unknown = || TantivyError::InvalidArgument("documents are expected to be tantivy's own".to_owned());
        let document = document.as_any().downcast_ref::<TantivyDocument>().ok_or_else(unknown)?;
        for (field, terms) in &mut self.fields {
            let mut values = document.get_all(*field);
            let text = values.next().and_then(|value| value.as_str()).unwrap_or_default();
            if values.next().is_some() {
                return Err(TantivyError::InvalidArgument(
                    "a field of terms is expected once in a document".to_owned(),
                ));
            }
            terms.add(text, doc);
        }
        Ok(())
    }

    fn serialize(self: Box<Self>, segment: &Segment, moved: Option<&DocIdMapping>) -> tantivy::Result<()> {
        if moved.is_some() {
            return Err(TantivyError::InvalidArgument(
                "segments are expected to keep the order of documents".to_owned(),
            ));
        }
        let lengths = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
        let mut file = FileWriter::new(segment.open_write(component())?);
        for (field, terms) in self.fields {
            file.begin(field);
            terms.write(&Lengths::new(&segment.schema(), field, &lengths)?, &mut file)?;
            file.end()?;
        }
        Ok(file.close()?)
    }

    fn mem_usage(&self) -> usize {
        self.fields.iter().map(|(_, terms)| terms.used).sum()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

/// The terms of a field.
#[derive(Default)]
struct Terms {
    places: WordMap<usize>,
    lists: Vec<List>,
    /// Bytes of memory, about.
    used: usize,
}

impl Terms {
    /// Adds the terms of a document. They are all looked up first: none has to
    /// wait for the memory of another's list.
    fn add(&mut self, text: &str, doc: DocId) {
        let mut found = Vec::with_capacity(text.len() / 8);
        each_term(text, |term, positions| found.extend(self.place(term).map(|place| (place, positions))));
        for (place, positions) in found {
            self.used += self.lists[place].add(doc, positions);
        }
    }

    /// The place of a term's list; none of one that is in no dictionary either.
    fn place(&mut self, term: &str) -> Option<usize> {
        if let Some(place) = self.places.get(term.as_bytes()) {
            return Some(*place);
        }
        if term.len() > MAX_TOKEN_LEN {
            return None;
        }
        self.places.insert(term.as_bytes(), self.lists.len());
        self.lists.push(List::default());
        self.used += term.len() + TERM;
        Some(self.lists.len() - 1)
    }

    /// Writes them in the order of the dictionary, encoded on all cores: this
    /// comes at the end of a run, when little else is left to do.
    fn write(self, lengths: &Lengths, file: &mut FileWriter) -> std::io::Result<()> {
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

/// Cuts lists into so many parts of about as many bytes each, in order.
fn shares<'l, 't>(lists: &'l [&'t List], count: usize) -> impl Iterator<Item = &'l [&'t List]> {
    let size = |list: &List| list.bytes.len() + 1;
    let share = lists.iter().map(|list| size(list)).sum::<usize>() / count.max(1) + 1;
    let mut bytes = 0;
    lists.chunk_by(move |list, _| {
        let before = bytes / share;
        bytes += size(list);
        bytes / share == before
    })
}

/// The codes of terms, one after the other, and how many bytes each has.
struct Encoded {
    bytes: Vec<u8>,
    lengths: Vec<usize>,
}

impl Encoded {
    fn new(lists: &[&List], lengths: &Lengths) -> Self {
        let (mut codes, mut positions, mut bytes) = (TermCodes::default(), Vec::new(), Vec::new());
        let encoded = lists.iter().map(|list| {
            list.each(&mut positions, |doc, positions| {
                codes.push(lengths.parameter(doc, positions.len() as u32), positions);
            });
            codes.finish(&mut bytes)
        });
        let lengths = encoded.collect();
        Self { bytes, lengths }
    }

    fn terms(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = &self.bytes[..];
        self.lengths.iter().filter_map(move |length| {
            let (term, behind) = rest.split_at_checked(*length)?;
            rest = behind;
            Some(term).filter(|term| !term.is_empty())
        })
    }
}

/// The positions of a term, as gaps in LEB128: twice the gap from the position
/// before, or from the beginning of the next document, and one more there,
/// behind which the gap from the document before stands.
#[derive(Default)]
struct List {
    bytes: Vec<u8>,
    doc: DocId,
}

impl List {
    /// Adds the positions of the next document.
    fn add(&mut self, doc: DocId, positions: impl Iterator<Item = u32>) -> usize {
        let before = self.bytes.len();
        let mut last = None;
        for position in positions {
            match last {
                Some(last) => push_leb128(&mut self.bytes, u64::from(position - last) << 1),
                None => {
                    push_leb128(&mut self.bytes, u64::from(position) << 1 | 1);
                    push_leb128(&mut self.bytes, u64::from(doc - self.doc));
                }
            }
            last = Some(position);
        }
        self.doc = doc;
        self.bytes.len() - before
    }

    /// Hands out the positions in each document.
    fn each(&self, positions: &mut Vec<u32>, mut each: impl FnMut(DocId, &[u32])) {
        let mut bytes = &self.bytes[..];
        let mut next = || take_leb128(&mut bytes);
        let mut doc = 0;
        positions.clear();
        while let Some(number) = next() {
            let gap = (number >> 1) as u32;
            if number & 1 == 0 {
                positions.push(positions.last().map_or(gap, |last| last + gap));
                continue;
            }
            if !positions.is_empty() {
                each(doc, positions);
            }
            positions.clear();
            positions.push(gap);
            doc += next().unwrap_or(0) as DocId;
        }
        each(doc, positions);
    }
}
