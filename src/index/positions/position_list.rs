//! The positions of a term while documents are added to a segment.

use tantivy::DocId;

use crate::index::varint::{push_leb128, take_leb128};

/// The positions of a term as LEB128 numbers: twice the gap from the position
/// before; for the first position in a document twice the position, plus one,
/// followed by the gap from the document before.
#[derive(Default)]
pub(super) struct PositionList {
    bytes: Vec<u8>,
    doc: DocId,
}

impl PositionList {
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

    /// Empties it; the next document is at or after this one.
    pub fn restart(&mut self, doc: DocId) {
        self.bytes.clear();
        self.doc = doc;
    }

    /// Adds those of a list that was restarted at the document `first`; gives how
    /// many bytes that takes.
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

    /// Hands each document with its positions to `each`.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn content(list: &PositionList) -> Vec<(DocId, Vec<u32>)> {
        let mut content = Vec::new();
        list.each(&mut Vec::new(), |doc, positions| content.push((doc, positions.to_vec())));
        content
    }

    #[test]
    fn positions_come_back_by_document() {
        let documents = [(0, vec![0, 3, 3]), (7, vec![500]), (9, vec![1, 70_000])];
        let mut list = PositionList::default();
        documents.iter().for_each(|(doc, positions)| list.add(*doc, positions.iter().copied()));
        assert_eq!(content(&list), documents);
        assert_eq!(list.size(), 12);
    }

    #[test]
    fn lists_are_appended_as_if_added_to() {
        let (mut all, mut more, mut expected) =
            (PositionList::default(), PositionList::default(), PositionList::default());
        for doc in [3, 10] {
            all.add(doc, [1, 5].into_iter());
            expected.add(doc, [1, 5].into_iter());
        }
        more.add(2, [9].into_iter());
        more.restart(64);
        for doc in [66, 70] {
            more.add(doc, [0, 2].into_iter());
            expected.add(doc, [0, 2].into_iter());
        }
        let before = all.size();
        assert_eq!(all.append(&more, 64), all.size() - before);
        assert_eq!((content(&all), &all.bytes), (content(&expected), &expected.bytes));
    }
}
