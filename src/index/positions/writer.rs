//! Gathering the positions of new documents.

use std::any::Any;

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
    used: usize,
}

impl Gathered {
    pub fn new(schema: &Schema) -> Self {
        Self { fields: fields(schema).map(|field| (field, Terms::default())).collect(), used: 0 }
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
            each_term(text, |term, positions| self.used += terms.add(term, doc, positions));
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
        self.used
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
    lists: WordMap<List>,
}

impl Terms {
    /// Adds the positions of a term in a document, and tells how many bytes
    /// that took.
    fn add(&mut self, term: &str, doc: DocId, positions: impl Iterator<Item = u32>) -> usize {
        if let Some(list) = self.lists.get_mut(term.as_bytes()) {
            return list.add(doc, positions);
        }
        // Such a term is in no dictionary either.
        if term.len() > MAX_TOKEN_LEN {
            return 0;
        }
        let mut list = List::default();
        let used = list.add(doc, positions);
        self.lists.insert(term.as_bytes(), list);
        used + term.len() + TERM
    }

    /// Writes them in the order of the dictionary.
    fn write(self, lengths: &Lengths, file: &mut FileWriter) -> std::io::Result<()> {
        let (mut codes, mut positions) = (TermCodes::default(), Vec::new());
        for list in self.lists.into_sorted() {
            list.each(&mut positions, |doc, positions| {
                codes.push(lengths.parameter(doc, positions.len() as u32), positions);
            });
            codes.write(file)?;
        }
        Ok(())
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
