//! Where a term stands in the documents of a segment in the making.

use tantivy::DocId;

use crate::index::numbers::{push_leb128, take_leb128};

/// The positions of a term, as gaps in LEB128: twice the gap from the position
/// before, or from the beginning of the next document, and one more there,
/// behind which the gap from the document before stands.
#[derive(Default)]
pub(super) struct List {
    bytes: Vec<u8>,
    doc: DocId,
}

impl List {
    /// Adds the positions of the next document.
    pub fn add(&mut self, doc: DocId, positions: impl Iterator<Item = u32>) {
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
    }

    /// Makes it one that has no documents before this one.
    pub fn begin(&mut self, doc: DocId) {
        self.bytes.clear();
        self.doc = doc;
    }

    /// Adds those of a list that began at a document; how many bytes they are.
    pub fn append(&mut self, more: &Self, first: DocId) -> usize {
        let (before, mut bytes) = (self.bytes.len(), &more.bytes[..]);
        if let (Some(position), Some(gap)) = (take_leb128(&mut bytes), take_leb128(&mut bytes)) {
            push_leb128(&mut self.bytes, position);
            push_leb128(&mut self.bytes, gap + u64::from(first - self.doc));
            self.bytes.extend_from_slice(bytes);
            self.doc = more.doc;
        }
        self.bytes.len() - before
    }

    /// Bytes of memory.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Hands out the positions in each document.
    pub fn each(&self, positions: &mut Vec<u32>, mut each: impl FnMut(DocId, &[u32])) {
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
