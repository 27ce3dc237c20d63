//! Encoding the positions of a term.

use crate::index::varint::push_leb128;

use super::file_format::{BLOCK, PART};
use super::rice::BitWriter;

/// Encodes the positions of a term.
#[derive(Default)]
pub(super) struct TermEncoder {
    beginnings: Vec<u32>,
    blocks: Vec<u8>,
    documents: usize,
    /// The current block: its codes, and where its parts end in them.
    bits: BitWriter,
    ends: Vec<usize>,
}

impl TermEncoder {
    /// Adds the positions in the next document, in order.
    pub fn push(&mut self, parameter: u32, positions: &[u32]) {
        if self.documents > 0 && self.documents.is_multiple_of(PART) {
            self.ends.push(self.bits.align());
            if self.documents.is_multiple_of(BLOCK) {
                self.end_block();
                self.beginnings.push(self.blocks.len() as u32);
            }
        }
        self.documents += 1;
        let mut before = 0;
        for position in positions {
            self.bits.push(position.saturating_sub(before), parameter);
            before = *position;
        }
    }

    fn end_block(&mut self) {
        let mut start = 0;
        for end in self.ends.drain(..).take_while(|end| *end < self.bits.bytes().len()) {
            push_leb128(&mut self.blocks, (end - start) as u64);
            start = end;
        }
        self.blocks.extend_from_slice(self.bits.bytes());
        self.bits.clear();
    }

    /// Appends the codes to `out` and begins the next term; gives their size,
    /// 0 for a term in no document.
    pub fn finish(&mut self, out: &mut Vec<u8>) -> usize {
        if self.documents == 0 {
            return 0;
        }
        self.ends.push(self.bits.align());
        self.end_block();
        let before = out.len();
        out.extend(self.beginnings.iter().flat_map(|beginning| beginning.to_le_bytes()));
        out.extend_from_slice(&self.blocks);
        self.beginnings.clear();
        self.blocks.clear();
        self.documents = 0;
        out.len() - before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_have_a_table_of_blocks_but_the_first() {
        let check = |documents: usize, size: usize| {
            let (mut encoder, mut out) = (TermEncoder::default(), vec![9]);
            // Eight bits a document: a one, a zero, six bits below.
            (0..documents).for_each(|_| encoder.push(6, &[64 + 7]));
            assert_eq!(encoder.finish(&mut out), size, "{documents} documents");
            assert_eq!(out.len(), size + 1);
        };
        check(0, 0);
        check(1, 1);
        check(PART, PART);
        // The size of the first part.
        check(PART + 1, PART + 1 + 1);
        // The sizes of seven parts, and the beginning of the second block.
        check(BLOCK, BLOCK + 7);
        check(BLOCK + 1, BLOCK + 7 + 4 + 1);
    }
}
